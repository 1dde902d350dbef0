#![no_main]

use libfuzzer_sys::fuzz_target;
use quanshengshi_certificate::seal::fuzzing;

fuzz_target!(|bytes: &[u8]| fuzzing::signature(bytes));
