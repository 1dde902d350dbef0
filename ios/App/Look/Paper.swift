import SwiftUI
import UIKit

/// A drawn page that two fingers make larger.
struct Paper: View {
    let png: Data
    /// What stands on it, for a screen reader.
    let words: String
    @State private var scale: CGFloat = 1
    @GestureState private var pinch: CGFloat = 1

    var body: some View {
        if let image = UIImage(data: png) {
            ScrollView([.horizontal, .vertical]) {
                Image(uiImage: image)
                    .resizable()
                    .accessibilityLabel(words)
                    .aspectRatio(contentMode: .fit)
                    .containerRelativeFrame(.horizontal) { width, _ in width * shown }
            }
            .aspectRatio(image.size.width / max(image.size.height, 1), contentMode: .fit)
            .background(Tone.paper)
            .gesture(
                MagnifyGesture()
                    .updating($pinch) { value, pinch, _ in pinch = value.magnification }
                    .onEnded { scale = min(max(scale * $0.magnification, 1), 6) }
            )
            .onTapGesture(count: 2) { scale = scale > 1 ? 1 : 2.5 }
        }
    }

    private var shown: CGFloat { min(max(scale * pinch, 1), 6) }
}
