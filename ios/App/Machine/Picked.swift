import Foundation

/// A file that the person chose in the system's picker.
enum Picked {
    /// Files longer than this are not read: a certificate is far shorter.
    private static let most = 64 << 20

    /// Its bytes; none when nothing was chosen, or it cannot be read.
    static func read(_ chosen: Result<URL, any Error>) -> Data? {
        guard let file = try? chosen.get() else { return nil }
        // A file of another app is read only between these two.
        let lent = file.startAccessingSecurityScopedResource()
        defer { if lent { file.stopAccessingSecurityScopedResource() } }
        let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize
        guard let size, size <= most else { return nil }
        return try? Data(contentsOf: file)
    }
}
