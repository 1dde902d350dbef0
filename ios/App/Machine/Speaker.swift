import AVFoundation
import Observation
import QuanshengshiCore

/// A voice for what is on the screen; a newer sentence takes the place of one that is not over.
@MainActor @Observable final class Speaker {
    @ObservationIgnored private let synthesizer = AVSpeechSynthesizer()

    func say(_ text: String, in language: TextLanguage) {
        synthesizer.stopSpeaking(at: .immediate)
        let utterance = AVSpeechUtterance(string: text)
        utterance.voice = AVSpeechSynthesisVoice(language: language == .zh ? "zh-CN" : "en-GB")
        synthesizer.speak(utterance)
    }

    func hush() { synthesizer.stopSpeaking(at: .immediate) }
}
