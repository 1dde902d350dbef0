import HandsetKit
import HandsetModel
import QuanshengshiCore
import Synchronization

/// A camera that sees the PC's screen at its back and a rendered person in front.
final class StagedCamera: Camera {
    private let screen: Screen?
    private let covered = Mutex(false)
    private let person = Person("p01")
    private let finished = Mutex(false)
    private let pictures: Int

    /// `pictures` is how many the front camera gives before it ends, as when its app is killed.
    init(screen: Screen?, pictures: Int = .max) { (self.screen, self.pictures) = (screen, pictures) }

    /// Whether the person was told that the capture is done.
    var saidFinished: Bool { finished.withLock { $0 } }

    /// From here on the rear camera is refused.
    func cover() { covered.withLock { $0 = true } }

    func light(_ on: Bool) {}

    func frames(_ side: CameraSide) async throws(NoPicture) -> AsyncStream<CameraFrame> {
        switch side {
        case .front:
            let left = Countdown(from: pictures)
            return AsyncStream { [person] in left.next() ? try? person.frame() : nil }
        case .rear:
            guard let screen, !covered.withLock({ $0 }) else { throw NoPicture(.deniedForever) }
            let times = Times()
            return AsyncStream { screen.biplanarOnItsSide(timeMs: times.next()) }
        }
    }

    func told(_ guidance: FaceGuidance) {
        person.heed(guidance)
        if guidance == .finished { finished.withLock { $0 = true } }
    }
}

/// How many pictures are left.
private final class Countdown: Sendable {
    private let left: Mutex<Int>
    init(from count: Int) { left = Mutex(count) }
    func next() -> Bool {
        left.withLock {
            $0 -= 1
            return $0 >= 0
        }
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
