import CoreVideo
import Foundation
import HandsetKit
import QuanshengshiCore

/// A pixel buffer that stays locked until the last one who looks at it is done.
private final class LockedBuffer: @unchecked Sendable {
    private let buffer: CVPixelBuffer

    init?(_ buffer: CVPixelBuffer) {
        guard CVPixelBufferLockBaseAddress(buffer, .readOnly) == kCVReturnSuccess else { return nil }
        self.buffer = buffer
    }

    /// A plane's bytes in place, and how long its rows are.
    func plane(_ index: Int) -> (Data, stride: UInt32)? {
        guard let base = CVPixelBufferGetBaseAddressOfPlane(buffer, index) else { return nil }
        let stride = CVPixelBufferGetBytesPerRowOfPlane(buffer, index)
        let count = stride * CVPixelBufferGetHeightOfPlane(buffer, index)
        return (Data.lent(base, count: count) { withExtendedLifetime(self) {} }, UInt32(stride))
    }

    deinit { CVPixelBufferUnlockBaseAddress(buffer, .readOnly) }
}

extension CameraFrame {
    /// Lends a biplanar buffer as the sensor gives it: on its side, for an app that is held upright.
    init?(lending buffer: CVPixelBuffer, timeMs: UInt64) {
        guard let locked = LockedBuffer(buffer), let luma = locked.plane(0), let chroma = locked.plane(1)
        else { return nil }
        let layout = PlanesLayout(
            width: UInt32(CVPixelBufferGetWidth(buffer)), height: UInt32(CVPixelBufferGetHeight(buffer)),
            lumaStride: luma.stride, chromaStride: chroma.stride, chroma: .alternating, range: .full,
            matrix: .bt601, rotation: .clockwise90, mirrored: false)
        self.init(.biplanar(luma: luma.0, chroma: chroma.0, layout), timeMs: timeMs)
    }
}
