import Foundation
import HandsetKit
import QuanshengshiCore
import Testing

/// The portal, started as a program of its own with a fresh database and its invented registers.
final class PortalProcess: Sendable {
    /// The program that the environment names.
    static let program = ProcessInfo.processInfo.environment["QSS_PORTAL"]

    /// Scheme, host and port.
    let origin: String
    /// File of the certificate that its TLS hangs on.
    let rootFile: String
    private let portalKey: String
    private let process: Program

    struct Unready: Error { let line: String }

    init(in folder: Folder) throws {
        // Writing to a portal that is gone raises this signal, which would end the tests.
        signal(SIGPIPE, SIG_IGN)
        let at = folder.path
        process = try Program(
            [try #require(Self.program), "--listen", "127.0.0.1:0", "--sample"]
                + ["--database", "\(at)/portal.sqlite3", "--tls", "\(at)/tls"]
                + ["--keys", "\(at)/keys"])
        let ready = try process.output.firstLine()
        let fields = try JSONSerialization.jsonObject(with: Data(ready.utf8)) as? [String: Any]
        guard let origin = fields?["origin"] as? String, let root = fields?["ca"] as? String,
            let key = fields?["portal_key"] as? String
        else { throw Unready(line: ready) }
        (self.origin, rootFile, portalKey) = (origin, root, key)
    }

    /// The settings of an app for this portal, whose data lie in a folder.
    func config(data: Folder, language: TextLanguage = .zh) throws -> HandsetConfig {
        HandsetConfig(
            dataFolder: data.path + "/data", portalOrigin: origin, trustedOrigins: [origin],
            rootsPem: try String(contentsOfFile: rootFile, encoding: .utf8), pins: [],
            portalKeys: [portalKey], platform: .ios, appVersion: "0.1.0", language: language)
    }
}

extension FileHandle {
    /// The first line that is said, without waiting for the end.
    fileprivate func firstLine() throws -> String {
        var line = Data()
        while let byte = try read(upToCount: 1), byte != Data("\n".utf8) {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }
}
