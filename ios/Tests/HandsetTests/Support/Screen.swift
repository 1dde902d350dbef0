import Foundation
import HandsetKit
import QuanshengshiCore
import Testing

/// The code on the PC's screen, seen straight on by a camera.
struct Screen {
    private let side: Int
    private let pixels: [UInt8]
    private static let pixelsPerModule = 8

    /// Draws the code of a waiting page from the path of its picture: runs of dark modules.
    init(of page: PcPage) throws {
        let modules = try #require(
            Int(page.find("class=\"qr\" viewBox=\"0 0 ([0-9]+) ")), "the size of the picture")
        let path = try page.find("class=\"qr__bg\"[^>]*/><path d=\"([^\"]*)\"")
        let scale = Self.pixelsPerModule
        let side = modules * scale
        var pixels = [UInt8](repeating: 255, count: side * side)
        // A run is `M4 4h7v1h-7z`: where it begins, and how long it is.
        for run in path.split(separator: "M") {
            let numbers = run.split { !$0.isNumber }.prefix(3).compactMap { Int($0) }
            try #require(numbers.count == 3)
            let (x, y, long) = (numbers[0], numbers[1], numbers[2])
            for row in y * scale..<(y + 1) * scale {
                let start = row * side + x * scale
                for at in start..<start + long * scale { pixels[at] = 0 }
            }
        }
        (self.side, self.pixels) = (side, pixels)
    }

    /// A frame in one piece, brightness only.
    func packed(timeMs: UInt64) -> CameraFrame {
        let side = UInt32(side)
        return CameraFrame(
            .packed(Data(pixels), .dense(width: side, height: side, format: .luma8)), timeMs: timeMs)
    }

    /// The frame of a phone held upright whose sensor lies on its side: two planes, rows with a gap.
    func biplanarOnItsSide(timeMs: UInt64) -> CameraFrame {
        let gap = 24
        var luma = [UInt8](repeating: 0, count: side * (side + gap))
        // What stands upright after a quarter turn clockwise is stored a quarter turn back.
        for y in 0..<side {
            for x in 0..<side { luma[(side - 1 - x) * (side + gap) + y] = pixels[y * side + x] }
        }
        let chroma = [UInt8](repeating: 128, count: side / 2 * (side + gap))
        let layout = PlanesLayout(
            width: UInt32(side), height: UInt32(side), lumaStride: UInt32(side + gap),
            chromaStride: UInt32(side + gap), chroma: .alternating, range: .full, matrix: .bt601,
            rotation: .clockwise90, mirrored: false)
        return CameraFrame(.biplanar(luma: Data(luma), chroma: Data(chroma), layout), timeMs: timeMs)
    }
}
