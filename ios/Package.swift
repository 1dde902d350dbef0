// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Quanshengshi",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "HandsetModel", targets: ["HandsetModel"])],
    targets: [
        .systemLibrary(name: "QuanshengshiCoreFFI"),
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

// The tests stand in for a phone with OpenSSL, libjpeg-turbo and libpng, which only Linux has at hand.
#if os(Linux)
    package.targets += [
        .target(
            name: "Machine",
            path: "Tests/Machine",
            linkerSettings: ["crypto", "turbojpeg", "png"].map { .linkedLibrary($0) }
        ),
        .testTarget(name: "HandsetTests", dependencies: ["HandsetModel", "Machine"]),
    ]
#endif
