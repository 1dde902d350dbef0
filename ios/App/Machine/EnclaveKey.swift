import Foundation
import HandsetKit
import HandsetModel
import LocalAuthentication
import QuanshengshiCore
import Security

/// The key that confirms: made in the Secure Enclave, and used only after a face or finger that was enrolled
/// when the key was made, or the passcode.
final class EnclaveKey: HostDeviceKey, @unchecked Sendable {
    private let lock = NSLock()
    private let language: @Sendable () -> TextLanguage
    /// Who was looked at, and until when that counts.
    private var looked: (LAContext, until: Date)?

    init(language: @escaping @Sendable () -> TextLanguage) { self.language = language }

    func publicKey() throws -> Data {
        try lock.withLock {
            let key = try find(context: nil) ?? make()
            guard let open = SecKeyCopyPublicKey(key) else { throw HostKeyError.KeyGone }
            var error: Unmanaged<CFError>?
            guard let point = SecKeyCopyExternalRepresentation(open, &error) else { throw failure(error) }
            return point as Data
        }
    }

    func sign(content: Data) throws -> Data {
        try lock.withLock {
            let context = context()
            guard let key = try find(context: context) else { throw HostKeyError.KeyGone }
            var error: Unmanaged<CFError>?
            let signature = SecKeyCreateSignature(
                key, .ecdsaSignatureMessageX962SHA256, content as CFData, &error)
            guard let signature else {
                looked = nil
                throw failure(error)
            }
            return signature as Data
        }
    }

    /// App Attest vouches for keys of its own, not for this one: the portal does not ask for it yet.
    func attestation() throws -> [Data] { [] }

    /// One look counts for the statements of one task.
    private func context() -> LAContext {
        if let looked, looked.until > Date() { return looked.0 }
        let context = LAContext()
        context.localizedReason = Word.confirmReason.text(language())
        context.touchIDAuthenticationAllowableReuseDuration = KeyPolicy.confirmedSeconds
        looked = (context, Date(timeIntervalSinceNow: KeyPolicy.confirmedSeconds))
        return context
    }

    private func find(context: LAContext?) throws -> SecKey? {
        var query: [String: Any] = [
            kSecClass as String: kSecClassKey,
            kSecAttrApplicationTag as String: Data(KeyPolicy.deviceKeyTag.utf8),
            kSecAttrKeyType as String: kSecAttrKeyTypeECSECPrimeRandom,
            kSecUseDataProtectionKeychain as String: true,
            kSecReturnRef as String: true,
        ]
        if let context { query[kSecUseAuthenticationContext as String] = context }
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        guard status == errSecSuccess, let found else {
            throw HostKeyError(securityStatus: Int(status))
        }
        // The class asked for has no other type.
        return (found as! SecKey)
    }

    private func make() throws -> SecKey {
        var error: Unmanaged<CFError>?
        // With the passcode beside the face: a face that is locked out must not lock its person out.
        let access = SecAccessControlCreateWithFlags(
            nil, kSecAttrAccessibleWhenUnlockedThisDeviceOnly,
            [.privateKeyUsage, .biometryCurrentSet, .or, .devicePasscode], &error)
        guard let access else { throw failure(error) }
        let attributes: [String: Any] = [
            kSecAttrKeyType as String: kSecAttrKeyTypeECSECPrimeRandom,
            kSecAttrKeySizeInBits as String: 256,
            kSecAttrTokenID as String: kSecAttrTokenIDSecureEnclave,
            kSecUseDataProtectionKeychain as String: true,
            kSecPrivateKeyAttrs as String: [
                kSecAttrIsPermanent as String: true,
                kSecAttrApplicationTag as String: Data(KeyPolicy.deviceKeyTag.utf8),
                kSecAttrAccessControl as String: access,
            ] as [String: Any],
        ]
        guard let key = SecKeyCreateRandomKey(attributes as CFDictionary, &error) else {
            throw failure(error)
        }
        return key
    }

    private func failure(_ error: Unmanaged<CFError>?) -> HostKeyError {
        guard let error = error?.takeRetainedValue() else { return .Failed(reason: "no reason given") }
        let code = CFErrorGetCode(error)
        let ofPerson = CFErrorGetDomain(error) as String == LAErrorDomain
        return ofPerson ? HostKeyError(authenticationCode: code) : HostKeyError(securityStatus: code)
    }
}
