import AVFoundation
import Observation
import QuanshengshiCore
import UIKit

/// A voice for what is on the screen; a newer sentence takes the place of one that is not over.
@MainActor @Observable final class Speaker {
    @ObservationIgnored private let synthesizer = AVSpeechSynthesizer()

    /// Says a sentence, `aloud` as the person chose. A screen reader has its own voice and always says it: two
    /// voices at once are none.
    func say(_ text: String, in language: TextLanguage, aloud: Bool = true) {
        if UIAccessibility.isVoiceOverRunning {
            UIAccessibility.post(notification: .announcement, argument: text)
            return
        }
        guard aloud else { return }
        synthesizer.stopSpeaking(at: .immediate)
        let utterance = AVSpeechUtterance(string: text)
        utterance.voice = AVSpeechSynthesisVoice(language: language == .zh ? "zh-CN" : "en-GB")
        synthesizer.speak(utterance)
    }

    func hush() { synthesizer.stopSpeaking(at: .immediate) }
}
