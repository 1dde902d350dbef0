import QuanshengshiCore

/// Frames looked at one by one, as the consumer asks: nothing waits in a queue of ours, so a slow
/// consumer costs frames and never memory. Let the camera's stream keep only the newest frame.
///
/// `next` runs away from the main actor.
public struct Glances<Seen: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Seen

    let frames: AsyncStream<CameraFrame>
    let look: @Sendable (CameraFrame) throws -> Seen
    /// Whether nothing comes after this one.
    let isLast: @Sendable (Seen) -> Bool

    public func makeAsyncIterator() -> Iterator {
        Iterator(frames: frames.makeAsyncIterator(), look: look, isLast: isLast)
    }

    public struct Iterator: AsyncIteratorProtocol {
        var frames: AsyncStream<CameraFrame>.Iterator
        let look: @Sendable (CameraFrame) throws -> Seen
        let isLast: @Sendable (Seen) -> Bool
        var ended = false

        public mutating func next() async throws -> Seen? {
            guard !ended, !Task.isCancelled, let frame = await frames.next() else { return nil }
            let seen = try look(frame)
            ended = isLast(seen)
            return seen
        }
    }
}

extension CodeScanner {
    /// What each frame gives, until the frames end. 25 milliseconds a frame keep a preview smooth.
    public func glances(
        at frames: AsyncStream<CameraFrame>, budgetMs: UInt32 = 25
    ) -> Glances<ScanGlance> {
        Glances(frames: frames, look: { try self.look($0, budgetMs: budgetMs) }, isLast: { _ in false })
    }
}

extension Capture {
    /// What the person should do, frame by frame, up to `finished` or `failed`.
    public func guidance(for frames: AsyncStream<CameraFrame>) -> Glances<FaceGuidance> {
        Glances(frames: frames, look: { try self.offer($0) }, isLast: { $0.isLast })
    }
}

extension FaceGuidance {
    /// Whether the capture is over.
    public var isLast: Bool {
        switch self {
        case .finished, .failed: true
        default: false
        }
    }
}
