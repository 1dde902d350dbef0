import HandsetModel
import SwiftUI

/// Looks for the code on the PC's screen.
struct ScanPage: View {
    let scan: ScanModel
    @Environment(AppModel.self) private var app
    @Environment(PhoneCamera.self) private var camera
    @Environment(Speaker.self) private var speaker
    /// How often the person asked to look again; the camera belongs to this page and ends with it.
    @State private var repeats = 0

    var body: some View {
        ZStack {
            Tone.camera.ignoresSafeArea()
            switch scan.phase {
            case .looking(let hint): looking(hint)
            case .claiming, .claimed: ProgressView(app.say(.claiming)).tint(Tone.paper)
            case .trouble(let trouble): TroublePage(trouble: trouble) { repeats += 1 }
            }
        }
        .navigationTitle(app.say(.scan))
        .navigationBarTitleDisplayMode(.inline)
        .toolbar {
            ToolbarItem(placement: .cancellationAction) { Button(app.say(.cancel)) { app.route.leave() } }
        }
        .task(id: repeats) { if repeats == 0 { await scan.run() } else { await scan.claimAgain() } }
        .onChange(of: scan.claimed?.taskId) { if let task = scan.claimed { app.route.open(task) } }
    }

    private func looking(_ hint: String) -> some View {
        VStack {
            Text(hint)
                .font(.headline)
                .padding(.horizontal, Space.s5)
                .padding(.vertical, Space.s2)
                .background(Tone.camera.opacity(0.86), in: Capsule())
                .onChange(of: hint) { speaker.say(hint, in: app.language, aloud: false) }
            Spacer()
            Text(app.say(.scanSmallCode)).font(.subheadline)
            HStack(spacing: Space.s5) {
                Button(app.say(scan.lit ? .torchOff : .torchOn), systemImage: "flashlight.on.fill") {
                    scan.light(!scan.lit)
                }
                .symbolEffect(.pulse, isActive: scan.torchWished)
                Button(app.say(.typeDigits), systemImage: "keyboard") { app.route.cover = .digits }
            }
            .frame(minHeight: Space.target)
        }
        .foregroundStyle(Tone.paper)
        .padding(Space.s5)
        .frame(maxWidth: .infinity, maxHeight: .infinity)
        .background { CameraPreview(camera: camera).ignoresSafeArea() }
    }
}
