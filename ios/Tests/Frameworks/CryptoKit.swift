@_exported import Foundation

public struct SymmetricKeySize: Sendable { public static let bits256 = SymmetricKeySize() }
public struct SymmetricKey {
    public init(size: SymmetricKeySize) {}
    public init<D: ContiguousBytes>(data: D) {}
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        fatalError()
    }
}
public enum AES {
    public enum GCM {
        public struct Nonce {}
        public struct SealedBox {
            public init<D: DataProtocol>(combined: D) throws {}
            public var combined: Data? { nil }
        }
        public static func seal<M: DataProtocol, A: DataProtocol>(
            _ message: M, using: SymmetricKey, nonce: Nonce? = nil, authenticating: A
        ) throws -> SealedBox { fatalError() }
        public static func open<A: DataProtocol>(_ box: SealedBox, using: SymmetricKey, authenticating: A)
            throws -> Data
        {
            fatalError()
        }
    }
}
