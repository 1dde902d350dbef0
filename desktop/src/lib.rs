//! The desktop shell: command line, demo, webcam.
