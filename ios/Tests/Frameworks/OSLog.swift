public struct OSLogType: Sendable {
    public static let fault = OSLogType()
    public static let error = OSLogType()
    public static let info = OSLogType()
    public static let debug = OSLogType()
}
public struct OSLogPrivacy: Sendable { public static let `public` = OSLogPrivacy() }
public struct OSLogInterpolation: StringInterpolationProtocol {
    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ literal: String) {}
    public mutating func appendInterpolation(_ text: String, privacy: OSLogPrivacy) {}
}
public struct OSLogMessage: ExpressibleByStringInterpolation {
    public init(stringInterpolation: OSLogInterpolation) {}
    public init(stringLiteral: String) {}
}
public struct Logger: Sendable {
    public init(subsystem: String, category: String) {}
    public func log(level: OSLogType, _ message: OSLogMessage) {}
}
