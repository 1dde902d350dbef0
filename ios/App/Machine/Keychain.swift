import Foundation
import HandsetKit
import QuanshengshiCore
import Security

/// Small items of the keychain that stay on this device and can be read only while it is unlocked.
enum Keychain {
    private static func item(_ account: String) -> [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: KeyPolicy.service,
            kSecAttrAccount as String: account,
            kSecUseDataProtectionKeychain as String: true,
        ]
    }

    /// The item; none when there is none.
    static func read(_ account: String) throws -> Data? {
        var query = item(account)
        query[kSecReturnData as String] = true
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        try check(status)
        return found as? Data
    }

    /// Keeps an item in the place of the one before.
    static func write(_ account: String, _ value: Data) throws {
        let change = [kSecValueData as String: value]
        let status = SecItemUpdate(item(account) as CFDictionary, change as CFDictionary)
        guard status == errSecItemNotFound else { return try check(status) }
        var new = item(account)
        new[kSecValueData as String] = value
        // Not in a backup, not on another device, not while locked.
        new[kSecAttrAccessible as String] = kSecAttrAccessibleWhenUnlockedThisDeviceOnly
        try check(SecItemAdd(new as CFDictionary, nil))
    }

    /// Removes an item; there being none is success.
    static func remove(_ account: String) throws {
        let status = SecItemDelete(item(account) as CFDictionary)
        if status != errSecItemNotFound { try check(status) }
    }

    private static func check(_ status: OSStatus) throws {
        if status != errSecSuccess { throw HostKeyError(securityStatus: Int(status)) }
    }
}
