#include <malloc.h>
#include <sys/vfs.h>

// Declared by unistd.h only where _GNU_SOURCE is defined, as it isn't for Swift's Glibc.
int syncfs(int fd);
