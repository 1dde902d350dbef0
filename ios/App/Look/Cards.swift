import SwiftUI

/// A white card with a quiet edge.
struct Card<Inside: View>: View {
    @ViewBuilder let inside: Inside

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s3) { inside }
            .padding(Space.s5)
            .frame(maxWidth: .infinity, alignment: .leading)
            .background(Tone.surface, in: RoundedRectangle(cornerRadius: Space.card, style: .continuous))
    }
}

/// A label and what it says, one below the other so that nothing is cut at large sizes.
struct Fact: View {
    let label: String
    let value: String

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s1) {
            Text(label).font(.subheadline).foregroundStyle(Tone.hint)
            Text(value).font(.body).foregroundStyle(Tone.ink)
        }
        .accessibilityElement(children: .combine)
    }
}

/// A sentence with a sign: the colour is never alone.
struct Notice: View {
    enum Kind { case good, care, bad }

    let kind: Kind
    let text: String

    var body: some View {
        Label(text, systemImage: sign)
            .font(.subheadline.weight(.semibold))
            .foregroundStyle(ink)
            .padding(Space.s3)
            .frame(maxWidth: .infinity, alignment: .leading)
            .background(ground, in: RoundedRectangle(cornerRadius: Space.control, style: .continuous))
    }

    private var sign: String {
        switch kind {
        case .good: "checkmark.shield"
        case .care: "exclamationmark.circle"
        case .bad: "xmark.octagon"
        }
    }

    private var ink: Color {
        switch kind {
        case .good: Tone.green
        case .care: Tone.amber
        case .bad: Tone.red
        }
    }

    private var ground: Color {
        switch kind {
        case .good: Tone.greenTint
        case .care: Tone.amberTint
        case .bad: Tone.redTint
        }
    }
}

/// A screen whose middle scrolls and whose buttons stay.
struct Sheet<Middle: View, Foot: View>: View {
    @ViewBuilder let middle: Middle
    @ViewBuilder let foot: Foot

    var body: some View {
        VStack(spacing: 0) {
            ScrollView {
                VStack(alignment: .leading, spacing: Space.s4) { middle }
                    .padding(Space.s5)
                    .frame(maxWidth: .infinity, alignment: .leading)
            }
            VStack(spacing: Space.s2) { foot }.padding(Space.s5)
        }
        .background(Tone.page)
    }
}
