//! The seal of a copy is judged when it is kept and each time it is shown.

use std::io::{Cursor, Read as _, Write as _};

use quanshengshi_certificate::seal::anchor::{KeyCertificate, RevocationList};
use quanshengshi_certificate::seal::reason::Reason;
use quanshengshi_certificate::seal::sealing::authority::{
    Authority as Sealing, KeyPair, KeyUse, Subject,
};
use quanshengshi_certificate::seal::sealing::revocation::Revoked;
use quanshengshi_certificate::seal::sealing::sealer::{SealFace, Sealer};
use quanshengshi_certificate::seal::verify::Verdict;

use super::*;
use crate::wallet::notes::NotesError;

const NOW_S: u64 = NOW_MS / 1000;
const SIGNER: u64 = 3;

pub(super) struct Cast {
    root: Sealing,
    sealer: Sealer,
}

impl Cast {
    pub(super) fn make(secret: u8) -> Self {
        let pair = |number: u8| KeyPair::from_secret(&[secret + number; 32]).unwrap();
        let subject = |serial, key_use| Subject {
            name: "CN=S,C=CN",
            serial,
            valid_s: (NOW_S - 1000, NOW_S + 1_000_000_000),
            key_use,
        };
        let root = Sealing::new_root(pair(0), &subject(1, KeyUse::Authority)).unwrap();
        let maker = root.issue(pair(1), &subject(2, KeyUse::Signing)).unwrap();
        let signer = root
            .issue(pair(2), &subject(SIGNER, KeyUse::Signing))
            .unwrap();
        let face = SealFace {
            id: "1",
            name: "专用章",
            picture: b"none",
            size_mm: (40, 40),
            valid_s: ((NOW_S - 1000).cast_signed(), (NOW_S * 2).cast_signed()),
        };
        let sealer = Sealer::new(&maker, signer, &face);
        Self { root, sealer }
    }

    pub(super) fn root_pem(&self) -> String {
        KeyCertificate::parse(self.root.certificate())
            .unwrap()
            .to_pem()
    }

    fn sealed(&self) -> Vec<u8> {
        self.seal(&face())
    }

    pub(super) fn seal(&self, file: &[u8]) -> Vec<u8> {
        self.sealer.seal(file, &[], NOW_S.cast_signed()).unwrap()
    }

    fn list(&self, made_at_s: u64, entries: &[(u64, i64)]) -> String {
        let revoked = Revoked {
            number: made_at_s,
            made_at_s: made_at_s.cast_signed(),
            next_at_s: made_at_s.cast_signed() + 1000,
            entries,
        };
        let list = self.root.sign_revocations(&revoked).unwrap();
        RevocationList::parse(&list).unwrap().to_pem()
    }
}

pub(super) fn with_file(file: Vec<u8>) -> impl FnOnce(&mut Script) {
    move |script| {
        script.package = package(&file);
        script.file = file;
    }
}

fn verdict(scene: &Scene) -> (Verdict, bool) {
    let shown = scene.handset.wallet().open(&Scene::id()).unwrap();
    (shown.seal.verdict, shown.holds())
}

/// The package with one entry more, or another in its place.
pub(super) fn with_entry(ofd: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(ofd)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let own = entry.name().unwrap().into_owned();
        if own != name {
            let mut kept = Vec::new();
            entry.read_to_end(&mut kept).unwrap();
            out.start_file(own, options).unwrap();
            out.write_all(&kept).unwrap();
        }
    }
    out.start_file(name, options).unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap().into_inner()
}

#[tokio::test]
async fn the_four_verdicts_are_told_at_every_look() {
    let cast = Cast::make(10);
    let trusting = scene_trusting(&cast.root_pem(), with_file(cast.sealed()));
    trusting.handset.wallet().fetch(TASK).await.unwrap();
    assert_eq!(verdict(&trusting), (Verdict::IntactTrusted, true));
    let shown = trusting.handset.wallet().open(&Scene::id()).unwrap();
    assert_eq!(shown.seal.uncovered_text(Language::Zh), None);

    let other = scene_trusting(&Cast::make(20).root_pem(), with_file(cast.sealed()));
    other.handset.wallet().fetch(TASK).await.unwrap();
    assert_eq!(verdict(&other), (Verdict::IntactUnknownIssuer, true));

    let unsigned = scene_trusting(&cast.root_pem(), |_| ());
    unsigned.handset.wallet().fetch(TASK).await.unwrap();
    assert_eq!(verdict(&unsigned), (Verdict::Unsigned, true));

    let text = with_entry(&cast.sealed(), "Doc_0/DocumentRes.xml", b"<Res/>");
    let looked = crate::viewer::OpenedFile::open(&text).unwrap();
    let words = looked.draw(0, 1.0, None).unwrap().left_out;
    assert!(words.contains(&"uncovered".to_owned()), "{words:?}");
    let broken = scene_trusting(&cast.root_pem(), with_file(text));
    let error = broken.refused().await;
    assert!(
        matches!(&error, WalletError::SealBroken(reasons) if reasons == &[Reason::ContentChanged]),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_no_seal_covers_is_flagged() {
    let cast = Cast::make(30);
    let more = with_entry(&cast.sealed(), "Doc_0/Annots/more.xml", b"<x/>");
    let scene = scene_trusting(&cast.root_pem(), with_file(more));
    scene.handset.wallet().fetch(TASK).await.unwrap();
    let shown = scene.handset.wallet().open(&Scene::id()).unwrap();
    assert_eq!(shown.seal.uncovered, ["Doc_0/Annots/more.xml"]);
    let said = shown.seal.uncovered_text(Language::Zh).unwrap();
    assert_eq!(
        said,
        "文件里有 1 个部分不受印章保护，页面上的已变灰并加斜线"
    );
}

#[tokio::test]
async fn a_signer_who_was_revoked_meanwhile_makes_no_good_copy_any_more() {
    let cast = Cast::make(40);
    let scene = scene_trusting(&cast.root_pem(), with_file(cast.sealed()));
    let wallet = scene.handset.wallet();
    let told = |pem: String| scene.script.lock().unwrap().seals.revoked_pem = vec![pem];
    told(cast.list(NOW_S, &[]));
    wallet.fetch(TASK).await.unwrap();
    assert_eq!(verdict(&scene), (Verdict::IntactTrusted, true));
    let good = wallet.open(&Scene::id()).unwrap();

    // A list that no root signed says nothing, whatever it says.
    let sealed_s = NOW_S.cast_signed();
    told(Cast::make(50).list(NOW_S + 10, &[(SIGNER, sealed_s - 1)]));
    wallet.refresh().await.unwrap();
    assert_eq!(verdict(&scene), (Verdict::IntactTrusted, true));

    told(cast.list(NOW_S + 20, &[(SIGNER, sealed_s - 1)]));
    wallet.refresh().await.unwrap();
    assert_eq!(verdict(&scene), (Verdict::Broken, false));
    let shown = wallet.open(&Scene::id()).unwrap();
    assert_eq!(shown.seal.reasons, [Reason::SignerRevoked]);
    assert_eq!(
        shown.notes("银行开户", Language::Zh),
        Err(NotesError::ViewOnly),
        "it is not handed on any more"
    );
    let drawn = |opened: &OpenCertificate| opened.draw(0, 1.0).unwrap().png;
    assert_ne!(
        drawn(&shown),
        drawn(&good),
        "the page is no longer drawn as sealed"
    );
    assert_eq!(
        shown.banner(Language::Zh).unwrap(),
        "电子印章无效，文件不可信"
    );

    // An older list, played again, brings nothing back.
    told(cast.list(NOW_S, &[]));
    wallet.refresh().await.unwrap();
    assert_eq!(verdict(&scene), (Verdict::Broken, false));
}

#[tokio::test]
async fn the_newest_list_is_kept_over_a_restart() {
    let cast = Cast::make(60);
    let folder = tempfile::tempdir().unwrap();
    let keystore = Arc::new(SoftwareKeystore::open(&folder.path().join("keys")).unwrap());
    let state =
        crate::state::StateStore::open(&folder.path().join("state"), keystore, None).unwrap();
    let list = cast.list(NOW_S, &[(SIGNER, 0)]);
    state.put_revocations(list).await.unwrap();
    let seals = crate::seals::keeper::SealKeeper::new(&cast.root_pem()).unwrap();
    assert_eq!(
        seals.judge(&cast.sealed(), NOW_MS).verdict,
        Verdict::IntactTrusted
    );
    seals.recall(&state).unwrap();
    assert_eq!(seals.judge(&cast.sealed(), NOW_MS).verdict, Verdict::Broken);
}
