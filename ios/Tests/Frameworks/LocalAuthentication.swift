public let LAErrorDomain = ""
public final class LAContext {
    public init() {}
    public var localizedReason = ""
    public var touchIDAuthenticationAllowableReuseDuration = 0.0
}
