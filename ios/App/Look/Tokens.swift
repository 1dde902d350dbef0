import SwiftUI
import UIKit

/// Colours by what they are for: light, dark, and high contrast in light. The values are the portal's.
enum Tone {
    static let page = tone(0xf3f6f5, 0x0d1513, 0xffffff)
    static let surface = tone(0xffffff, 0x16211e, 0xffffff)
    static let sunken = tone(0xe8eeec, 0x1f2c28, 0xffffff)
    static let ink = tone(0x14211f, 0xe9f0ed, 0x000000)
    static let ink2 = tone(0x3c4b47, 0xc0ccc7, 0x000000)
    static let hint = tone(0x566661, 0xa0afa9, 0x1c1c1c)
    static let line = tone(0xcdd7d3, 0x32423d, 0x000000)
    static let edge = tone(0x6d7e78, 0x82958e, 0x000000)
    static let pine = tone(0x0b5d56, 0x7fd3c2, 0x003d38)
    static let onPine = tone(0xffffff, 0x06231f, 0xffffff)
    static let red = tone(0xb3261e, 0xffb4a9, 0x8c0d06)
    static let redTint = tone(0xfdecea, 0x3b1c18, 0xffffff)
    static let amber = tone(0x7a4a00, 0xf6c870, 0x5a3500)
    static let amberTint = tone(0xfff2d6, 0x352910, 0xffffff)
    static let green = tone(0x19663a, 0x93dbab, 0x004d20)
    static let greenTint = tone(0xe2f3e8, 0x14321f, 0xffffff)

    /// The same in every theme: codes and certificates keep their own ground, the hero its pine.
    static let paper = Color(UIColor(rgb: 0xffffff))
    static let code = Color(UIColor(rgb: 0x000000))
    static let hero = Color(UIColor(rgb: 0x0b5d56))
    static let camera = Color(UIColor(rgb: 0x0c1412))
    static let gold = Color(UIColor(rgb: 0xffc640))

    private static func tone(_ light: UInt32, _ dark: UInt32, _ contrast: UInt32) -> Color {
        Color(
            UIColor { traits in
                if traits.userInterfaceStyle == .dark { return UIColor(rgb: dark) }
                return UIColor(rgb: traits.accessibilityContrast == .high ? contrast : light)
            })
    }
}

extension UIColor {
    fileprivate convenience init(rgb: UInt32) {
        let part = { (shift: UInt32) in CGFloat((rgb >> shift) & 0xff) / 255 }
        self.init(red: part(16), green: part(8), blue: part(0), alpha: 1)
    }
}

/// Spaces on the grid of four, radii, and the height of what is touched.
enum Space {
    static let s1: CGFloat = 4
    static let s2: CGFloat = 8
    static let s3: CGFloat = 12
    static let s4: CGFloat = 16
    static let s5: CGFloat = 20
    static let s6: CGFloat = 24
    static let control: CGFloat = 8
    static let card: CGFloat = 14
    static let hero: CGFloat = 20
    static let target: CGFloat = 52
}
