import Foundation
import HandsetModel
import SwiftUI

/// The ring around the face: a segment an act.
struct Oval: View {
    let view: FaceView?

    var body: some View {
        ZStack {
            ForEach(0..<max(steps, 1), id: \.self) { step in
                arc(step, filled: 1).foregroundStyle(Tone.line)
                arc(step, filled: filled(step)).foregroundStyle(Tone.pine)
            }
        }
        .accessibilityHidden(true)
    }

    private var steps: Int { view?.steps ?? 3 }

    private func filled(_ step: Int) -> Double {
        guard let view, let now = view.step else { return 0 }
        if step < now { return 1 }
        return step == now ? Double(view.progress) : 0
    }

    private func arc(_ step: Int, filled: Double) -> some View {
        let share = 1 / Double(max(steps, 1))
        let gap = share * 0.06
        let from = Double(step) * share + gap
        return Arc(from: from, to: from + (share - 2 * gap) * filled)
            .stroke(style: StrokeStyle(lineWidth: 7, lineCap: .round))
    }
}

/// A part of the oval in its rectangle, clockwise from the top; parts of the whole from 0 to 1.
private struct Arc: Shape {
    let from: Double
    let to: Double

    func path(in rect: CGRect) -> Path {
        Path { path in
            for step in 0...32 {
                let angle = 2 * Double.pi * (from + (to - from) * Double(step) / 32)
                let point = CGPoint(
                    x: rect.midX + sin(angle) * rect.width / 2, y: rect.midY - cos(angle) * rect.height / 2)
                if step == 0 { path.move(to: point) } else { path.addLine(to: point) }
            }
        }
    }
}
