//! Camera frame to QR text.
