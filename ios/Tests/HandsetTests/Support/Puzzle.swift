import Foundation
import Machine
import Testing

/// The slider that stands before a sign-in, solved from its picture as an eye does.
struct Puzzle {
    /// The place of the square, of 400.
    let place: Int

    init(landscape png: Data) throws {
        let png = Array(png)
        var (width, height): (Int32, Int32) = (0, 0)
        try #require(machine_png_grey(png, png.count, nil, &width, &height))
        var grey = [UInt8](repeating: 0, count: Int(width * height))
        try #require(machine_png_grey(png, png.count, &grey, &width, &height))
        let sums = Sums(of: grey, width: Int(width), height: Int(height))
        // A bright edge of two pixels around a square of 56 that is darker than its surroundings.
        let (side, edge) = (Int(width) * 56 / 400, max(1, Int(width) * 2 / 400))
        let inside = side - 2 * edge
        let (ringArea, insideArea) = (side * side - inside * inside, inside * inside)
        var best = (score: Float.leastNormalMagnitude - .infinity, x: 0)
        for y in 0..<Int(height) - side {
            for x in side * 3 / 2..<Int(width) - side {
                let inner = sums.sum(x + edge, y + edge, inside)
                let ring = Float(sums.sum(x, y, side) - inner) / Float(ringArea)
                let score = ring - Float(inner) / Float(insideArea)
                if score > best.score { best = (score, x) }
            }
        }
        place = Int((Float(best.x) / Float(width) * 400).rounded())
    }

    /// How a hand moves the piece there: quickly at first, slowly at the end; `ms:place,…`.
    var track: String {
        (0...20).map { step in
            let eased = 1 - pow(1 - Double(step) / 20, 3)
            return "\(step * 20):\(Int((Double(place) * eased).rounded()))"
        }.joined(separator: ",")
    }
}

/// Sums over every rectangle from the top left corner.
private struct Sums {
    private let width: Int
    private var sums: [Int]

    init(of grey: [UInt8], width: Int, height: Int) {
        self.width = width + 1
        sums = [Int](repeating: 0, count: (width + 1) * (height + 1))
        for y in 1...height {
            var row = 0
            for x in 1...width {
                row += Int(grey[(y - 1) * width + x - 1])
                sums[y * self.width + x] = sums[(y - 1) * self.width + x] + row
            }
        }
    }

    func sum(_ x: Int, _ y: Int, _ side: Int) -> Int {
        let (top, bottom) = (y * width + x, (y + side) * width + x)
        return sums[bottom + side] - sums[bottom] - sums[top + side] + sums[top]
    }
}
