import QuanshengshiCore

/// How an app's keys lie in the keychain. What the numbers and names mean is Apple's; which of them the
/// core needs is decided here, where it can be tested.
public enum KeyPolicy {
    /// The service that every item of this app's belongs to.
    public static let service = "cn.quanshengshi.handset"
    /// The tag of the key in the Secure Enclave that confirms.
    public static let deviceKeyTag = service + ".device-key"
    /// How long one look at the face, or one passcode, counts: for the statements of one task, which are
    /// signed within two minutes, and not for the next one.
    public static let confirmedSeconds: Double = 120

    /// Where the key that seals the secrets of a purpose lies.
    public static func sealingKey(of purpose: String) -> String { "sealing-key:" + purpose }

    /// Where the mark of a purpose lies.
    public static func mark(of purpose: String) -> String { "mark:" + purpose }
}

extension HostKeyError {
    /// What a status of the Security framework means for the core.
    public init(securityStatus status: Int) {
        self =
            switch status {
            // errSecItemNotFound: never made here, or made on the device that a backup came from.
            case -25_300: .KeyGone
            // errSecInteractionNotAllowed, errSecAuthFailed, errSecUserCanceled.
            case -25_308, -25_293, -128: .Locked
            // errSecDecode, errSecParam: not something this key sealed.
            case -26_275, -50: .Refused
            default: .Failed(reason: "Security \(status)")
            }
    }

    /// What a code of the LocalAuthentication framework means for the core.
    public init(authenticationCode code: Int) {
        self =
            switch code {
            // authenticationFailed, userCancel, userFallback, systemCancel, biometryLockout, appCancel,
            // invalidContext, notInteractive: the same call may go well the next time.
            case -1, -2, -3, -4, -8, -9, -10, -1_004: .Locked
            default: .Failed(reason: "LocalAuthentication \(code)")
            }
    }
}
