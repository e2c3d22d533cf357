/// The files that are part of the program.
enum Pages {
    static let status = String(decoding: PackageResources.status_html, as: UTF8.self)
    /// The same as deploy/schemas/openapi.json.
    static let interface = String(decoding: PackageResources.openapi_json, as: UTF8.self)
}
