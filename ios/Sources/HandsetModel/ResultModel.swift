import HandsetKit
import Observation
import QuanshengshiCore

/// The end of a task: its receipt, and the certificates that came of it.
@MainActor @Observable public final class ResultModel {
    /// The entry in the log; none before it was read, or when the portal heard of no claim.
    public private(set) var receipt: ActivityLine?
    /// Certificates that are in the wallet now.
    public private(set) var kept: [String] = []
    /// What went wrong; the verdict stands all the same, and `load` may be called again.
    public private(set) var trouble: Trouble?

    private let phone: Phone
    private let task: String
    private let fetches: Bool

    /// `fetches` says whether the task brought certificates.
    init(_ phone: Phone, task: String, fetches: Bool) {
        (self.phone, self.task, self.fetches) = (phone, task, fetches)
    }

    /// Reads the receipt, and fetches what was approved.
    public func load() async {
        trouble = nil
        do {
            let lines = try await phone.handset.activity()
            receipt = lines.first { $0.task == task }
            guard fetches else { return }
            let wallet = phone.handset.wallet()
            kept = try await cancelling { [task] in try await wallet.fetch(task: task, cancel: $0) }
        } catch {
            trouble = Trouble(error, phone.language)
        }
    }
}
