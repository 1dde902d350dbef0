import QuanshengshiCore

extension ScanGuidance {
    var word: Word {
        switch self {
        case .tooFar: .scanTooFar
        case .tooBlurred: .scanBlurred
        case .tooDark: .scanDark
        case .glare: .scanGlare
        case .nothingSeen: .scanAim
        }
    }
}

extension FacePrompt {
    var word: Word {
        switch self {
        case .turnLeft: .doTurnLeft
        case .turnRight: .doTurnRight
        case .openMouth: .doOpenMouth
        case .nod: .doNod
        case .lookStraight: .doLookStraight
        case .comeCloser: .doComeCloser
        case .blink: .doBlink
        }
    }
}
