import HandsetModel
import SwiftUI

/// One prompt on top, the face in an oval, a ring of one segment an act, a hint.
struct CapturePage: View {
    let confirm: ConfirmModel
    let begin: @MainActor () -> Void
    let ways: @MainActor () -> Void
    @Environment(AppModel.self) private var app
    @Environment(PhoneCamera.self) private var camera

    var body: some View {
        Sheet {
            switch confirm.phase {
            case .ready(let attempt, let attempts, let reason):
                heading(app.say(.captureCalm))
                oval(nil)
                if let reason { Notice(kind: .care, text: reason) }
                line(Word.captureAttempt.text(app.language, n: String(attempt), m: String(attempts)))
            case .facing(let view):
                heading(view.prompt)
                oval(view)
                if let step = view.step, step < view.steps {
                    line(Word.captureStep.text(app.language, n: String(step + 1), m: String(view.steps)))
                }
                if let hint = view.hint {
                    Notice(kind: .care, text: hint)
                } else {
                    Notice(kind: .good, text: app.say(.faceGood))
                }
            default: EmptyView()
            }
        } foot: {
            if case .ready = confirm.phase {
                Button(app.say(.captureStart), action: begin).buttonStyle(.pressed(.filled))
            }
            Button(app.say(.otherWays), action: ways).buttonStyle(.pressed(.outlined))
        }
        .navigationTitle(app.say(.captureTitle))
        .toolbar {
            ToolbarItem(placement: .topBarTrailing) {
                Toggle(app.say(.voice), systemImage: "speaker.wave.2", isOn: app.choice(\.voice))
            }
        }
    }

    private func heading(_ text: String) -> some View {
        Text(text)
            .font(.title.weight(.semibold))
            .foregroundStyle(Tone.ink)
            .frame(maxWidth: .infinity)
            .multilineTextAlignment(.center)
            .accessibilityAddTraits([.isHeader, .updatesFrequently])
    }

    private func line(_ text: String) -> some View {
        Text(text).font(.body.monospacedDigit()).foregroundStyle(Tone.ink2).frame(maxWidth: .infinity)
    }

    private func oval(_ view: FaceView?) -> some View {
        CameraPreview(camera: camera)
            .clipShape(Ellipse())
            .padding(Space.s3)
            .overlay { Oval(view: view) }
            .aspectRatio(0.78, contentMode: .fit)
            .frame(maxWidth: .infinity)
            .accessibilityHidden(true)
    }
}
