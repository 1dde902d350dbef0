@_exported import Foundation
import UniformTypeIdentifiers

public protocol TransferRepresentation<Item>: Sendable { associatedtype Item }
public protocol Transferable {
    associatedtype Representation: TransferRepresentation
    @TransferRepresentationBuilder<Self> static var transferRepresentation: Representation { get }
}
@resultBuilder public enum TransferRepresentationBuilder<Item: Transferable> {
    public static func buildBlock<R: TransferRepresentation>(_ one: R) -> R where R.Item == Item { one }
}
public struct DataRepresentation<Item: Transferable>: TransferRepresentation {
    public init(exportedContentType: UTType, exporting: @escaping @Sendable (Item) async throws -> Data) {}
}
