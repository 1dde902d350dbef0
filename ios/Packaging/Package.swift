// swift-tools-version: 6.0
import PackageDescription

// Laid out by `cargo run -p quanshengshi-tooling -- ios-package`; ios/README.md says how its library is built.
let package = Package(
    name: "Quanshengshi",
    platforms: [.iOS(.v17)],
    products: [.library(name: "HandsetModel", targets: ["HandsetModel"])],
    targets: [
        // Generated for Swift 5: its callbacks keep global tables that Swift 6 would refuse.
        .target(
            name: "QuanshengshiCore",
            dependencies: ["QuanshengshiCoreFFI"],
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
        .target(name: "HandsetKit", dependencies: ["QuanshengshiCore"]),
        .target(name: "HandsetModel", dependencies: ["HandsetKit"]),
    ]
)

// An XCFramework is for Apple's linkers; Linux, where the folder is tried, takes the header and the host's library.
#if os(Linux)
    package.targets += [.systemLibrary(name: "QuanshengshiCoreFFI", path: "host")]
#else
    package.targets += [
        .binaryTarget(name: "QuanshengshiCoreFFI", path: "QuanshengshiCoreFFI.xcframework")
    ]
#endif
