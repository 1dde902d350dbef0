//! What the fuzz target of seals calls: any bytes in the place of each thing a signature is made of.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::anchor::{KeyCertificate, RevocationList, Trust};
use super::verify::verify_seals;
use super::{chain, ses, signed_data, sm};

const ROOT: &str = "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot><Signatures>Signs.xml</Signatures></DocBody></OFD>";
const LIST: &str = "<Signatures><Signature ID='1' BaseLoc='S.xml'/></Signatures>";
const SIGNATURE: &str = "<Signature><SignedInfo><References CheckMethod='1.2.156.10197.1.401'><Reference FileRef='/OFD.xml'>\
    <CheckValue>AAAA</CheckValue></Reference></References><StampAnnot ID='1' PageRef='1' Boundary='9 9 9 9'/></SignedInfo>\
    <SignedValue>S.dat</SignedValue></Signature>";

/// A signed value, a `Signature.xml`, a list of signatures, an anchor and a revocation list.
pub fn signature(bytes: &[u8]) {
    let trust = Trust {
        roots: KeyCertificate::parse_all(bytes).unwrap_or_default(),
        revocations: RevocationList::parse_all(bytes).unwrap_or_default(),
        now_s: 2_000_000_000,
    };
    signed_value(bytes, &trust);
    for (list, signature, value) in [
        (LIST.as_bytes(), SIGNATURE.as_bytes(), bytes),
        (LIST.as_bytes(), bytes, b"".as_slice()),
        (bytes, SIGNATURE.as_bytes(), b"".as_slice()),
    ] {
        if let Some(file) = package(list, signature, value) {
            let _ = verify_seals(&file, &trust);
        }
    }
}

/// Every step of the judgement, whether or not the one before it holds: arbitrary bytes would not
/// come past the first digest.
fn signed_value(value: &[u8], trust: &Trust) {
    if let Ok(signed) = ses::read(value) {
        let _ = (ses::is_seal(value), signed.seal.allows(signed.signer));
        let keys = [signed.signer, signed.seal.maker].map(KeyCertificate::parse);
        if let [Ok(signer), Ok(maker)] = keys {
            let _ = (
                sm::holds(&signer.key, signed.covered, signed.signature),
                sm::holds(&maker.key, &signed.seal.covered, signed.seal.signature),
            );
            let others = [maker, signer];
            for leaf in &others {
                let _ = chain::check(leaf, &others, trust, signed.at_s);
            }
        }
    }
    if let Ok(data) = signed_data::read(value) {
        for part in &data.signers {
            if let Some(signer) = part.find(&data.certificates) {
                let _ = part.holds(signer, data.content.unwrap_or(value));
                let at_s = part.at_s.unwrap_or(trust.now_s);
                let _ = chain::check(signer, &data.certificates, trust, at_s);
            }
        }
    }
}

fn package(list: &[u8], signature: &[u8], value: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("OFD.xml", ROOT.as_bytes()),
        ("Signs.xml", list),
        ("S.xml", signature),
        ("S.dat", value),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).ok()?;
        zip.write_all(content).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
