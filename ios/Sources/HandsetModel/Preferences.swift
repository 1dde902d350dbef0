import Foundation
import QuanshengshiCore

/// How large the text is, beyond what the system's own setting asks for.
public enum TextSize: String, Sendable, Codable, CaseIterable {
    case normal, large, huge

    public var word: Word {
        switch self {
        case .normal: .textNormal
        case .large: .textLarge
        case .huge: .textHuge
        }
    }
}

/// What a person chose for this phone. Nothing of it is secret, and nothing leaves the phone.
public struct Preferences: Sendable, Equatable {
    public var language = TextLanguage.zh
    public var textSize = TextSize.normal
    /// Somebody else holds the phone: rear camera, twice the time.
    public var helper = false
    public var voice = true

    public init() {}
}

extension Preferences: Codable {
    private enum Key: String, CodingKey { case english, textSize, helper, voice }

    /// What an older or newer version kept is read as far as it is known; the rest is as at the first time.
    public init(from decoder: any Decoder) throws {
        let kept = try decoder.container(keyedBy: Key.self)
        self.init()
        if try kept.decodeIfPresent(Bool.self, forKey: .english) == true { language = .en }
        let size = try kept.decodeIfPresent(String.self, forKey: .textSize)
        textSize = size.flatMap(TextSize.init) ?? textSize
        helper = try kept.decodeIfPresent(Bool.self, forKey: .helper) ?? helper
        voice = try kept.decodeIfPresent(Bool.self, forKey: .voice) ?? voice
    }

    public func encode(to encoder: any Encoder) throws {
        var kept = encoder.container(keyedBy: Key.self)
        try kept.encode(language == .en, forKey: .english)
        try kept.encode(textSize, forKey: .textSize)
        try kept.encode(helper, forKey: .helper)
        try kept.encode(voice, forKey: .voice)
    }
}

/// Where the app keeps them: `UserDefaults`, or a dictionary in a test.
public protocol PreferenceKeeper: Sendable {
    func read() -> Data?
    func write(_ kept: Data)
}

extension PreferenceKeeper {
    /// The language chosen last.
    public var language: TextLanguage { preferences().language }

    /// What was chosen; the first choices when nothing is kept or it cannot be read.
    func preferences() -> Preferences {
        let kept = read().flatMap { try? JSONDecoder().decode(Preferences.self, from: $0) }
        return kept ?? Preferences()
    }

    func keep(_ preferences: Preferences) {
        if let kept = try? JSONEncoder().encode(preferences) { write(kept) }
    }
}
