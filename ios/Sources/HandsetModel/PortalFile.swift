import Foundation
import QuanshengshiCore

/// The portal an app is built for, as a file in its bundle says.
public struct PortalFile: Sendable, Equatable, Decodable {
    /// Scheme, host and port.
    public let origin: String
    /// Origins that a code may name.
    public let trustedOrigins: [String]
    /// The certificates that the portal's TLS may hang on, PEM.
    public let rootsPem: String
    /// SHA-256 of public keys that one certificate of the chain must have; none pins nothing.
    public let pins: [String]
    /// The keys that the portal signs its statements with.
    public let portalKeys: [String]
    /// The roots that seals of certificates may hang on, PEM.
    public let sealRootsPem: String

    /// Reads the file.
    public init(_ file: Data) throws { self = try JSONDecoder().decode(Self.self, from: file) }

    /// The core's settings.
    public func config(dataFolder: String, appVersion: String, language: TextLanguage) -> HandsetConfig {
        HandsetConfig(
            dataFolder: dataFolder, portalOrigin: origin, trustedOrigins: trustedOrigins, rootsPem: rootsPem,
            pins: pins, portalKeys: portalKeys, sealRootsPem: sealRootsPem, platform: .ios,
            appVersion: appVersion, language: language)
    }
}
