import HandsetKit
import Observation
import QuanshengshiCore

/// The home page: scan, tasks not seen to their end, and a word of the portal about this phone.
@MainActor @Observable public final class HomeModel {
    /// Tasks that were begun here, newest first.
    public private(set) var openTasks: [String] = []
    /// What to say above everything; `wiped` when this phone was disabled.
    public private(set) var trouble: Trouble?
    /// Whether the portal could not be reached: what is shown is this phone's own.
    public private(set) var offline = false
    public let phone: Phone

    init(_ phone: Phone) { self.phone = phone }

    /// Hears whether this phone may go on, and what is still open. Works without a network.
    public func appear() async {
        trouble = nil
        do {
            try await cancelling { [handset = phone.handset] in try await handset.checkIn(cancel: $0) }
            offline = false
        } catch let error as QssError where error.next == .tryAgain {
            offline = true
        } catch {
            trouble = Trouble(error, phone.language)
        }
        do {
            openTasks = try await phone.handset.openTasks()
        } catch {
            trouble = trouble ?? Trouble(error, phone.language)
        }
    }

    /// The page that scans.
    public func scan() -> ScanModel { ScanModel(phone) }

    /// Goes back into a task after the app was killed; none when that failed, and `trouble` says why.
    public func resume(_ task: String) async -> ConfirmModel? {
        trouble = nil
        do {
            let resumed = try await cancelling { [handset = phone.handset] in
                try await handset.resume(task: task, cancel: $0)
            }
            return ConfirmModel(phone, task: resumed)
        } catch {
            trouble = Trouble(error, phone.language)
            return nil
        }
    }
}
