// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A library of the system that the set-up installs (`setup/debian.txt`).
func system(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
  .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], except: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: except, swiftSettings: strict)
}

let package = Package(
  name: "marchepied",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "marchepied", targets: ["marchepied"]),
    .library(name: "Clauses", targets: ["Clauses"]),
    .library(name: "Facts", targets: ["Facts"]),
    .library(name: "Exchange", targets: ["Exchange"]),
    .library(name: "Storage", targets: ["Storage"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    system("CExpat", "expat", "libexpat1-dev"),
    system("CLibPQ", "libpq", "libpq-dev"),
    system("CLzma", "liblzma", "liblzma-dev"),
    system("CQREncode", "libqrencode", "libqrencode-dev"),
    system("CSodium", "libsodium", "libsodium-dev"),
    system("CXlsxWriter", "xlsxwriter", "libxlsxwriter-dev"),
    system("CZip", "libzip", "libzip-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),

    room("Clauses"),
    room("Facts", ["Clauses"]),
    room("Vault", ["Clauses", "CQREncode", "CSodium", .product(name: "Crypto", package: "swift-crypto")]),
    room(
      "Federation",
      [
        "Clauses",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    room("Exchange", ["Clauses", "CExpat", "CLzma", "CXlsxWriter", "CZip", "CZlib"]),
    room(
      "Storage",
      [
        "CLibPQ",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    room("Records", ["Clauses", "Storage"]),
    room(
      "Paperwork",
      [
        "Clauses", "CZip",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    room(
      "Casework",
      [
        "Clauses", "Facts", "Exchange", "Paperwork", "Records", "Storage", "Vault",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    room(
      "Site",
      [
        "Casework", "Clauses", "Vault",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      ]),
    room("Demonstration", ["Casework", "Clauses", "Records", "Storage", "Vault"]),
    .executableTarget(
      name: "marchepied",
      dependencies: [
        "Casework", "Clauses", "Demonstration", "Exchange", "Facts", "Federation", "Paperwork", "Records", "Site",
        "Storage",
        "Vault",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport",
      dependencies: [
        "Clauses", "Storage", "Records", "Casework", "Facts", "Vault",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("ClausesTests", ["Clauses", "Facts"]),
    tests("FactsTests", ["Clauses", "Facts"]),
    tests(
      "SiteTests",
      [
        "Casework", "Clauses", "Facts", "Site",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    tests(
      "AccessTests",
      [
        "Casework", "Clauses", "Demonstration", "Paperwork", "Records", "Site", "Storage", "TestSupport", "Vault",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    tests(
      "PaperworkTests",
      [
        "Clauses", "CZip", "Paperwork",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    tests("RecordsTests", ["Records", "Storage", "Clauses", "TestSupport"]),
    tests(
      "CaseworkTests",
      ["Casework", "Records", "Storage", "Clauses", "Demonstration", "Facts", "Exchange", "Vault", "TestSupport"],
      except: ["Snapshots"]),
    tests(
      "CommandTests",
      [
        "marchepied", "Casework", "Clauses", "Federation", "Records", "Storage", "TestSupport", "Vault",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    tests("ExchangeTests", ["Clauses", "Exchange", "Facts"]),
    tests(
      "FederationTests",
      [
        "Clauses", "Federation", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests("StorageTests", ["Storage", "TestSupport"]),
    tests("VaultTests", ["Clauses", "Vault", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
