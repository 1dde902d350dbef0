import Foundation
import HandsetModel

/// Keeps the choices in `UserDefaults`: none of them is secret.
struct DefaultsKeeper: PreferenceKeeper {
    private static let key = "preferences"

    func read() -> Data? { UserDefaults.standard.data(forKey: Self.key) }

    func write(_ kept: Data) { UserDefaults.standard.set(kept, forKey: Self.key) }
}
