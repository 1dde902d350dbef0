import HandsetKit
import Observation
import QuanshengshiCore

/// A page that shows a list and can be loaded again: what there is, and what went wrong.
@MainActor @Observable public final class Shelf<Line: Sendable> {
    /// The lines of the last load that went well.
    public private(set) var lines: [Line] = []
    public private(set) var loading = false
    public private(set) var trouble: Trouble?

    private let language: TextLanguage
    private let fetch: @Sendable (CancelToken) async throws -> [Line]

    init(_ phone: Phone, fetch: @escaping @Sendable (CancelToken) async throws -> [Line]) {
        (language, self.fetch) = (phone.language, fetch)
    }

    /// Loads the lines; those of before stay when it fails.
    public func load() async {
        await change { _ in }
    }

    /// Does what changes the lines and loads them; nothing is loaded when it fails.
    public func change(_ act: @escaping @Sendable (CancelToken) async throws -> Void) async {
        (loading, trouble) = (true, nil)
        defer { loading = false }
        do {
            try await cancelling(act)
            lines = try await cancelling(fetch)
        } catch {
            trouble = Trouble(error, language)
        }
    }
}

extension Phone {
    /// What was done with this phone, newest first. Needs no network.
    @MainActor public func activity() -> Shelf<ActivityLine> {
        Shelf(self) { [handset] _ in try await handset.activity() }
    }

    /// The devices that acted for this phone's accounts.
    @MainActor public func devices() -> Shelf<DeviceLine> {
        Shelf(self) { [handset] in try await handset.devices(cancel: $0) }
    }

    /// Disables another of ``devices()`` for good. The person was asked before.
    public func disable(_ device: String, _ cancel: CancelToken) async throws {
        _ = try await handset.disableDevice(device: device, cancel: cancel)
    }

    /// The people whose face was accepted through this phone.
    @MainActor public func people() -> Shelf<PersonLine> {
        Shelf(self) { [handset] _ in try await handset.people() }
    }
}
