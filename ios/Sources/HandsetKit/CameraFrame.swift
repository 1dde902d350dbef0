import Foundation
import QuanshengshiCore

/// One camera frame that the core can borrow. Nothing is copied on the way: `Data` hands its own
/// memory to the core for the length of a call.
public struct CameraFrame: Sendable {
    /// The pixels as the camera gave them.
    public enum Pixels: Sendable {
        /// In one piece.
        case packed(Data, FrameLayout)
        /// Brightness, then U and V in turn: what iOS cameras deliver as `420f` and `420v`.
        case biplanar(luma: Data, chroma: Data, PlanesLayout)
    }

    public let pixels: Pixels
    /// Time on a monotonic clock; each frame must be later than the one before.
    public let timeMs: UInt64

    public init(_ pixels: Pixels, timeMs: UInt64) {
        self.pixels = pixels
        self.timeMs = timeMs
    }
}

extension Data {
    /// Memory of somebody else, such as a locked pixel buffer, seen as `Data` without a copy.
    /// `release` is called once, when the last one who looks at it is done.
    public static func lent(
        _ base: UnsafeMutableRawPointer, count: Int, release: @escaping @Sendable () -> Void
    ) -> Data {
        Data(bytesNoCopy: base, count: count, deallocator: .custom { _, _ in release() })
    }
}

extension FrameLayout {
    /// A picture whose rows stand close together.
    public static func dense(
        width: UInt32, height: UInt32, format: FrameFormat,
        rotation: FrameRotation = .upright, mirrored: Bool = false
    ) -> FrameLayout {
        let bytesPerPixel: UInt32 =
            switch format {
            case .luma8, .nv21, .nv12: 1
            case .rgb8: 3
            case .rgba8, .bgra8: 4
            }
        return FrameLayout(
            width: width, height: height, stride: width * bytesPerPixel, format: format,
            rotation: rotation, mirrored: mirrored)
    }
}

extension PlanesLayout {
    /// The plane of brightness alone: all that reading a code needs.
    var lumaOnly: FrameLayout {
        FrameLayout(
            width: width, height: height, stride: lumaStride, format: .luma8,
            rotation: rotation, mirrored: mirrored)
    }
}

extension CodeScanner {
    /// What a frame gives within a budget of milliseconds.
    public func look(_ frame: CameraFrame, budgetMs: UInt32) throws -> ScanGlance {
        switch frame.pixels {
        case .packed(let bytes, let layout):
            try look(bytes: bytes, layout: layout, tMs: frame.timeMs, budgetMs: budgetMs)
        case .biplanar(let luma, _, let layout):
            try look(bytes: luma, layout: layout.lumaOnly, tMs: frame.timeMs, budgetMs: budgetMs)
        }
    }
}

extension Capture {
    /// Takes the next frame and says what the person should do now.
    public func offer(_ frame: CameraFrame) throws -> FaceGuidance {
        switch frame.pixels {
        case .packed(let bytes, let layout):
            try offer(bytes: bytes, layout: layout, tMs: frame.timeMs)
        case .biplanar(let luma, let chroma, let layout):
            try offerPlanes(
                luma: luma, second: chroma, third: Data(), layout: layout, tMs: frame.timeMs)
        }
    }
}
