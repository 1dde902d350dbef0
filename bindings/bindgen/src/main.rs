//! Generates Kotlin and Swift from the built facade; `--help` tells how.
//!
//! A package of its own, so that generating does not build the core a second time.

fn main() {
    uniffi::uniffi_bindgen_main();
}
