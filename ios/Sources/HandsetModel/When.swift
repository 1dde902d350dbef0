import Foundation

/// A time of the portal as a person reads it: `2026-11-23 18:52`, in both languages.
public func when(_ ms: UInt64, in zone: TimeZone = .current) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let date = Date(timeIntervalSince1970: Double(ms) / 1_000)
    let at = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    let two = { (number: Int?) in
        let digits = String(number ?? 0)
        return digits.count < 2 ? "0" + digits : digits
    }
    return "\(at.year ?? 0)-\(two(at.month))-\(two(at.day)) \(two(at.hour)):\(two(at.minute))"
}
