import Foundation
import HandsetModel

/// A file that the person chose in the system's picker.
enum Picked {
    /// Files longer than this are not read: a certificate is far shorter.
    private static let most = 64 << 20

    /// Its bytes, or why there are none. Its length is asked before it is read.
    static func read(_ chosen: Result<URL, any Error>) -> Result<Data, Unread> {
        guard let file = try? chosen.get() else { return .failure(.unreachable) }
        // A file of another app is read only between these two.
        let lent = file.startAccessingSecurityScopedResource()
        defer { if lent { file.stopAccessingSecurityScopedResource() } }
        let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize
        guard let size else { return .failure(.unreachable) }
        guard size <= most else { return .failure(.tooLarge) }
        guard let bytes = try? Data(contentsOf: file) else { return .failure(.unreachable) }
        return .success(bytes)
    }
}
