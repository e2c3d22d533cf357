internal import CLinux

/// How the C library hands out memory.
enum Memory {
    /// The work goes from thread to thread, and is done by one at a time. An arena of a thread grows by one call of mprotect for every few
    /// pages; the main arena by what M_TOP_PAD says: "the amount of padding to employ when calling sbrk(2)" (mallopt(3)).
    static func useOneArena() {
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_TOP_PAD, 1 << 20)
    }
}
