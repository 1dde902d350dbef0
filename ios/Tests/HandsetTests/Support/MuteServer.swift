import Foundation
import Testing

/// Accepts connections on loopback and never says a word.
final class MuteServer: Sendable {
    let port: UInt16
    private let socket: Int32

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let own = socket
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(own, $0, length) == 0 && listen(own, 8) == 0
                    && getsockname(own, $0, &length) == 0
            }
        }
        try #require(bound, "a port of this machine")
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }
}
