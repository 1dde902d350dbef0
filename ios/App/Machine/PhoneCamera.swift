import AVFoundation
import HandsetKit
import HandsetModel
import Observation
import QuanshengshiCore
import UIKit

/// The device's cameras: one at a time, frames as they come, the newest alone.
@Observable final class PhoneCamera: NSObject, HandsetModel.Camera, @unchecked Sendable {
    /// What a preview shows.
    @ObservationIgnored let session = AVCaptureSession()
    /// The session and everything below is touched on this queue alone.
    @ObservationIgnored private let queue = DispatchQueue(label: "cn.quanshengshi.camera")
    @ObservationIgnored private let output = AVCaptureVideoDataOutput()
    @ObservationIgnored private var device: AVCaptureDevice?
    @ObservationIgnored private var sink: AsyncStream<CameraFrame>.Continuation?
    @ObservationIgnored private var watching: (any NSObjectProtocol)?
    /// Which stream is the present one: the end of an older one must not stop it.
    @ObservationIgnored private var turn = 0

    /// Where this app's permissions are changed.
    @MainActor var systemSettings: URL? { URL(string: UIApplication.openSettingsURLString) }

    override init() {
        super.init()
        output.videoSettings = [
            kCVPixelBufferPixelFormatTypeKey as String: kCVPixelFormatType_420YpCbCr8BiPlanarFullRange
        ]
        output.alwaysDiscardsLateVideoFrames = true
        output.setSampleBufferDelegate(self, queue: queue)
        // Another app, or a call, took the camera: whoever waits for frames hears that there are no more.
        let lost = AVCaptureSession.wasInterruptedNotification
        let center = NotificationCenter.default
        watching = center.addObserver(forName: lost, object: session, queue: nil) { [weak self] _ in
            guard let self else { return }
            queue.async { self.end() }
        }
    }

    func frames(_ side: CameraSide) async throws(NoPicture) -> AsyncStream<CameraFrame> {
        guard await AVCaptureDevice.requestAccess(for: .video) else {
            // iOS asks a person once; after that only its settings can change the answer.
            throw NoPicture(.deniedForever)
        }
        let (frames, sink) = AsyncStream<CameraFrame>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let trouble = await withCheckedContinuation { begun in
            queue.async { begun.resume(returning: self.begin(side, sink)) }
        }
        if let trouble { throw NoPicture(trouble) }
        return frames
    }

    func light(_ on: Bool) {
        queue.async { [self] in
            guard let device, device.hasTorch, (try? device.lockForConfiguration()) != nil else { return }
            device.torchMode = on ? .on : .off
            device.unlockForConfiguration()
        }
    }

    func told(_ guidance: FaceGuidance) {
        guard case .promptDone = guidance else { return }
        Task { @MainActor in UINotificationFeedbackGenerator().notificationOccurred(.success) }
    }

    private typealias Sink = AsyncStream<CameraFrame>.Continuation

    private func begin(_ side: CameraSide, _ sink: Sink) -> CameraTrouble? {
        end()
        let position: AVCaptureDevice.Position = side == .front ? .front : .back
        guard let device = AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: position)
        else { return .missing }
        guard let input = try? AVCaptureDeviceInput(device: device) else { return .busy }
        session.beginConfiguration()
        session.sessionPreset = side == .front ? .hd1280x720 : .hd1920x1080
        session.inputs.forEach(session.removeInput)
        guard session.canAddInput(input) else {
            session.commitConfiguration()
            return .busy
        }
        session.addInput(input)
        if session.outputs.isEmpty, session.canAddOutput(output) { session.addOutput(output) }
        session.commitConfiguration()
        turn += 1
        let mine = turn
        sink.onTermination = { [weak self] _ in
            guard let self else { return }
            queue.async { if self.turn == mine { self.end() } }
        }
        (self.device, self.sink) = (device, sink)
        session.startRunning()
        return nil
    }

    private func end() {
        session.stopRunning()
        let last = sink
        (device, sink) = (nil, nil)
        last?.finish()
    }
}

extension PhoneCamera: AVCaptureVideoDataOutputSampleBufferDelegate {
    func captureOutput(
        _ output: AVCaptureOutput, didOutput sample: CMSampleBuffer, from connection: AVCaptureConnection
    ) {
        guard let sink, let buffer = CMSampleBufferGetImageBuffer(sample) else { return }
        let seconds = CMTimeGetSeconds(CMSampleBufferGetPresentationTimeStamp(sample))
        if let frame = CameraFrame(lending: buffer, timeMs: UInt64(seconds * 1_000)) { sink.yield(frame) }
    }
}
