#![no_main]

use libfuzzer_sys::fuzz_target;
use quanshengshi_certificate::pdf::PdfFile;

fuzz_target!(|bytes: &[u8]| {
    let _ = PdfFile::open(bytes);
});
