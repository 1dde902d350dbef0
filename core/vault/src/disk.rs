//! The steps on the file system that have to be durable, behind a port so that each can be made to fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The file system as far as the vault writes to it past SQLite.
pub(crate) trait Disk: Send + Sync {
    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Removes a file; there being none is success.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// A file being written.
pub(crate) trait Sink: Write {
    /// Returns when the bytes are on the disk itself. On Apple systems the standard library asks for the
    /// full flush (`F_FULLFSYNC`) here.
    fn sync(&mut self) -> io::Result<()>;
}

/// Writes a file under a temporary name, syncs it and gives it its name: afterwards there is the whole file
/// or none. The folder is still to be synced.
pub(crate) fn write_whole(
    disk: &dyn Disk,
    path: &Path,
    fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let temporary = path.with_extension("tmp");
    let written = disk
        .create(&temporary)
        .and_then(|mut sink| {
            fill(&mut sink)?;
            sink.sync()
        })
        .and_then(|()| disk.rename(&temporary, path));
    if written.is_err() {
        // If this fails too, the next opening of the vault collects it.
        let _ = disk.remove(&temporary);
    }
    written
}

/// The real file system.
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Box::new(options.open(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Windows has no such call; there a rename is journalled by the file system.
        if cfg!(unix) {
            File::open(folder)?.sync_all()
        } else {
            Ok(())
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

impl Sink for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

#[cfg(test)]
pub(crate) mod failing {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{Disk, Path, RealDisk, Sink, Write, io};

    /// The real disk until a given step, from which on every write finds it full.
    pub(crate) struct FailingDisk {
        steps_left: AtomicUsize,
    }

    impl FailingDisk {
        pub(crate) fn after(steps: usize) -> Self {
            Self {
                steps_left: AtomicUsize::new(steps),
            }
        }

        fn step(&self) -> io::Result<()> {
            self.steps_left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(1)
                })
                .map(|_| ())
                .map_err(|_| io::ErrorKind::StorageFull.into())
        }

        /// Whether the failing step was never reached.
        pub(crate) fn had_steps_left(&self) -> bool {
            self.steps_left.load(Ordering::Relaxed) > 0
        }
    }

    impl Disk for FailingDisk {
        fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
            self.step()?;
            let sink = RealDisk.create(path)?;
            Ok(Box::new(FailingSink {
                sink,
                fails: self.step().is_err(),
            }))
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step()?;
            RealDisk.rename(from, to)
        }

        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            self.step()?;
            RealDisk.sync_folder(folder)
        }

        fn remove(&self, path: &Path) -> io::Result<()> {
            // A full disk still removes.
            RealDisk.remove(path)
        }
    }

    /// Takes half of the first write and then fails.
    struct FailingSink {
        sink: Box<dyn Sink>,
        fails: bool,
    }

    impl Write for FailingSink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.fails {
                self.sink.write_all(&bytes[..bytes.len() / 2])?;
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.sink.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.sink.flush()
        }
    }

    impl Sink for FailingSink {
        fn sync(&mut self) -> io::Result<()> {
            self.sink.sync()
        }
    }
}
