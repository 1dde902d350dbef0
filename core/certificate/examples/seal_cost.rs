//! What it costs to judge the seals of a file.
//!
//! `seal_cost FONT [ROOT FILE.ofd…]` writes and seals a licence of an invented enterprise, judges it
//! 200 times, and then each file given. CPU time of the thread; the median of batches of ten.

use std::error::Error;
use std::{env, fs};

use quanshengshi_certificate::ofd::write::dressing::{Dressing, SealMark, SealPlace};
use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::seal_face::write_seal_picture;
use quanshengshi_certificate::ofd::write::write_face;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::seal::anchor::{KeyCertificate, Trust};
use quanshengshi_certificate::seal::sealing::authority::{Authority, KeyPair, KeyUse, Subject};
use quanshengshi_certificate::seal::sealing::sealer::{SealFace, Sealer};
use quanshengshi_certificate::seal::verify::verify_seals;

const RECORD: &str = include_str!("sample_record.json");
const BATCHES: usize = 20;
const IN_A_BATCH: u32 = 10;
/// From when to when everything here holds, seconds since 1970.
const VALID_S: (u64, u64) = (1_700_000_000, 2_000_000_000);
const SEALED_S: i64 = 1_795_397_460;

#[expect(clippy::print_stdout, reason = "a command")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let font = fs::read(arguments.next().ok_or("seal_cost FONT [ROOT FILE.ofd…]")?)?;
    let (file, root) = sealed_licence(&font)?;
    println!("load {}", fs::read_to_string("/proc/loadavg")?.trim());
    measure("sample licence, ours", &file, &trust(&root)?);
    if let Some(root) = arguments.next() {
        let root = fs::read(root)?;
        for path in arguments {
            measure(&path, &fs::read(&path)?, &trust(&root)?);
        }
    }
    Ok(())
}

fn trust(root: &[u8]) -> Result<Trust, Box<dyn Error>> {
    Ok(Trust {
        roots: KeyCertificate::parse_all(root)?,
        revocations: Vec::new(),
        now_s: SEALED_S + 86_400,
    })
}

#[expect(clippy::print_stdout, reason = "a command")]
fn measure(name: &str, file: &[u8], trust: &Trust) {
    let mut batches: Vec<f64> = (0..BATCHES)
        .map(|_| {
            let before = cpu_ms();
            for _ in 0..IN_A_BATCH {
                std::hint::black_box(verify_seals(file, trust));
            }
            (cpu_ms() - before) / f64::from(IN_A_BATCH)
        })
        .collect();
    batches.sort_by(f64::total_cmp);
    let report = verify_seals(file, trust);
    println!(
        "{name}: {} bytes, {} in {:.2} ms CPU, worst batch {:.2} ms",
        file.len(),
        report.verdict.as_str(),
        batches[BATCHES / 2],
        batches[BATCHES - 1],
    );
}

/// A sealed licence, and the certificate of the root it hangs on.
fn sealed_licence(font: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Box<dyn Error>> {
    let pair = |number: u8| KeyPair::from_secret(&[number; 32]);
    let subject = |name, serial, key_use| Subject {
        name,
        serial,
        valid_s: VALID_S,
        key_use,
    };
    let root = subject("CN=样例根,C=CN", 1, KeyUse::Authority);
    let root = Authority::new_root(pair(1)?, &root)?;
    let maker = root.issue(pair(2)?, &subject("CN=样例制章,C=CN", 2, KeyUse::Signing))?;
    let signer = root.issue(pair(3)?, &subject("CN=样例机关,C=CN", 3, KeyUse::Signing))?;
    let name = "黑龙江政务服务网样例专用章";
    let picture = write_seal_picture(name, "样例", "2026-11-23".parse()?, font)?;
    let face = SealFace {
        id: "1",
        name,
        picture: &picture,
        size_mm: (40, 40),
        valid_s: (VALID_S.0.cast_signed(), VALID_S.1.cast_signed()),
    };
    let sealer = Sealer::with_picture(&maker, signer, &face, "OFD");
    let made_at = "2026-11-23T09:31:00+08:00".parse()?;
    let maker = "政务服务平台（样例）";
    let notice = CopyNotice::for_use("投标", "林*远", maker, made_at, None, "0417");
    let mark = SealMark {
        name: name.to_owned(),
        signer: "样例机关".to_owned(),
        at: made_at,
    };
    let dressing = Dressing {
        seal: SealPlace::Sealed(&mark),
        ..Dressing::default()
    };
    let record = CertificateRecord::from_bytes(RECORD.trim_end().as_bytes())?;
    let face = write_face(&record, &notice, &dressing, font)?;
    let file = sealer.seal(&face.ofd, &[face.stamp], SEALED_S)?;
    Ok((file, root.certificate().to_vec()))
}

/// Milliseconds this thread has run on a processor.
#[expect(
    clippy::cast_precision_loss,
    reason = "times of a run, far below 2^52 ns"
)]
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
