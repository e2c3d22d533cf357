public import Diagnostics

/// A file of a commit or of a checkout.
public struct DesiredFile: Sendable {
    /// Relative to the root of the desired state; that of the text is what findings name.
    public let path: String
    public let text: SourceText
    /// The name that git gives the bytes: equal names, equal bytes. Nil where git was not asked.
    public let blob: String?

    public init(path: String, text: SourceText, blob: String? = nil) {
        self.path = path
        self.text = text
        self.blob = blob
    }
}
