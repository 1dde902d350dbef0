import Foundation
import HandsetKit
import HandsetModel
import QuanshengshiCore

/// This device, as the models see it.
@MainActor final class Machine {
    let app: AppModel
    let camera = PhoneCamera()
    let speaker = Speaker()

    init() {
        logTo(sink: SystemLog(), most: .info)
        let bundle = Bundle.main
        guard let file = bundle.url(forResource: "portal", withExtension: "json"),
            let portal = try? PortalFile(Data(contentsOf: file))
        else { preconditionFailure("the bundle has no portal.json that can be read: see ios/README.md") }
        let version = bundle.object(forInfoDictionaryKey: "CFBundleShortVersionString") as? String
        let defaults = DefaultsKeeper()
        let key = EnclaveKey(language: { defaults.language })
        app = AppModel(
            portal: portal, dataFolder: DataFolder.make().path, appVersion: version ?? "0",
            keys: Keys(keystore: KeychainStore(), deviceKey: key, anchor: KeychainAnchor()),
            camera: camera, keeper: defaults)
    }
}
