//! Generates Kotlin and Swift from the built facade.
