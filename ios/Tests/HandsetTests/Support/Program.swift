import Foundation
import Machine
import Testing

/// A program of this machine. Foundation's own `Process` waits for ever on Linux when it is used from
/// tasks.
final class Program: @unchecked Sendable {
    /// What it says on standard output.
    let output: FileHandle
    private let process: Int32
    private var ended = false

    init(_ arguments: [String]) throws {
        var said: Int32 = -1
        let words = arguments.map { strdup($0) }
        defer { for word in words { free(word) } }
        process = (words.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer {
            machine_start($0.baseAddress!, &said)
        }
        output = FileHandle(fileDescriptor: said, closeOnDealloc: true)
        try #require(process > 0, "\(arguments[0]) did not start")
    }

    /// Waits for its end; its exit code.
    func wait() -> Int32 {
        ended = true
        return machine_wait(process, false)
    }

    deinit { if !ended && process > 0 { _ = machine_wait(process, true) } }
}
