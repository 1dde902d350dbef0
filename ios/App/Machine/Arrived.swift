import Foundation
import HandsetModel

/// A file that another app hands over.
enum Arrived {
    /// Its bytes, or why there are none. Where the other app gave a copy, the system lays it into this app's inbox,
    /// and nobody else would ever remove it: a file that was only looked at is not kept.
    static func take(_ file: URL) -> Result<Data, Unread> {
        let read = Picked.read(.success(file))
        if file.deletingLastPathComponent().lastPathComponent == "Inbox" {
            try? FileManager.default.removeItem(at: file)
        }
        return read
    }
}
