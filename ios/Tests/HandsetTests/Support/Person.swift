import Foundation
import HandsetKit
import Machine
import QuanshengshiCore
import Testing

/// A rendered person who belongs to nobody, in front of a camera, doing what is asked.
final class Person: @unchecked Sendable {
    /// Milliseconds between two frames of the clips: twelve a second.
    private static let frameMs: UInt64 = 83

    private let folder: URL
    private let lock = NSLock()
    private var clip: [URL] = []
    private var playing = "neutral"
    private var nowMs: UInt64 = 1_000

    /// One of the people of the fixtures.
    init(_ name: String) {
        folder = top.appending(path: "tests/fixtures/people/\(name)")
    }

    /// Begins to do what is asked; nothing changes while it is being done.
    func heed(_ guidance: FaceGuidance) {
        guard case .do(let prompt, _, _, _) = guidance else { return }
        lock.withLock {
            let wanted = Self.clip(of: prompt)
            if playing != wanted { (playing, clip) = (wanted, frames(of: wanted)) }
        }
    }

    /// The next picture of the camera.
    func frame() throws -> CameraFrame {
        let (file, timeMs) = lock.withLock {
            if clip.isEmpty { (playing, clip) = ("neutral", frames(of: "neutral")) }
            nowMs += Self.frameMs
            return (clip.removeFirst(), nowMs)
        }
        let (pixels, width, height) = try Self.decode(Data(contentsOf: file))
        let layout = FrameLayout.dense(width: width, height: height, format: .rgb8)
        return CameraFrame(.packed(pixels, layout), timeMs: timeMs)
    }

    private func frames(of clip: String) -> [URL] {
        let inside = try? FileManager.default.contentsOfDirectory(
            at: folder.appending(path: clip), includingPropertiesForKeys: nil)
        return (inside ?? []).filter { $0.pathExtension == "jpg" }.sorted { $0.path < $1.path }
    }

    private static func decode(_ jpeg: Data) throws -> (Data, UInt32, UInt32) {
        let jpeg = Array(jpeg)
        var (width, height): (Int32, Int32) = (0, 0)
        try #require(machine_jpeg_size(jpeg, jpeg.count, &width, &height))
        var rgb = [UInt8](repeating: 0, count: Int(width * height) * 3)
        try #require(machine_jpeg_rgb(jpeg, jpeg.count, &rgb, width, height))
        // No camera delivers the same bytes twice, and a portal takes them for a recording.
        for _ in 0..<height { rgb[Int.random(in: rgb.indices)] ^= 1 }
        return (Data(rgb), UInt32(width), UInt32(height))
    }

    /// The clip in which a person does what a prompt asks.
    private static func clip(of prompt: FacePrompt) -> String {
        switch prompt {
        case .turnLeft: "turn_left"
        case .turnRight: "turn_right"
        case .openMouth: "open_mouth"
        case .nod: "nod"
        case .lookStraight: "neutral"
        case .comeCloser: "come_closer"
        case .blink: "blink"
        }
    }
}
