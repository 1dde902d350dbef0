@_exported import Foundation

// The part of SwiftUI that ios/App uses, as declarations that do nothing: see README.md beside this.

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }
}
extension Never: View { public var body: Never { fatalError() } }
public protocol Leaf: View where Body == Never {}
extension Leaf { public var body: Never { fatalError() } }

public struct EmptyView: Leaf { public init() {} }
public struct TupleView<T>: Leaf {}
public struct Either<A: View, B: View>: Leaf {}
extension Optional: View where Wrapped: View { public var body: Never { fatalError() } }
extension Optional: Leaf where Wrapped: View {}

@resultBuilder public enum ViewBuilder {
    public static func buildBlock() -> EmptyView { fatalError() }
    public static func buildBlock<C: View>(_ c: C) -> C { c }
    public static func buildBlock<each C: View>(_ c: repeat each C) -> TupleView<(repeat each C)> {
        fatalError()
    }
    public static func buildExpression<C: View>(_ c: C) -> C { c }
    public static func buildIf<C: View>(_ c: C?) -> C? { c }
    public static func buildEither<A: View, B: View>(first: A) -> Either<A, B> { fatalError() }
    public static func buildEither<A: View, B: View>(second: B) -> Either<A, B> { fatalError() }
}

public struct Text: Leaf { public init(_ text: String) {} }
public struct Image: Leaf {
    public init(systemName: String) {}
    public func resizable() -> Image { self }
}
public struct Spacer: Leaf { public init() {} }
public struct Label<T: View, I: View>: Leaf {
    public init(_ text: String, systemImage: String) where T == Text, I == Image {}
}
public struct ProgressView<L: View>: Leaf {
    public init() where L == EmptyView {}
    public init(_ text: String) where L == Text {}
}
public struct ButtonRole: Sendable {
    public static let destructive = ButtonRole()
    public static let cancel = ButtonRole()
}
public struct Button<L: View>: Leaf {
    public init(_ text: String, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void)
    where L == Text {}
    public init(_ text: String, systemImage: String, action: @escaping @MainActor () -> Void)
    where L == Label<Text, Image> {}
}
public struct Toggle<L: View>: Leaf {
    public init(_ text: String, isOn: Binding<Bool>) where L == Text {}
    public init(_ text: String, systemImage: String, isOn: Binding<Bool>) where L == Label<Text, Image> {}
    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> L) {}
}
public struct Picker<L: View, V: Hashable, C: View>: Leaf {
    public init(_ text: String, selection: Binding<V>, @ViewBuilder content: () -> C) where L == Text {}
}
public struct TextField<L: View>: Leaf {
    public init(_ title: String, text: Binding<String>) where L == Text {}
}
public struct ForEach<D: RandomAccessCollection, ID: Hashable, C: View>: Leaf {
    public init(_ data: D, id: KeyPath<D.Element, ID>, @ViewBuilder content: @escaping (D.Element) -> C) {}
}
public enum HorizontalAlignment { case leading, center, trailing }
public enum Alignment { case leading, center, trailing, top }
public struct VStack<C: View>: Leaf {
    public init(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C
    ) {}
}
public struct LazyVStack<C: View>: Leaf {
    public init(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C
    ) {}
}
public struct HStack<C: View>: Leaf { public init(spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {} }
public struct ZStack<C: View>: Leaf { public init(@ViewBuilder content: () -> C) {} }
public struct Group<C: View>: Leaf { public init(@ViewBuilder content: () -> C) {} }
public struct Form<C: View>: Leaf { public init(@ViewBuilder content: () -> C) {} }
public struct Section<C: View>: Leaf { public init(@ViewBuilder content: () -> C) {} }
public struct TabView<V: Hashable, C: View>: Leaf {
    public init(selection: Binding<V>, @ViewBuilder content: () -> C) {}
}
public struct NavigationStack<C: View>: Leaf { public init(@ViewBuilder root: () -> C) {} }
public struct NavigationLink<L: View, D: View>: Leaf {
    public init(@ViewBuilder destination: () -> D, @ViewBuilder label: () -> L) {}
    public init(_ text: String, @ViewBuilder destination: () -> D) where L == Text {}
}
public struct ScrollView<C: View>: Leaf {
    public init(_ axes: Axis.Set = .vertical, @ViewBuilder content: () -> C) {}
}
public enum Axis {
    case horizontal, vertical
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        public static let horizontal = Set(rawValue: 1)
        public static let vertical = Set(rawValue: 2)
    }
}
public struct Canvas<S: View>: Leaf {
    public init(renderer: @escaping (inout GraphicsContext, CGSize) -> Void) where S == EmptyView {}
}
public struct GraphicsContext {
    public struct Shading { public static func color(_ color: Color) -> Shading { Shading() } }
    public func fill(_ path: Path, with: Shading) {}
}
public struct SharePreview { public init(_ title: String) {} }
public struct ShareLink<L: View>: Leaf {
    public init<I: Transferable>(item: I, preview: SharePreview, @ViewBuilder label: () -> L) {}
    public init(item: String, @ViewBuilder label: () -> L) {}
}

@MainActor @preconcurrency public protocol Scene {}
public struct WindowGroup<C: View>: Scene { public init(@ViewBuilder content: () -> C) {} }
@MainActor @preconcurrency public protocol App {
    associatedtype Body: Scene
    var body: Body { get }
    init()
}
extension App { public static func main() {} }

@MainActor @preconcurrency public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = ModifiedContent
    @ViewBuilder func body(content: Content) -> Body
}
public struct ModifiedContent: Leaf {}
