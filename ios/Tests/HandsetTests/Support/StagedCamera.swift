import HandsetKit
import HandsetModel
import QuanshengshiCore
import Synchronization

/// A camera that sees the PC's screen at its back and a rendered person in front.
final class StagedCamera: Camera {
    private let screen: Screen?
    private let person = Person("p01")
    private let finished = Mutex(false)

    init(screen: Screen?) { self.screen = screen }

    /// Whether the person was told that the capture is done.
    var saidFinished: Bool { finished.withLock { $0 } }

    func frames(_ side: CameraSide) async throws(NoPicture) -> AsyncStream<CameraFrame> {
        switch side {
        case .front:
            return AsyncStream { [person] in try? person.frame() }
        case .rear:
            guard let screen else { throw NoPicture(.deniedForever) }
            let times = Times()
            return AsyncStream { screen.biplanarOnItsSide(timeMs: times.next()) }
        }
    }

    func told(_ guidance: FaceGuidance) {
        person.heed(guidance)
        if guidance == .finished { finished.withLock { $0 = true } }
    }
}

/// The times of a camera's frames, a tenth of a second apart.
private final class Times: Sendable {
    private let now = Mutex<UInt64>(0)
    func next() -> UInt64 {
        now.withLock {
            $0 += 100
            return $0
        }
    }
}
