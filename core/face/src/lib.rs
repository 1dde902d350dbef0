//! Face capture: detector, landmarks, pose, quality and the liveness session.
