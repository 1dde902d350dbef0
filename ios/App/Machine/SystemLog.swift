import OSLog
import QuanshengshiCore

/// The core's lines in the system's log: routes and codes, nothing about a person.
final class SystemLog: HostLog {
    func line(line: LogLine) {
        let level: OSLogType =
            switch line.level {
            case .error: .fault
            case .warn: .error
            case .info: .info
            case .debug: .debug
            }
        Logger(subsystem: "cn.quanshengshi", category: line.room)
            .log(level: level, "\(line.text, privacy: .public)")
    }
}
