@_exported import Foundation

open class UIResponder {}
@MainActor open class UIView: UIResponder {
    public override init() {}
    open class var layerClass: AnyClass { UIView.self }
    public var layer: AnyObject { self }
}
@MainActor public final class UIApplication {
    public static let openSettingsURLString = ""
}
@MainActor public final class UINotificationFeedbackGenerator {
    public enum FeedbackType { case success }
    public init() {}
    public func notificationOccurred(_ type: FeedbackType) {}
}
public final class UITraitCollection {
    public enum Style { case light, dark }
    public enum Contrast { case normal, high }
    public var userInterfaceStyle: Style { fatalError() }
    public var accessibilityContrast: Contrast { fatalError() }
}
open class UIColor: @unchecked Sendable {
    public static let white = UIColor(red: 1, green: 1, blue: 1, alpha: 1)
    public static let black = UIColor(red: 0, green: 0, blue: 0, alpha: 1)
    public init(red: CGFloat, green: CGFloat, blue: CGFloat, alpha: CGFloat) {}
    public init(dynamicProvider: @escaping @Sendable (UITraitCollection) -> UIColor) {}
    public func setFill() {}
}
public final class UIFont { public static func systemFont(ofSize: CGFloat) -> UIFont { UIFont() } }
public final class UIImage {
    public init?(data: Data) {}
    public var size: CGSize { fatalError() }
    public func draw(at point: CGPoint) {}
}
public final class UIGraphicsImageRendererContext {
    public var cgContext: CGContext { fatalError() }
    public func fill(_ rect: CGRect) {}
}
public final class CGContext {
    public func saveGState() {}
    public func restoreGState() {}
    public func clip(to rect: CGRect) {}
    public func translateBy(x: CGFloat, y: CGFloat) {}
    public func rotate(by angle: CGFloat) {}
}
public final class UIGraphicsImageRenderer {
    public init(bounds: CGRect) {}
    public func image(actions: (UIGraphicsImageRendererContext) -> Void) -> UIImage { fatalError() }
}
extension NSAttributedString.Key {
    public static let font = NSAttributedString.Key("font")
    public static let foregroundColor = NSAttributedString.Key("colour")
}
public struct NSStringDrawingOptions: Sendable {
    public static let usesLineFragmentOrigin = NSStringDrawingOptions()
}
extension NSAttributedString {
    public func boundingRect(with: CGSize, options: NSStringDrawingOptions, context: AnyObject?) -> CGRect {
        .zero
    }
    public func size() -> CGSize { .zero }
    public func draw(in rect: CGRect) {}
    public func draw(at point: CGPoint) {}
}
@MainActor public enum UIAccessibility {
    public enum Notification { case announcement }
    public static var isVoiceOverRunning: Bool { false }
    public static func post(notification: Notification, argument: Any?) {}
}
