import QuanshengshiCore

/// A trust anchor of an invented authority whose key was thrown away.
let rootPem = """
    -----BEGIN CERTIFICATE-----
    MIIBuTCCAV+gAwIBAgIUK5rqVLnEoA5VG3EFz5wVFAE5PkMwCgYIKoZIzj0EAwIw
    MTEvMC0GA1UEAwwmUXVhbnNoZW5nc2hpIHRlc3QgYXV0aG9yaXR5IChpbnZlbnRl
    ZCkwIBcNMjYxMTIzMjIxOTUwWhgPMjEyNjEwMzAyMjE5NTBaMDExLzAtBgNVBAMM
    JlF1YW5zaGVuZ3NoaSB0ZXN0IGF1dGhvcml0eSAoaW52ZW50ZWQpMFkwEwYHKoZI
    zj0CAQYIKoZIzj0DAQcDQgAE2ixxZl0PmdGhVseLsTCVKB3wonom1s3ZEcMCC1m8
    F2C9mQVlFsEzut5hm3Y4FNyb04XFfk6qypEtalHUlBDEiqNTMFEwHQYDVR0OBBYE
    FNvp4y4Rtl/KBmqtpEmAbGhUgE96MB8GA1UdIwQYMBaAFNvp4y4Rtl/KBmqtpEmA
    bGhUgE96MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgYoXsTNoB
    KDBRVCZQFfkyIr53aJJyTZxhM946KzrpRyUCIQCqb8WWPoBXSUHgKzqIe2SpvIDO
    T2/sfZz6loVdPI376Q==
    -----END CERTIFICATE-----
    """

/// An origin that no test connects to.
let nowhere = "https://portal.example"

/// The settings of an app whose portal is somewhere else, or nowhere.
func config(_ folder: Folder, portal: String = nowhere) -> HandsetConfig {
    HandsetConfig(
        dataFolder: folder.path + "/data", portalOrigin: portal, trustedOrigins: [nowhere],
        rootsPem: rootPem, pins: [], portalKeys: [], platform: .ios, appVersion: "0.1.0",
        language: .zh)
}
