public struct UTType: Sendable {
    public static let data = UTType()
    public static let pdf = UTType()
}
