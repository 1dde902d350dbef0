import HandsetKit
import Observation
import QuanshengshiCore

/// The settings page: the log to take along, a check of what is kept, and leaving.
@MainActor @Observable public final class SettingsModel {
    public enum Phase: Sendable, Equatable {
        case idle
        case working
        /// The log as text, for the share sheet.
        case exported(String)
        case checked(KeptState)
        case mended(MendedLine)
        /// Everything here is gone; whether the portal heard of it.
        case signedOut(told: Bool)
        case trouble(Trouble)
    }

    public private(set) var phase: Phase = .idle
    private let phone: Phone

    public init(_ phone: Phone) { self.phone = phone }

    public func exportLog() async {
        await work { .exported(try await $0.exportActivity()) }
    }

    /// Looks at everything kept, even when that was done today.
    public func check() async {
        await work { handset in
            .checked(try await cancelling { try await handset.checkKept(now: true, cancel: $0) })
        }
    }

    /// Takes out what a check found broken.
    public func mend() async {
        await work { .mended(try await $0.mendKept()) }
    }

    /// Wipes certificates, log and enrolment. Works without a network.
    public func signOut() async {
        await work { .signedOut(told: try await $0.signOut()) }
    }

    private func work(_ call: @Sendable (Handset) async throws -> Phase) async {
        phase = .working
        do {
            phase = try await call(phone.handset)
        } catch {
            phase = Trouble(error, phone.language).map(Phase.trouble) ?? .idle
        }
    }
}
