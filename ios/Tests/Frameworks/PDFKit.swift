import UIKit

public enum PDFDocumentAttribute: Hashable { case titleAttribute }
public final class PDFPage { public init?(image: UIImage) {} }
public final class PDFDocument {
    public init() {}
    public init?(data: Data) {}
    public var pageCount: Int { 0 }
    public var documentAttributes: [AnyHashable: Any]?
    public func insert(_ page: PDFPage, at: Int) {}
    public func dataRepresentation() -> Data? { nil }
}
public final class PDFView: UIView {
    public var autoScales = false
    public var document: PDFDocument?
}
