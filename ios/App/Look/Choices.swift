import HandsetModel
import QuanshengshiCore
import SwiftUI

extension AppModel {
    /// A choice as a control changes it.
    func choice<Value>(_ path: WritableKeyPath<Preferences, Value> & Sendable) -> Binding<Value> {
        Binding(
            get: { @MainActor in self.preferences[keyPath: path] },
            set: { @MainActor value in Task { await self.change { $0[keyPath: path] = value } } })
    }
}

extension TextSize {
    /// What it adds to the size that the system's own setting asks for: never smaller than that.
    var range: PartialRangeFrom<DynamicTypeSize> {
        switch self {
        case .normal: DynamicTypeSize.xSmall...
        case .large: DynamicTypeSize.xxLarge...
        case .huge: DynamicTypeSize.accessibility2...
        }
    }
}
