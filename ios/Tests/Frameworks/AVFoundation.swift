@_exported import CoreVideo
@_exported import Foundation

public enum AVMediaType { case video }
open class AVCaptureOutput: NSObject {}
open class AVCaptureInput: NSObject {}
public final class AVCaptureConnection {}
public final class AVCaptureDevice {
    public enum Position { case front, back }
    public enum DeviceType { case builtInWideAngleCamera }
    public enum TorchMode { case on, off }
    public static func requestAccess(for media: AVMediaType) async -> Bool { true }
    public static func `default`(_ type: DeviceType, for media: AVMediaType?, position: Position)
        -> AVCaptureDevice?
    { nil }
    public var hasTorch: Bool { false }
    public var torchMode: TorchMode = .off
    public func lockForConfiguration() throws {}
    public func unlockForConfiguration() {}
}
public final class AVCaptureDeviceInput: AVCaptureInput { public init(device: AVCaptureDevice) throws {} }
public final class AVCaptureSession: NSObject {
    public enum Preset { case hd1280x720, hd1920x1080 }
    public static let wasInterruptedNotification = Notification.Name("interrupted")
    public var sessionPreset: Preset = .hd1280x720
    public var inputs: [AVCaptureInput] { [] }
    public var outputs: [AVCaptureOutput] { [] }
    public func beginConfiguration() {}
    public func commitConfiguration() {}
    public func canAddInput(_ input: AVCaptureInput) -> Bool { true }
    public func canAddOutput(_ output: AVCaptureOutput) -> Bool { true }
    public func addInput(_ input: AVCaptureInput) {}
    public func addOutput(_ output: AVCaptureOutput) {}
    public func removeInput(_ input: AVCaptureInput) {}
    public func startRunning() {}
    public func stopRunning() {}
}
public protocol AVCaptureVideoDataOutputSampleBufferDelegate: AnyObject {
    func captureOutput(
        _ output: AVCaptureOutput, didOutput sample: CMSampleBuffer, from connection: AVCaptureConnection)
}
public final class AVCaptureVideoDataOutput: AVCaptureOutput {
    public var videoSettings: [String: Any]!
    public var alwaysDiscardsLateVideoFrames = true
    public func setSampleBufferDelegate(
        _ to: (any AVCaptureVideoDataOutputSampleBufferDelegate)?, queue: DispatchQueue?
    ) {}
}
public final class AVCaptureVideoPreviewLayer {
    public enum Gravity { case resizeAspectFill }
    public var session: AVCaptureSession?
    public var videoGravity: Gravity = .resizeAspectFill
}
public enum AVSpeechBoundary { case immediate }
public final class AVSpeechSynthesisVoice { public init?(language: String?) {} }
public final class AVSpeechUtterance {
    public var voice: AVSpeechSynthesisVoice?
    public init(string: String) {}
}
public final class AVSpeechSynthesizer {
    public init() {}
    @discardableResult public func stopSpeaking(at: AVSpeechBoundary) -> Bool { true }
    public func speak(_ utterance: AVSpeechUtterance) {}
}
public final class CMSampleBuffer {}
public struct CMTime {}
public func CMSampleBufferGetImageBuffer(_ sample: CMSampleBuffer) -> CVPixelBuffer? { nil }
public func CMSampleBufferGetPresentationTimeStamp(_ sample: CMSampleBuffer) -> CMTime { CMTime() }
public func CMTimeGetSeconds(_ time: CMTime) -> Double { 0 }
