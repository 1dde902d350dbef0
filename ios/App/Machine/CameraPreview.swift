import AVFoundation
import SwiftUI
import UIKit

/// What the camera sees; the front camera as in a mirror.
struct CameraPreview: UIViewRepresentable {
    let camera: PhoneCamera

    func makeUIView(context: Context) -> Layered {
        let view = Layered()
        view.preview?.session = camera.session
        view.preview?.videoGravity = .resizeAspectFill
        return view
    }

    func updateUIView(_ view: Layered, context: Context) {}

    final class Layered: UIView {
        override class var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self }
        var preview: AVCaptureVideoPreviewLayer? { layer as? AVCaptureVideoPreviewLayer }
    }
}
