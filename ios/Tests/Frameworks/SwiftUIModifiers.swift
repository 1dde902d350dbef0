@_exported import CoreTransferable
import Observation
@_exported import UniformTypeIdentifiers

extension View {
    public func font(_ font: Font?) -> some View { self }
    public func foregroundStyle(_ style: Color) -> some View { self }
    public func tint(_ color: Color?) -> some View { self }
    public func padding(_ length: CGFloat) -> some View { self }
    public func padding(_ edges: Edge.Set, _ length: CGFloat) -> some View { self }
    public func frame(
        minWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil,
        maxHeight: CGFloat? = nil,
        alignment: Alignment = .center
    ) -> some View { self }
    public func background(_ color: Color) -> some View { self }
    public func background<S: Shape>(_ color: Color, in shape: S) -> some View { self }
    public func background<V: View>(@ViewBuilder _ content: () -> V) -> some View { self }
    public func overlay<V: View>(@ViewBuilder _ content: () -> V) -> some View { self }
    public func safeAreaInset<V: View>(edge: VerticalEdge, @ViewBuilder content: () -> V) -> some View {
        self
    }
    public func ignoresSafeArea() -> some View { self }
    public func opacity(_ part: Double) -> some View { self }
    public func clipShape<S: Shape>(_ shape: S) -> some View { self }
    public func aspectRatio(_ ratio: CGFloat? = nil, contentMode: ContentMode) -> some View { self }
    public func containerRelativeFrame(_ axes: Axis.Set, _ length: @escaping (CGFloat, Axis) -> CGFloat)
        -> some View
    { self }
    public func gesture<G: Gesture>(_ gesture: G) -> some View { self }
    public func onTapGesture(count: Int = 1, perform: @escaping () -> Void) -> some View { self }
    public func symbolEffect(_ effect: SymbolEffect, isActive: Bool) -> some View { self }
    public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { self }
    public func dynamicTypeSize<R: RangeExpression>(_ range: R) -> some View
    where R.Bound == DynamicTypeSize { self }
    public func accessibilityHidden(_ hidden: Bool) -> some View { self }
    public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View { self }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { self }
    public func accessibilityElement(children: AccessibilityChildBehavior) -> some View { self }
    public func disabled(_ disabled: Bool) -> some View { self }
    public func id<V: Hashable>(_ id: V) -> some View { self }
    public func tag<V: Hashable>(_ tag: V) -> some View { self }
    public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View { self }
    public func navigationTitle(_ title: String) -> some View { self }
    public func navigationBarTitleDisplayMode(_ mode: TitleMode) -> some View { self }
    public func navigationBarBackButtonHidden(_ hidden: Bool = true) -> some View { self }
    public func navigationDestination<V: View>(isPresented: Binding<Bool>, @ViewBuilder destination: () -> V)
        -> some View
    { self }
    public func toolbar(@ViewBuilder content: () -> ToolbarItem) -> some View { self }
    public func searchable(text: Binding<String>, prompt: String) -> some View { self }
    public func refreshable(action: @escaping @Sendable () async -> Void) -> some View { self }
    public func keyboardType(_ type: KeyboardType) -> some View { self }
    public func textFieldStyle(_ style: TextStyle) -> some View { self }
    public func labelStyle(_ style: LabelLook) -> some View { self }
    public func buttonStyle<S: ButtonStyle>(_ style: S) -> some View { self }
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { self }
    public func modifier<M: ViewModifier>(_ modifier: M) -> some View { self }
    public func environment<O: AnyObject & Observable>(_ object: O?) -> some View { self }
    public func fullScreenCover<I: Identifiable, V: View>(
        item: Binding<I?>, @ViewBuilder content: @escaping (I) -> V
    ) -> some View { self }
    public func sheet<V: View>(isPresented: Binding<Bool>, @ViewBuilder content: @escaping () -> V)
        -> some View
    { self }
    public func confirmationDialog<V: View>(
        _ title: String, isPresented: Binding<Bool>, titleVisibility: Visibility,
        @ViewBuilder actions: () -> V
    ) -> some View { self }
    public func fileImporter(
        isPresented: Binding<Bool>, allowedContentTypes: [UTType],
        onCompletion: @escaping (Result<URL, any Error>) -> Void
    ) -> some View { self }
    public func onOpenURL(perform action: @escaping (URL) -> Void) -> some View { self }
    public func task(@_inheritActorContext _ action: @escaping @Sendable () async -> Void) -> some View {
        self
    }
    public func task<T: Equatable>(
        id: T, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View { self }
    public func onChange<V: Equatable>(of value: V, _ action: @escaping () -> Void) -> some View { self }
    public func onChange<V: Equatable>(of value: V, _ action: @escaping (V, V) -> Void) -> some View { self }
    public func onDisappear(perform: (() -> Void)? = nil) -> some View { self }
}

public struct ToolbarItem: Leaf {
    public enum Placement { case topBarLeading, topBarTrailing, cancellationAction }
    public init<V: View>(placement: Placement, @ViewBuilder content: () -> V) {}
}
public enum ContentMode { case fit, fill }
public enum VerticalEdge { case top, bottom }
public enum Edge {
    public struct Set: Sendable {
        public static let horizontal = Set()
        public static let vertical = Set()
    }
}
public enum SymbolEffect { case pulse }
public enum TextAlignment { case leading, center }
public enum TitleMode { case inline, large }
public enum Visibility { case visible, hidden, automatic }
public enum KeyboardType { case numberPad }
public enum TextStyle { case roundedBorder }
public enum LabelLook { case titleAndIcon, iconOnly }
public enum AccessibilityChildBehavior { case combine }
public struct AccessibilityTraits: SetAlgebra, Sendable, Equatable {
    public typealias Element = AccessibilityTraits
    public static let isHeader = AccessibilityTraits()
    public static let updatesFrequently = AccessibilityTraits()
    public init() {}
    public func contains(_ member: Self) -> Bool { true }
    public func union(_ other: Self) -> Self { self }
    public func intersection(_ other: Self) -> Self { self }
    public func symmetricDifference(_ other: Self) -> Self { self }
    public mutating func insert(_ new: Self) -> (inserted: Bool, memberAfterInsert: Self) { (true, new) }
    public mutating func remove(_ member: Self) -> Self? { nil }
    public mutating func update(with new: Self) -> Self? { nil }
    public mutating func formUnion(_ other: Self) {}
    public mutating func formIntersection(_ other: Self) {}
    public mutating func formSymmetricDifference(_ other: Self) {}
}
public enum DynamicTypeSize: Int, Comparable, Sendable {
    case xSmall, xxLarge, accessibility2
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

@MainActor @preconcurrency public protocol ButtonStyle {
    associatedtype Body: View
    typealias Configuration = ButtonStyleConfiguration
    @ViewBuilder func makeBody(configuration: Configuration) -> Body
}
public struct ButtonStyleConfiguration {
    public let label: ModifiedContent
    public let isPressed: Bool
}
@MainActor @preconcurrency public protocol PrimitiveButtonStyle {}
public struct Bordered: PrimitiveButtonStyle { nonisolated init() {} }
extension PrimitiveButtonStyle where Self == Bordered {
    public static var bordered: Bordered { Bordered() }
    public static var borderedProminent: Bordered { Bordered() }
    public static var plain: Bordered { Bordered() }
}
