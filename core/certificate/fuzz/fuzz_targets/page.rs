#![no_main]

use libfuzzer_sys::fuzz_target;
use quanshengshi_certificate::ofd::fuzzing;

fuzz_target!(|bytes: &[u8]| fuzzing::page(bytes));
