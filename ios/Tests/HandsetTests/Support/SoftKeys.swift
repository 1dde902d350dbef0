import Foundation
import HandsetKit
import Machine
import QuanshengshiCore

/// A device key as a phone has it: P-256 of OpenSSL, signatures in DER with any S.
final class SoftDeviceKey: HostDeviceKey, @unchecked Sendable {
    private let key = machine_key_new()!

    func publicKey() throws -> Data {
        var point = [UInt8](repeating: 0, count: 65)
        guard machine_key_public(key, &point) else { throw HostKeyError.KeyGone }
        return Data(point)
    }

    func sign(content: Data) throws -> Data {
        var der = [UInt8](repeating: 0, count: 72)
        let length = machine_key_sign(key, Array(content), content.count, &der, der.count)
        guard length > 0 else { throw HostKeyError.Failed(reason: "OpenSSL did not sign") }
        return Data(der[..<length])
    }

    /// Nobody vouches for a key of OpenSSL.
    func attestation() throws -> [Data] { [] }

    deinit { machine_key_free(key) }
}

/// A keystore that keeps the secrets itself, as a secure chip does, and gives out tickets for them.
final class SoftKeystore: HostKeystore, @unchecked Sendable {
    private let lock = NSLock()
    private var secrets: [String: [Data: Data]] = [:]
    private var isLocked = false

    /// While set, every call says that the device is locked.
    var locked: Bool {
        get { lock.withLock { isLocked } }
        set { lock.withLock { isLocked = newValue } }
    }

    func seal(purpose: String, plain: Data) throws -> Data {
        try unlocked {
            let ticket = Data(UUID().uuidString.utf8)
            secrets[purpose, default: [:]][ticket] = plain
            return ticket
        }
    }

    func openSealed(purpose: String, sealed: Data) throws -> Data {
        try unlocked {
            guard let ofPurpose = secrets[purpose] else { throw HostKeyError.KeyGone }
            guard let plain = ofPurpose[sealed] else { throw HostKeyError.Refused }
            return plain
        }
    }

    func destroy(purpose: String) throws {
        try unlocked { secrets[purpose] = nil }
    }

    /// Loses every key, as a restored backup does.
    func loseKeys() { lock.withLock { secrets = [:] } }

    private func unlocked<T>(_ work: () throws -> T) throws -> T {
        try lock.withLock {
            if isLocked { throw HostKeyError.Locked }
            return try work()
        }
    }
}
