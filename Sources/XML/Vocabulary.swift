/// Names that occur by the thousand and are too long for Swift to keep inline (15 bytes): one copy serves all.
enum Vocabulary {
    static func shared(_ name: String) -> String {
        guard name.utf8.count > 15 else { return name }
        return switch name {
        case "instance_attributes": "instance_attributes"
        case "cluster_property_set": "cluster_property_set"
        case "date_expression": "date_expression"
        case "score-attribute": "score-attribute"
        case "resource-discovery": "resource-discovery"
        default: name
        }
    }
}
