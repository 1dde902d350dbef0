//! A disk that is really full: a file system of one megabyte in memory. Mounting needs root.

use std::path::PathBuf;
use std::process::Command;

use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::record::Record;

use crate::support::{Home, Known};

struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: PathBuf, options: &str) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let status = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(&at)
            .stderr(std::process::Stdio::null())
            .status();
        status
            .is_ok_and(|status| status.success())
            .then_some(Self(at))
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.0.join("files")).unwrap().count()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

fn small_disk(home: &Home, options: &str) -> Option<SmallDisk> {
    let disk = SmallDisk::mount(home.folder(), options);
    if disk.is_none() {
        println!("skipped: mounting a small file system needs root");
    }
    disk
}

#[test]
fn a_full_disk_is_typed_and_everything_before_stays_readable() {
    let home = Home::new();
    let Some(disk) = small_disk(&home, "size=1m") else {
        return;
    };
    let vault = home.open();
    let mut kept = 0;
    // Each record writes a file of 70 KB or some pages of journal: the disk fills up soon.
    let full = loop {
        match Known::new(kept, 1).put(&vault) {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1_000);
    };
    assert!(matches!(full, VaultError::DiskFull), "{full:?}");
    assert!(kept > 2);
    let all_there = |vault: &quanshengshi_vault::vault::Vault| {
        assert!((0..kept).all(|number| Known::new(number, 1).is_in(vault).unwrap()));
        assert_eq!(vault.list(1_000).unwrap().len() as u64, kept);
        assert!(vault.check().unwrap().is_sound());
    };
    all_there(&vault);
    assert_eq!(disk.files() as u64, kept.div_ceil(4));
    drop(vault);
    let vault = home.open();
    all_there(&vault);
    vault.forget_all().unwrap();
    assert_eq!(disk.files(), 0);
}

#[test]
fn a_file_larger_than_the_disk_leaves_the_old_one() {
    let home = Home::new();
    let Some(disk) = small_disk(&home, "size=1m") else {
        return;
    };
    let vault = home.open();
    Known::new(4, 1).put(&vault).unwrap();
    for _ in 0..3 {
        let large = vec![7; 2 << 20];
        let files: [(&str, &[u8]); 1] = [("file", &large)];
        let put = vault.put(
            "id-4",
            Record {
                summary: b"",
                body: b"",
                files: &files,
            },
        );
        assert!(matches!(put, Err(VaultError::DiskFull)), "{put:?}");
        assert!(Known::new(4, 1).is_in(&vault).unwrap());
        assert_eq!(disk.files(), 1);
    }
    Known::new(4, 2).put(&vault).unwrap();
    assert!(Known::new(4, 2).is_in(&vault).unwrap());
}

#[test]
fn a_disk_too_small_for_a_vault_is_typed() {
    let home = Home::new();
    let Some(_disk) = small_disk(&home, "size=32k") else {
        return;
    };
    for _ in 0..2 {
        let opened = home.try_open();
        assert!(matches!(opened, Err(VaultError::DiskFull)), "{opened:?}");
    }
    assert!(!home.folder().join("envelope").exists());
}
