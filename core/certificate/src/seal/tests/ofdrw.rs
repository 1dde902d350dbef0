//! ofdrw, an independent implementation, beside ours: what it seals ours must verify, what ours seals
//! it must accept, and what is altered both must refuse (`tests/oracle`).

use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;
use crate::seal::reason::Reason;
use crate::seal::verify::{SealReport, Verdict, verify_seals};

const ALTERED: [&str; 3] = ["text", "signature", "value"];

struct Oracle {
    program: PathBuf,
    classes: String,
}

impl Oracle {
    /// The Java program with its libraries; `None`, said in a line, where they cannot be had.
    fn open(folder: &Path) -> Option<Self> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle");
        let classes = folder.join("classes");
        let maven = Command::new("mvn")
            .args(["-q", "-B", "dependency:build-classpath"])
            .arg(format!("-Dmdep.outputFile={}", classes.display()))
            .current_dir(&home)
            .output();
        if !maven.is_ok_and(|ran| ran.status.success()) {
            println!("skipped: no JDK, no Maven, or ofdrw cannot be fetched");
            return None;
        }
        Some(Self {
            program: home.join("Oracle.java"),
            classes: std::fs::read_to_string(classes).unwrap(),
        })
    }

    fn run(&self, order: &str, files: &[PathBuf]) -> String {
        let ran = Command::new("java")
            .args(["-cp", &self.classes])
            .arg(&self.program)
            .arg(order)
            .args(files)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{said}");
        String::from_utf8(ran.stdout).unwrap()
    }

    /// Whether it accepts each of the files.
    fn accepts(&self, files: &[PathBuf]) -> Vec<bool> {
        let said = self.run("check", files);
        let lines: Vec<bool> = said
            .lines()
            .map(|line| line.starts_with("VALID "))
            .collect();
        assert_eq!(lines.len(), files.len(), "{said}");
        lines
    }
}

fn judged(file: &Path, trust: &Trust) -> SealReport {
    verify_seals(&std::fs::read(file).unwrap(), trust)
}

#[test]
fn ofdrw_and_we_agree_about_every_file_of_either() {
    let folder = tempfile::tempdir().unwrap();
    let Some(oracle) = Oracle::open(folder.path()) else {
        return;
    };
    oracle.run("make", &[folder.path().to_owned()]);
    let file = |name: &str| folder.path().join(format!("{name}.ofd"));
    let root = std::fs::read(folder.path().join("root.cer")).unwrap();
    let theirs = Trust {
        roots: vec![KeyCertificate::parse(&root).unwrap()],
        revocations: Vec::new(),
        now_s: 2_000_000_000,
    };
    let mut files = vec![file("plain")];
    assert_eq!(judged(&files[0], &theirs).verdict, Verdict::Unsigned);
    for kind in ["v4", "v1", "gbt35275", "pkcs9", "twice"] {
        let good = judged(&file(kind), &theirs);
        assert_eq!(good.verdict, Verdict::IntactTrusted, "{kind}: {good:?}");
        let says_when = good.signers.iter().all(|signer| signer.at_s.is_some());
        assert_eq!(says_when, kind != "gbt35275", "{kind}: {good:?}");
        let unknown = judged(&file(kind), &trust_in(&cast().root));
        assert_ne!(unknown.verdict, Verdict::IntactTrusted, "{kind}");
        files.push(file(kind));
        for part in ALTERED {
            let name = format!("{kind}_{part}");
            let report = judged(&file(&name), &theirs);
            assert_eq!(report.verdict, Verdict::Broken, "{name}: {report:?}");
            files.push(file(&name));
        }
    }

    let cast = cast();
    let ours = sealed(&cast);
    let page = |bytes: Vec<u8>| Some(replaced(bytes, "北疆云杉", "北疆云衫"));
    let value = |mut bytes: Vec<u8>| {
        *bytes.last_mut().unwrap() ^= 1;
        Some(bytes)
    };
    let written = [
        ("ours", ours.clone(), None),
        (
            "ours_text",
            altered(&ours, "Doc_0/Pages/Page_0/Content.xml", page),
            Some(Reason::ContentChanged),
        ),
        (
            "ours_value",
            altered(&ours, "Doc_0/Signs/Sign_0/SignedValue.dat", value),
            Some(Reason::SignerSignatureWrong),
        ),
    ];
    for (name, bytes, reason) in written {
        std::fs::write(file(name), bytes).unwrap();
        let report = judged(&file(name), &trust_in(&cast.root));
        assert_eq!(report.reasons, Vec::from_iter(reason), "{name}");
        files.push(file(name));
    }

    // Without a root of ours, an intact file is one of an unknown issuer: ofdrw asks no more.
    for (file, accepted) in files.iter().zip(oracle.accepts(&files)) {
        let nobody = Trust {
            roots: Vec::new(),
            revocations: Vec::new(),
            now_s: 2_000_000_000,
        };
        let verdict = judged(file, &nobody).verdict;
        let intact = verdict == Verdict::IntactUnknownIssuer;
        assert_eq!(accepted, intact, "{}: {verdict:?}", file.display());
    }
}
