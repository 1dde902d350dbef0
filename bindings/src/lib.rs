//! The facade for Kotlin, Swift and the desktop shell.
