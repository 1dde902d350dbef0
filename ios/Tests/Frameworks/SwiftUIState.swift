import Observation
import UIKit

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    public var wrappedValue: Value {
        get { fatalError() }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { self }
    @preconcurrency public init(
        get: @escaping @isolated(any) @Sendable () -> Value,
        set: @escaping @isolated(any) @Sendable (Value) -> Void
    ) {}
    public subscript<T>(dynamicMember path: WritableKeyPath<Value, T>) -> Binding<T> { fatalError() }
}
@propertyWrapper public struct State<Value> {
    public init(wrappedValue: Value) {}
    public init(initialValue: Value) {}
    public var wrappedValue: Value {
        get { fatalError() }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { fatalError() }
}
extension State where Value: ExpressibleByNilLiteral { public init() {} }
@propertyWrapper public struct GestureState<Value> {
    public init(wrappedValue: Value) {}
    public var wrappedValue: Value { fatalError() }
    public var projectedValue: GestureState<Value> { self }
}
@dynamicMemberLookup @propertyWrapper public struct Bindable<Value: AnyObject & Observable> {
    public var wrappedValue: Value
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public var projectedValue: Bindable<Value> { self }
    public subscript<T>(dynamicMember path: ReferenceWritableKeyPath<Value, T>) -> Binding<T> { fatalError() }
}
@propertyWrapper public struct Environment<Value> {
    public init(_ path: KeyPath<EnvironmentValues, Value>) {}
    public init(_ type: Value.Type) where Value: AnyObject & Observable {}
    public var wrappedValue: Value { fatalError() }
}
public struct EnvironmentValues {
    public var scenePhase: ScenePhase { fatalError() }
    public var isSceneCaptured: Bool { fatalError() }
    public var isEnabled: Bool { fatalError() }
    public var openURL: OpenURLAction { fatalError() }
    public var dismiss: DismissAction { fatalError() }
}
public enum ScenePhase: Equatable { case active, inactive, background }
@MainActor public struct OpenURLAction { public func callAsFunction(_ url: URL) {} }
@MainActor public struct DismissAction { public func callAsFunction() {} }

public struct Color: Leaf, Sendable {
    nonisolated public init(_ color: UIColor) {}
    public func opacity(_ part: Double) -> Color { self }
}
public struct Font: Sendable {
    public static let largeTitle = Font()
    public static let title = Font()
    public static let title3 = Font()
    public static let headline = Font()
    public static let body = Font()
    public static let subheadline = Font()
    public enum Weight { case semibold }
    public func weight(_ weight: Weight) -> Font { self }
    public func monospacedDigit() -> Font { self }
}
public struct StrokeStyle {
    public enum Cap { case round }
    public init(lineWidth: CGFloat, lineCap: Cap) {}
}
public struct Path {
    public init(_ rect: CGRect) {}
    public init(_ draw: (inout Path) -> Void) {}
    public mutating func move(to point: CGPoint) {}
    public mutating func addLine(to point: CGPoint) {}
}
public protocol Shape: View, Sendable { nonisolated func path(in rect: CGRect) -> Path }
extension Shape {
    public var body: Never { fatalError() }
    public func stroke(style: StrokeStyle) -> some View { self }
}
public struct Ellipse: Shape {
    public init() {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
}
public struct Capsule: Shape {
    public init() {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
}
public enum RoundedCornerStyle { case circular, continuous }
public struct RoundedRectangle: Shape {
    public init(cornerRadius: CGFloat, style: RoundedCornerStyle = .continuous) {}
    nonisolated public func path(in rect: CGRect) -> Path { Path(rect) }
    public func strokeBorder(_ color: Color, lineWidth: CGFloat) -> some View { self }
}

@MainActor @preconcurrency public protocol Gesture<Value> { associatedtype Value }
public struct MagnifyGesture: Gesture {
    public struct Value { public let magnification: CGFloat }
    public init() {}
}
extension Gesture {
    public func updating<S>(_ state: GestureState<S>, body: @escaping (Value, inout S, inout Int) -> Void)
        -> some Gesture<Value>
    { self }
    public func onEnded(_ action: @escaping (Value) -> Void) -> some Gesture<Value> { self }
}

@MainActor @preconcurrency public protocol UIViewRepresentable: View where Body == Never {
    associatedtype UIViewType: UIView
    typealias Context = Int
    func makeUIView(context: Context) -> UIViewType
    func updateUIView(_ view: UIViewType, context: Context)
}
extension UIViewRepresentable { public var body: Never { fatalError() } }
extension Image { public init(uiImage: UIImage) { self.init(systemName: "") } }
