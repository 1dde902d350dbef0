import HandsetKit
import QuanshengshiCore

/// Which camera, as seen from the person who holds the phone.
public enum CameraSide: Sendable {
    case front
    case rear
}

/// There is no picture, and why.
public struct NoPicture: Error {
    public let trouble: CameraTrouble

    public init(_ trouble: CameraTrouble) { self.trouble = trouble }
}

/// What the app lends of its cameras. A stream that nobody reads any more stops its camera; it should
/// keep the newest frame alone (`bufferingNewest(1)`).
public protocol Camera: Sendable {
    func frames(_ side: CameraSide) async throws(NoPicture) -> AsyncStream<CameraFrame>

    /// Switches the light beside the rear camera, while it gives frames.
    func light(_ on: Bool)

    /// What the person is told to do now, so that it can be felt and heard.
    func told(_ guidance: FaceGuidance)
}

/// What the app lends of its keys.
public struct Keys: Sendable {
    public let keystore: any HostKeystore
    public let deviceKey: any HostDeviceKey
    public let anchor: (any HostAnchor)?

    public init(
        keystore: any HostKeystore, deviceKey: any HostDeviceKey, anchor: (any HostAnchor)? = nil
    ) {
        (self.keystore, self.deviceKey, self.anchor) = (keystore, deviceKey, anchor)
    }
}

/// The open core and what goes with it; every model gets one.
public struct Phone: Sendable {
    public let handset: Handset
    public let language: TextLanguage
    public let camera: any Camera
    /// Waits; a test need not.
    public let pause: @Sendable (Duration) async throws -> Void

    public init(
        handset: Handset, language: TextLanguage, camera: any Camera,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        (self.handset, self.language, self.camera, self.pause) = (handset, language, camera, pause)
    }
}
