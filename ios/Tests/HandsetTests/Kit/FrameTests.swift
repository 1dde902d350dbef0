import Foundation
import HandsetKit
import QuanshengshiCore
import Synchronization
import Testing

@Suite struct FrameTests {
    private static let (width, height) = (64, 48)
    private let layout = FrameLayout.dense(width: 64, height: 48, format: .rgb8)

    @Test func lentMemoryIsSeenInPlaceAndGivenBackOnce() throws {
        let count = Self.width * Self.height * 3
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 127, count: count)
        let releases = Releases()
        do {
            let lent = Data.lent(memory, count: count) { releases.add() }
            let seenAt = lent.withUnsafeBytes { $0.baseAddress }
            #expect(seenAt == UnsafeRawPointer(memory))
            let frame = CameraFrame(.packed(lent, layout), timeMs: 1)
            #expect(try CodeScanner().look(frame, budgetMs: 1_000).codes.isEmpty)
            #expect(releases.count == 0)
        }
        #expect(releases.count == 1)
        memory.deallocate()
    }

    @Test func aFrameThatDoesNotFitItsLayoutIsRefused() throws {
        let short = Data(count: Self.width * Self.height * 3 - 1)
        #expect(throws: QssError.Internal(code: "FRAME_SHAPE")) {
            try CodeScanner().look(CameraFrame(.packed(short, layout), timeMs: 1), budgetMs: 25)
        }
    }

    @Test func glancesEndWithTheFramesAndStopWithTheTask() async throws {
        let (frames, camera) = AsyncStream.makeStream(of: CameraFrame.self)
        let grey = Data(repeating: 127, count: Self.width * Self.height * 3)
        for timeMs in 1...3 { camera.yield(CameraFrame(.packed(grey, layout), timeMs: UInt64(timeMs))) }
        let seen = Releases()
        let watching = Task {
            for try await glance in CodeScanner().glances(at: frames) where glance.codes.isEmpty {
                seen.add()
            }
        }
        while seen.count < 3 { try await Task.sleep(for: .milliseconds(5)) }
        // The camera goes on, but nobody looks any more.
        watching.cancel()
        _ = try await watching.value
        #expect(seen.count == 3)
    }
}

/// How often something happened, from any thread.
final class Releases: Sendable {
    private let sum = Mutex(0)
    var count: Int { sum.withLock { $0 } }
    func add() { sum.withLock { $0 += 1 } }
}
