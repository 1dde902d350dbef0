//! What the machine must have, and how it comes there on Debian.

use crate::run::{held, held_quietly};

/// A program and the Debian packages that bring it.
pub(crate) struct Need {
    /// What it is for, for the one line about a skip.
    pub(crate) purpose: &'static str,
    /// Programs, each of which must be there.
    programs: &'static [&'static str],
    /// Debian packages.
    packages: &'static [&'static str],
}

/// A browser and its driver, and signs for the pages.
pub(crate) const BROWSER: Need = Need {
    purpose: "browser journeys",
    programs: &["chromium", "chromedriver"],
    packages: &["chromium", "chromium-driver"],
};

/// Chinese signs, without which a picture of a page is empty boxes.
pub(crate) const SIGNS: Need = Need {
    purpose: "Chinese signs in pictures of pages",
    programs: &[],
    packages: &["fonts-noto-cjk"],
};

/// A display without a screen, and what a window on it needs.
pub(crate) const DISPLAY: Need = Need {
    purpose: "the desktop shell's window on a display",
    programs: &[],
    packages: &[
        "xvfb",
        "libegl1",
        "libgl1-mesa-dri",
        "libxcursor1",
        "libxi6",
        "libxkbcommon-x11-0",
        "libxrandr2",
    ],
};

/// What reads the headers of the system's cameras when the desktop shell is built with a webcam.
pub(crate) const CLANG: Need = Need {
    purpose: "the desktop shell's webcam",
    programs: &[],
    packages: &["libclang-dev"],
};

/// Node and npm, which fetch the accessibility checker of the pages.
pub(crate) const NODE: Need = Need {
    purpose: "axe-core on the pages",
    programs: &["node", "npm"],
    packages: &["nodejs", "npm"],
};

/// A JDK and Maven.
pub(crate) const JVM: Need = Need {
    purpose: "Kotlin on the JVM, ofdrw beside the seals",
    programs: &["javac", "mvn"],
    packages: &["openjdk-17-jdk-headless", "maven"],
};

/// What makes an Android package out of classes and resources.
pub(crate) const APK: Need = Need {
    purpose: "an APK",
    programs: &["aapt2", "zipalign", "apksigner"],
    packages: &["aapt", "zipalign", "apksigner"],
};

/// What makes the Debian that Swift lives in.
pub(crate) const DEBOOTSTRAP: Need = Need {
    purpose: "a chroot with Swift",
    programs: &["debootstrap"],
    packages: &["debootstrap"],
};

impl Need {
    fn is_met(&self) -> bool {
        if self.programs.is_empty() {
            return self
                .packages
                .iter()
                .all(|package| held_quietly(&["dpkg", "-s", package]));
        }
        self.programs
            .iter()
            .all(|program| held_quietly(&["which", program]))
    }

    /// Whether it is there, installing it where that is allowed: Debian, and root.
    pub(crate) fn meet(&self) -> bool {
        if self.is_met() {
            return true;
        }
        if !held_quietly(&["which", "apt-get"]) || !is_root() {
            return false;
        }
        println!("   installing {}", self.packages.join(" "));
        let mut install = vec!["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
        install.extend(self.packages);
        // A fresh machine has no package lists yet; an old one may have stale ones.
        (held_quietly(&["apt-get", "update", "-qq"]) && held_quietly(&install) || held(&install))
            && self.is_met()
    }
}

/// Whether this is root, who may install, mount and change its root.
pub(crate) fn is_root() -> bool {
    crate::run::command(&["id", "-u"])
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
