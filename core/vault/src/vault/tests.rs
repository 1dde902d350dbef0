use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use ring::digest::{SHA256, digest};
use tempfile::TempDir;

use super::*;
use crate::database::{Single, read_row, read_single};
use crate::disk::failing::FailingDisk;
use crate::error::Argument;
use crate::keystore::KeystoreError;
use crate::randomness::counting::CountingRandomness;
use crate::software_keystore::SoftwareKeystore;

const OWNER: &str = "owner-1";

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("vault")
    }

    fn keystore(&self) -> Arc<SoftwareKeystore> {
        Arc::new(SoftwareKeystore::open(&self.0.path().join("keys")).unwrap())
    }

    fn open(&self) -> Vault {
        Vault::open(&self.folder(), OWNER, self.keystore()).unwrap()
    }

    fn open_on(&self, disk: Arc<dyn Disk>) -> Result<Vault, VaultError> {
        let ports = Ports {
            disk,
            randomness: Arc::new(SystemRandomness::new()),
            anchor: None,
        };
        Vault::open_with(&self.folder(), OWNER, self.keystore(), ports)
    }

    fn sealed_files(&self) -> BTreeSet<PathBuf> {
        let entries = std::fs::read_dir(self.folder().join("files")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn hex_digest(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

fn record<'a>(body: &'a [u8], files: &'a [(&'a str, &'a [u8])]) -> Record<'a> {
    Record {
        summary: b"summary",
        body,
        files,
    }
}

#[test]
fn the_bytes_of_a_whole_vault_are_frozen() {
    let home = Home::new();
    let keystore = SoftwareKeystore::open_with(
        &home.0.path().join("keys"),
        Box::new(CountingRandomness::default()),
    );
    let randomness = Arc::new(CountingRandomness::default());
    let ports = Ports {
        disk: Arc::new(RealDisk),
        randomness,
        anchor: None,
    };
    let vault =
        Vault::open_with(&home.folder(), OWNER, Arc::new(keystore.unwrap()), ports).unwrap();
    vault
        .put("id-1", record(b"body", &[("a.ofd", b"file")]))
        .unwrap();

    assert_eq!(
        hex_digest(&std::fs::read(vault.folder.envelope()).unwrap()),
        "887d442677c10bff7c5c0426ead787b65a210ddb7df31fb37f7222478a447e31"
    );
    let connection = vault.lock();
    let row = read_row(&connection, &vault.sealer.keys.row_id("id-1"))
        .unwrap()
        .unwrap();
    assert_eq!((row.version, row.sequence), (1, 1));
    assert_eq!(
        hex(&row.id.0),
        "583399d0f17d45d06ad39e2af92fedbfd811eeeff81c1d9e523b3321664fbb03"
    );
    assert_eq!(row.summary.len(), 12 + 256 + 16);
    assert_eq!(
        hex_digest(&row.summary),
        "bf48e3a3edb65ae7911c418294bc8bbf8b4ca3000e910816e02520cfd4c2d1d2"
    );
    assert_eq!(
        hex(&row.body),
        "07070707070707070707070708208460eb80dd21edc472996211d4a2d11b191a062b30c0fa6529114b37ea166691b78ddbebb4b490e91422edaf9e2ef0029721729ff4e0f83fbaf3622a5570195660fdda38cea9e10e311cd11813e3d38b72d1"
    );
    let head = read_single(&connection, Single::Head).unwrap().unwrap();
    assert_eq!(
        hex(&head),
        "0808080808080808080808089cd9db0fefe1657b13ed7d7440161ff9cc70cd4502b124c02ec22f51b438a76cf92cb61232ed5eaa7c8b2d13f35aaf39537e36ac09a636119374df43a358b044"
    );
    let canary = read_single(&connection, Single::Canary).unwrap().unwrap();
    assert_eq!(
        hex(&canary),
        "020202020202020202020202b4be01ad2eae3de2e1f8df7c283b72275275003db5d5ff2370044aa8ac2dff78ebd16aeb492c034822"
    );
    let entry = ledger::read_entry(&connection, 1).unwrap().unwrap();
    assert_eq!(
        hex(&entry),
        "090909090909090909090909cc8a6cdfb16d6fdfc9cd62bec15c33fc69cfddf66b9c5d381ba0442aecf74453879e7d867de42e9ea6408e3b2f767e44"
    );
    assert_eq!(
        hex(&vault.sealer.keys.name),
        "601d0011ce5c22bcd1794889ec10bcf9"
    );
    let file = std::fs::read(vault.folder.file(FileName([5; 16]))).unwrap();
    assert_eq!(hex(&file), "5094d1de8745b730e972b4df73357a158be213cb");
}

#[test]
fn a_disk_that_fills_at_any_step_of_a_put_leaves_the_old_record_and_no_half_file() {
    let home = Home::new();
    let old = record(b"old", &[("a", b"old file")]);
    home.open().put("id", old).unwrap();
    let before = home.sealed_files();
    for steps in 0.. {
        let disk = Arc::new(FailingDisk::after(steps));
        let vault = home.open_on(disk.clone()).unwrap();
        let large = vec![7; 100_000];
        let files: [(&str, &[u8]); 2] = [("a", &large), ("b", b"second")];
        let put = vault.put("id", record(b"new", &files));
        if disk.had_steps_left() {
            put.unwrap();
            assert_eq!(vault.read("id").unwrap().body.as_slice(), b"new");
            assert!(steps > 5, "every step was made to fail once");
            return;
        }
        if put.is_ok() {
            // The step that failed was behind the commit.
            continue;
        }
        assert!(matches!(put, Err(VaultError::DiskFull)), "{put:?}");
        assert_eq!(vault.read("id").unwrap().body.as_slice(), b"old");
        assert_eq!(vault.read_file("id", "a").unwrap().as_slice(), b"old file");
        assert_eq!(home.sealed_files(), before);
        assert!(vault.check().unwrap().is_sound());
    }
}

#[test]
fn a_disk_that_fills_while_a_vault_is_made_leaves_nothing_that_hinders_the_next_try() {
    let home = Home::new();
    for steps in 0.. {
        let disk = Arc::new(FailingDisk::after(steps));
        match home.open_on(disk.clone()) {
            Err(VaultError::DiskFull) => assert!(!disk.had_steps_left()),
            Err(other) => panic!("{other:?}"),
            Ok(vault) => {
                vault.put("id", record(b"body", &[])).unwrap();
                assert!(steps >= 4, "every step was made to fail once");
                return;
            }
        }
    }
}

#[test]
fn a_database_that_cannot_grow_keeps_its_old_state() {
    let home = Home::new();
    let vault = home.open();
    vault
        .put("id", record(b"old", &[("a", b"old file")]))
        .unwrap();
    let before = home.sealed_files();
    {
        let connection = vault.lock();
        let pages: i64 = connection
            .pragma_query_value(None, "page_count", |r| r.get(0))
            .unwrap();
        connection
            .pragma_update_and_check(None, "max_page_count", pages + 1, |_| Ok(()))
            .unwrap();
    }
    let large = vec![7; 1 << 20];
    let put = vault.put("id", record(&large, &[("a", b"new file")]));
    assert!(matches!(put, Err(VaultError::DiskFull)), "{put:?}");
    assert_eq!(vault.read("id").unwrap().body.as_slice(), b"old");
    assert_eq!(vault.read_file("id", "a").unwrap().as_slice(), b"old file");
    assert_eq!(home.sealed_files(), before);
    assert!(vault.check().unwrap().is_sound());
    vault.put("id", record(b"small", &[])).unwrap();
    assert_eq!(vault.read("id").unwrap().body.as_slice(), b"small");
}

#[test]
fn orphans_are_collected_but_a_named_file_survives_a_lost_table_of_names() {
    let home = Home::new();
    let vault = home.open();
    vault.put("id", record(b"body", &[("a", b"file")])).unwrap();
    vault.lock().execute_batch("DELETE FROM c").unwrap();
    drop(vault);
    let files = home.folder().join("files");
    std::fs::write(files.join("00000000000000000000000000000000"), b"orphan").unwrap();
    std::fs::write(
        files.join("00000000000000000000000000000001.tmp"),
        b"unfinished",
    )
    .unwrap();
    let vault = home.open();
    assert_eq!(home.sealed_files().len(), 1);
    assert_eq!(vault.read_file("id", "a").unwrap().as_slice(), b"file");
    assert_eq!(
        vault.check().unwrap().findings,
        [crate::check::Finding::FileNames]
    );
}

#[test]
fn arguments_outside_their_limits_are_refused() {
    let home = Home::new();
    let vault = home.open();
    let out_of_range = |put: Result<(), VaultError>, expected: Argument| {
        assert!(matches!(put, Err(VaultError::OutOfRange { what }) if what == expected));
    };
    out_of_range(vault.put("", record(b"", &[])), Argument::Id);
    out_of_range(vault.put(&"i".repeat(513), record(b"", &[])), Argument::Id);
    let large = vec![0; (64 << 10) + 1];
    let summary = Record {
        summary: &large,
        body: b"",
        files: &[],
    };
    out_of_range(vault.put("id", summary), Argument::Summary);
    let large = vec![0; (16 << 20) + 1];
    out_of_range(vault.put("id", record(&large, &[])), Argument::Body);
    out_of_range(
        vault.put("id", record(b"", &[("a", b""), ("a", b"")])),
        Argument::Files,
    );
    out_of_range(vault.put("id", record(b"", &[("", b"")])), Argument::Files);
    out_of_range(
        vault.put("id", record(b"", &[("a", &b""[..]); 33])),
        Argument::Files,
    );
    for owner in ["", &"o".repeat(257)] {
        let opened = Vault::open(&home.0.path().join("other"), owner, home.keystore());
        out_of_range(opened.map(|_| ()), Argument::Owner);
    }
    assert!(!home.0.path().join("other").exists());
    assert_eq!(vault.changes().unwrap(), 0);
}

/// A keystore of a device that may be locked.
struct Lockable {
    inner: Arc<SoftwareKeystore>,
    locked: AtomicBool,
}

impl Lockable {
    fn ready(&self) -> Result<&SoftwareKeystore, KeystoreError> {
        if self.locked.load(Ordering::Relaxed) {
            Err(KeystoreError::Locked)
        } else {
            Ok(&self.inner)
        }
    }
}

impl Keystore for Lockable {
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, KeystoreError> {
        self.ready()?.seal(purpose, plain)
    }

    fn open_sealed(
        &self,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        self.ready()?.open_sealed(purpose, sealed)
    }

    fn destroy(&self, purpose: &str) -> Result<(), KeystoreError> {
        self.ready()?.destroy(purpose)
    }
}

#[test]
fn a_locked_device_is_told_apart_and_changes_nothing() {
    let home = Home::new();
    let keystore = Arc::new(Lockable {
        inner: home.keystore(),
        locked: AtomicBool::new(true),
    });
    let open = || Vault::open(&home.folder(), OWNER, keystore.clone());
    assert!(matches!(open(), Err(VaultError::Locked)));
    assert!(!home.folder().join("envelope").exists());
    keystore.locked.store(false, Ordering::Relaxed);
    open().unwrap().put("id", record(b"body", &[])).unwrap();
    keystore.locked.store(true, Ordering::Relaxed);
    assert!(matches!(open(), Err(VaultError::Locked)));
    keystore.locked.store(false, Ordering::Relaxed);
    assert_eq!(open().unwrap().read("id").unwrap().body.as_slice(), b"body");
}

#[test]
fn a_wipe_whose_key_cannot_be_destroyed_still_removes_everything_and_says_so() {
    let home = Home::new();
    let keystore = Arc::new(Lockable {
        inner: home.keystore(),
        locked: AtomicBool::new(false),
    });
    let vault = Vault::open(&home.folder(), OWNER, keystore.clone()).unwrap();
    vault.put("id", record(b"body", &[("a", b"file")])).unwrap();
    keystore.locked.store(true, Ordering::Relaxed);
    assert!(matches!(vault.forget_all(), Err(VaultError::Locked)));
    assert!(home.sealed_files().is_empty());
    assert!(!home.folder().join("envelope").exists());
    assert!(!home.folder().join("vault.db").exists());
}
