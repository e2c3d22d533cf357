internal import Diagnostics

/// A user and a password that stand in a URL.
struct Login: Hashable {
    /// Without the percents that a URL needs.
    let user, password: String
    /// As it may stand in what git says.
    let spellings: [String]
}

/// What of an address is for git's eyes, and what for people's.
struct AddressParts {
    /// Without a password; without a user too, where HTTP would have it as one.
    private(set) var address: String
    private(set) var shown: String
    private(set) var login: Login?
    private(set) var hasQuery = false
    /// What `shown` leaves out.
    private(set) var hidden: [Substring] = []

    init(_ given: String) {
        (address, shown) = (given, given)
        guard let scheme = given.firstRange(of: "://") else {
            maskWithoutScheme()
            return
        }
        let (start, rest) = (given[..<scheme.upperBound], given[scheme.upperBound...])
        let isHTTP = ["http://", "https://"].contains(start.lowercased())
        var place = rest
        if let at = Self.endOfUser(rest) {
            let user = rest[..<at]
            place = rest[rest.index(after: at)...]
            let name = user.prefix { $0 != ":" }
            if isHTTP {
                login = Self.login(user)
                hidden = [user]
                (address, shown) = ("\(start)\(place)", "\(start)***@\(place)")
            } else {
                address = "\(start)\(name)@\(place)"
                shown = name.endIndex == user.endIndex ? address : "\(start)***@\(place)"
                hidden = name.endIndex == user.endIndex ? [] : [user]
            }
        }
        guard isHTTP, let sign = place.firstIndex(where: { "?#;".contains($0) }) else { return }
        // RFC 3986, 3.3: a semicolon delimits parameters within the path, which the server does see.
        hasQuery = place[sign...].contains { "?#".contains($0) }
        hidden.append(place[place.index(after: sign)...])
        shown = shown.prefix { $0 != place[sign] } + "\(place[sign])***"
    }

    /// RFC 3986, 3.2: "The authority component is … terminated by the next slash ("/"), question mark ("?"), or number sign ("#")". A password with one
    /// of these in it breaks that, and is meant to be one all the same: what stands there for a port is no number.
    private static func endOfUser(_ rest: Substring) -> Substring.Index? {
        let authority = rest.prefix { !"/?#".contains($0) }
        if let at = authority.lastIndex(of: "@") { return at }
        guard let colon = authority.firstIndex(of: ":"), !authority[authority.index(after: colon)...].allSatisfy(\.isNumber) else { return nil }
        return rest.lastIndex(of: "@")
    }

    private static func login(_ user: Substring) -> Login {
        let parts = user.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let (name, password) = (parts[0].percentDecoded, parts.count > 1 ? parts[1].percentDecoded : "")
        return Login(user: name, password: password, spellings: [String(user), "\(name):\(password)", "\(name)"].filter { !$0.isEmpty })
    }

    /// `user:password@host:path` is no address that git knows, nor is `https//user:password@host`, and people write them all the same.
    private mutating func maskWithoutScheme() {
        guard let at = address.lastIndex(of: "@") else { return }
        let start = address[..<at].ranges(of: "//").last?.upperBound ?? address.startIndex
        guard let colon = address[start..<at].firstIndex(of: ":"), !address[start..<colon].contains("/") else { return }
        hidden = [address[start..<at]]
        shown = address[..<start] + "***" + address[at...]
    }
}
