//! The one question: do the seals of this file hold?

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quanshengshi_rules::language::Language;

use super::anchor::{KeyCertificate, Trust};
use super::chain::{self, Broken};
use super::reason::Reason;
use super::signature_file::{self, SignatureFile};
use super::{ses, signed_data, sm};
use crate::ofd::read::archive::Archive;

pub use super::signature_file::Stamp;

/// How far two clocks may be apart before a seal is from the future, in seconds.
const CLOCKS_APART_S: i64 = 300;

/// The whole answer, worst signature first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A seal is there and does not hold.
    Broken,
    /// The file has no signature at all.
    Unsigned,
    /// Every seal holds; nobody the caller trusts stands behind at least one of them.
    IntactUnknownIssuer,
    /// Every seal holds, and anchors the caller trusts stand behind all of them.
    IntactTrusted,
}

impl Verdict {
    /// The word as it is printed and logged.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Unsigned => "unsigned",
            Self::IntactUnknownIssuer => "intact_unknown_issuer",
            Self::IntactTrusted => "intact_trusted",
        }
    }

    /// The words for the person.
    pub fn text(self, language: Language) -> &'static str {
        match self {
            Self::Broken => language.pick("电子印章无效，文件不可信", "Seal broken: do not trust"),
            Self::Unsigned => language.pick("没有电子印章", "No seal"),
            Self::IntactUnknownIssuer => language.pick(
                "电子印章完好，但签发机构不受信任",
                "Seal intact, issuer unknown",
            ),
            Self::IntactTrusted => language.pick("电子印章有效", "Seal intact and trusted"),
        }
    }
}

/// Who signed, as the file says; believable only as far as the verdict goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Signer {
    /// The subject of the signer's key certificate.
    pub name: String,
    /// Name and identifier of the seal; absent for a plain digital signature.
    pub seal: Option<(String, String)>,
    /// When, seconds since 1970; absent when the signature says nothing.
    pub at_s: Option<i64>,
    /// Where it is stamped.
    pub stamps: Vec<Stamp>,
}

/// What was found out about a file's seals.
#[derive(Debug, Clone, PartialEq)]
pub struct SealReport {
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is not better, each reason once.
    pub reasons: Vec<Reason>,
    /// Entries no intact signature covers, in byte order; all of them when none is intact. Drawing
    /// makes what they hold grey and hatched.
    pub uncovered: Vec<String>,
    /// Who signed, in the file's order, as far as it could be read.
    pub signers: Vec<Signer>,
}

impl SealReport {
    /// What to say about parts that no seal covers; none when there are none, or no seal.
    pub fn uncovered_text(&self, language: Language) -> Option<String> {
        let sealed = matches!(
            self.verdict,
            Verdict::IntactTrusted | Verdict::IntactUnknownIssuer
        );
        let count = self.uncovered.len();
        (sealed && count > 0).then(|| match language {
            Language::Zh => format!("文件里有 {count} 个部分不受印章保护，页面上的已变灰并加斜线"),
            Language::En => {
                format!("{count} parts of the file are not covered by the seal; on the page they are grey and hatched")
            },
        })
    }
}

/// Judges every seal and signature of an OFD.
///
/// Bytes that are no OFD are [`Verdict::Broken`] with [`Reason::NotAnOfd`]: there is no error to
/// forget. The times of the seals are judged at the time each was used, as the signer tells it.
pub fn verify_seals(bytes: &[u8], trust: &Trust) -> SealReport {
    match Archive::open(bytes) {
        Ok(archive) => verify_opened(&archive, trust),
        Err(_) => broken(Reason::NotAnOfd, Vec::new()),
    }
}

/// Judges whether signatures hold, not who stands behind them, for a viewer that knows no anchors and
/// no time. A bare signature names no key, so here it does not hold.
pub(crate) fn judge_integrity(archive: &Archive) -> SealReport {
    let nobody = Trust {
        roots: Vec::new(),
        revocations: Vec::new(),
        now_s: i64::MAX - CLOCKS_APART_S,
    };
    verify_opened(archive, &nobody)
}

fn verify_opened(archive: &Archive, trust: &Trust) -> SealReport {
    let names = || archive.names().map(str::to_owned).collect::<Vec<_>>();
    let (signatures, mut own) = match signature_file::list(archive) {
        Ok(found) => found,
        Err(reason) => return broken(reason, names()),
    };
    if signatures.is_empty() {
        return SealReport {
            verdict: Verdict::Unsigned,
            reasons: Vec::new(),
            uncovered: names(),
            signers: Vec::new(),
        };
    }
    let mut reasons = BTreeSet::new();
    let mut covered = BTreeSet::new();
    let mut signers = Vec::new();
    let mut digests = Digests::of(archive);
    for name in &signatures {
        let file = match signature_file::read(archive, name) {
            Ok(file) => file,
            Err(reason) => {
                reasons.insert(reason);
                continue;
            }
        };
        let mut found = Found::default();
        if let Err(reason) = judge(&mut digests, &file, trust, &mut found) {
            found.reasons.push(reason);
        }
        if found.reasons.iter().all(|reason| reason.leaves_intact()) {
            own.extend(file.own);
            covered.extend(
                file.references
                    .into_iter()
                    .filter_map(|reference| reference.entry),
            );
        }
        reasons.extend(found.reasons);
        signers.extend(found.signer);
    }
    let verdict = if reasons.is_empty() {
        Verdict::IntactTrusted
    } else if reasons.iter().all(|reason| reason.leaves_intact()) {
        Verdict::IntactUnknownIssuer
    } else {
        Verdict::Broken
    };
    let any_cover = !covered.is_empty();
    let is_bare = |name: &&str| !(covered.contains(*name) || any_cover && own.contains(*name));
    SealReport {
        verdict,
        reasons: reasons.into_iter().collect(),
        uncovered: archive.names().filter(is_bare).map(str::to_owned).collect(),
        signers,
    }
}

fn broken(reason: Reason, uncovered: Vec<String>) -> SealReport {
    SealReport {
        verdict: Verdict::Broken,
        reasons: vec![reason],
        uncovered,
        signers: Vec::new(),
    }
}

/// What one signature has shown so far.
#[derive(Default)]
struct Found {
    signer: Option<Signer>,
    reasons: Vec<Reason>,
}

/// The digests of a package's entries, each made once however many signatures and references name
/// it: a file may name a large one often.
struct Digests<'a> {
    archive: &'a Archive,
    known: BTreeMap<String, Option<[u8; 32]>>,
}

impl<'a> Digests<'a> {
    fn of(archive: &'a Archive) -> Self {
        Self {
            archive,
            known: BTreeMap::new(),
        }
    }

    /// `None` if there is no such entry, or it cannot be read.
    fn entry(&mut self, name: &str) -> Option<[u8; 32]> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let made = self.archive.read(name).ok().map(|bytes| sm::digest(&bytes));
        self.known.insert(name.to_owned(), made);
        made
    }
}

fn judge(
    digests: &mut Digests<'_>,
    file: &SignatureFile,
    trust: &Trust,
    found: &mut Found,
) -> Result<(), Reason> {
    let unreadable = Reason::SignedValueUnreadable;
    let value = file.signed_value.as_deref().ok_or(unreadable)?;
    let value = digests.archive.read(value).map_err(|_| unreadable)?;
    if ses::is_seal(&value) {
        judge_seal(digests, file, &value, trust, found)
    } else if let Ok(data) = signed_data::read(&value) {
        judge_signed_data(digests, file, &data, trust, found)
    } else {
        check_digests(digests, file)?;
        judge_bare(file, &value, trust, found)
    }
}

/// Every protected file is as it was.
fn check_digests(digests: &mut Digests<'_>, file: &SignatureFile) -> Result<(), Reason> {
    // The last spelling is met in the field: the identifier of a signature scheme's digest.
    let known = ["sm3", "1.2.156.10197.1.401", "1.2.156.10197.1.401.2"];
    if !known.contains(&file.method.to_lowercase().as_str()) {
        return Err(Reason::DigestMethodUnknown);
    }
    if file.references.is_empty() {
        return Err(Reason::NothingReferenced);
    }
    for reference in &file.references {
        let entry = reference.entry.as_deref().ok_or(Reason::ReferenceMissing)?;
        let digest = digests.entry(entry).ok_or(Reason::ReferenceMissing)?;
        let wanted = STANDARD.decode(&reference.digest);
        if wanted.as_deref() != Ok(digest.as_slice()) {
            return Err(Reason::ContentChanged);
        }
    }
    Ok(())
}

fn judge_seal(
    digests: &mut Digests<'_>,
    file: &SignatureFile,
    value: &[u8],
    trust: &Trust,
    found: &mut Found,
) -> Result<(), Reason> {
    let stamped = ses::read(value).map_err(|_| Reason::SignedValueUnreadable)?;
    let unreadable = |_| Reason::SignedValueUnreadable;
    let signer = KeyCertificate::parse(stamped.signer).map_err(unreadable)?;
    found.signer = Some(Signer {
        name: signer.name().to_owned(),
        seal: Some((stamped.seal.name.to_owned(), stamped.seal.id.to_owned())),
        at_s: Some(stamped.at_s),
        stamps: file.stamps.clone(),
    });
    check_digests(digests, file)?;
    if stamped.data_hash != sm::digest(&file.bytes) {
        return Err(Reason::SignatureFileChanged);
    }
    if !stamped.by_sm2 || !stamped.seal.by_sm2 {
        return Err(Reason::AlgorithmUnknown);
    }
    if !sm::holds(&signer.key, stamped.covered, stamped.signature) {
        return Err(Reason::SignerSignatureWrong);
    }
    let maker = KeyCertificate::parse(stamped.seal.maker).map_err(unreadable)?;
    if !sm::holds(&maker.key, &stamped.seal.covered, stamped.seal.signature) {
        return Err(Reason::SealSignatureWrong);
    }
    if !stamped.seal.allows(stamped.signer) {
        return Err(Reason::SignerNotInSeal);
    }
    if stamped.at_s > trust.now_s + CLOCKS_APART_S {
        return Err(Reason::SignedInFuture);
    }
    let (from, to) = stamped.seal.valid_s;
    if !(from..=to).contains(&stamped.at_s) {
        return Err(Reason::SealOutsideValidity);
    }
    let others = [maker.clone(), signer.clone()];
    let at_s = stamped.at_s;
    found.reasons.extend(
        chain::check(&signer, &others, trust, at_s)
            .err()
            .map(signer_reason),
    );
    found.reasons.extend(
        chain::check(&maker, &others, trust, at_s)
            .err()
            .map(maker_reason),
    );
    Ok(())
}

fn judge_signed_data(
    digests: &mut Digests<'_>,
    file: &SignatureFile,
    data: &signed_data::SignedData<'_>,
    trust: &Trust,
    found: &mut Found,
) -> Result<(), Reason> {
    check_digests(digests, file)?;
    let content = data.content.unwrap_or(&file.bytes);
    if content != sm::digest(&file.bytes) && content != file.bytes {
        return Err(Reason::SignatureFileChanged);
    }
    for part in &data.signers {
        let signer = part
            .find(&data.certificates)
            .ok_or(Reason::SignerKeyAbsent)?;
        found.signer.get_or_insert_with(|| Signer {
            name: signer.name().to_owned(),
            seal: None,
            at_s: part.at_s,
            stamps: file.stamps.clone(),
        });
        if !part.holds(signer, content) {
            return Err(Reason::SignerSignatureWrong);
        }
        // Without a time that is signed it is judged as of now.
        let at_s = part.at_s.unwrap_or(trust.now_s);
        if at_s > trust.now_s + CLOCKS_APART_S {
            return Err(Reason::SignedInFuture);
        }
        let path = chain::check(signer, &data.certificates, trust, at_s);
        found.reasons.extend(path.err().map(signer_reason));
    }
    Ok(())
}

/// A bare signature names no signer; only a key the caller trusts can show that it holds.
fn judge_bare(
    file: &SignatureFile,
    value: &[u8],
    trust: &Trust,
    found: &mut Found,
) -> Result<(), Reason> {
    let mut roots = trust.roots.iter();
    let signer = roots.find(|root| sm::holds(&root.key, &file.bytes, value));
    let signer = signer.ok_or(Reason::SignerKeyAbsent)?;
    found.signer = Some(Signer {
        name: signer.name().to_owned(),
        seal: None,
        at_s: None,
        stamps: file.stamps.clone(),
    });
    let path = chain::check(signer, &[], trust, trust.now_s);
    found.reasons.extend(path.err().map(signer_reason));
    Ok(())
}

fn signer_reason(broken: Broken) -> Reason {
    match broken {
        Broken::IssuerUnknown => Reason::SignerIssuerUnknown,
        Broken::OutsideValidity => Reason::SignerOutsideValidity,
        Broken::Usage => Reason::SignerUsage,
        Broken::Revoked => Reason::SignerRevoked,
    }
}

fn maker_reason(broken: Broken) -> Reason {
    match broken {
        Broken::IssuerUnknown => Reason::MakerIssuerUnknown,
        Broken::OutsideValidity => Reason::MakerOutsideValidity,
        Broken::Usage => Reason::MakerUsage,
        Broken::Revoked => Reason::MakerRevoked,
    }
}
