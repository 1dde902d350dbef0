import CryptoKit
import Foundation
import HandsetKit
import QuanshengshiCore

/// Seals the core's secrets, the vault's key among them, under a key a purpose that the keychain keeps.
final class KeychainStore: HostKeystore {
    func seal(purpose: String, plain: Data) throws -> Data {
        let sealed = try AES.GCM.seal(plain, using: makeKey(purpose), authenticating: Data(purpose.utf8))
        guard let bytes = sealed.combined else { throw HostKeyError.Failed(reason: "no usual nonce") }
        return bytes
    }

    func openSealed(purpose: String, sealed: Data) throws -> Data {
        guard let key = try key(purpose) else { throw HostKeyError.KeyGone }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return try AES.GCM.open(box, using: key, authenticating: Data(purpose.utf8))
        } catch {
            throw HostKeyError.Refused
        }
    }

    func destroy(purpose: String) throws { try Keychain.remove(KeyPolicy.sealingKey(of: purpose)) }

    private func key(_ purpose: String) throws -> SymmetricKey? {
        try Keychain.read(KeyPolicy.sealingKey(of: purpose)).map { SymmetricKey(data: $0) }
    }

    private func makeKey(_ purpose: String) throws -> SymmetricKey {
        if let key = try key(purpose) { return key }
        let key = SymmetricKey(size: .bits256)
        try Keychain.write(KeyPolicy.sealingKey(of: purpose), key.withUnsafeBytes { Data($0) })
        return key
    }
}

/// Keeps the marks that show when a whole older data folder was put back.
final class KeychainAnchor: HostAnchor {
    func read(purpose: String) throws -> Data? { try Keychain.read(KeyPolicy.mark(of: purpose)) }

    func keep(purpose: String, mark: Data) throws { try Keychain.write(KeyPolicy.mark(of: purpose), mark) }

    func remove(purpose: String) throws { try Keychain.remove(KeyPolicy.mark(of: purpose)) }
}
