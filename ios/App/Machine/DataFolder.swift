import Foundation

/// Where the core keeps its sealed files.
enum DataFolder {
    /// Makes the folder and keeps it out of backups: its keys do not leave this device, so a copy of it
    /// elsewhere opens nothing. A folder that cannot be made is told by the core when it opens it.
    static func make() -> URL {
        var folder = URL.applicationSupportDirectory.appending(path: "handset", directoryHint: .isDirectory)
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try? folder.setResourceValues(values)
        return folder
    }
}
