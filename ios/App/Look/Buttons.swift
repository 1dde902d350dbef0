import SwiftUI

/// The one filled button of a screen, the outlined ones beside it, and the red one.
struct Pressed: ButtonStyle {
    enum Weight { case filled, outlined, danger }

    let weight: Weight
    @Environment(\.isEnabled) private var enabled

    func makeBody(configuration: Configuration) -> some View {
        configuration.label
            .font(.headline)
            .frame(maxWidth: .infinity, minHeight: Space.target)
            .padding(.horizontal, Space.s4)
            .foregroundStyle(ink)
            .background(weight == .filled ? Tone.pine : Tone.surface, in: shape)
            .overlay { shape.strokeBorder(edge, lineWidth: 1) }
            .opacity(configuration.isPressed || !enabled ? 0.6 : 1)
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Space.control, style: .continuous) }

    private var ink: Color {
        switch weight {
        case .filled: Tone.onPine
        case .outlined: Tone.pine
        case .danger: Tone.red
        }
    }

    private var edge: Color { weight == .danger ? Tone.red : Tone.pine }
}

extension ButtonStyle where Self == Pressed {
    static func pressed(_ weight: Pressed.Weight) -> Pressed { Pressed(weight: weight) }
}
