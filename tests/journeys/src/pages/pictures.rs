//! What the pages looked like.

use std::path::PathBuf;

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{decode, encode_png};
use quanshengshi_pc::contact_sheet::lay_out;

/// Where pictures go, and those for the sheet.
#[derive(Debug)]
pub struct Pictures {
    folder: PathBuf,
    sheet: Vec<Rgb>,
}

impl Pictures {
    /// Pictures of one part of a run, in a folder that is emptied first.
    pub fn new(folder: PathBuf) -> Self {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self {
            folder,
            sheet: Vec::new(),
        }
    }

    /// Keeps one.
    pub fn keep(&mut self, name: &str, png: &[u8], on_sheet: bool) {
        std::fs::write(self.folder.join(format!("{name}.png")), png).unwrap();
        if on_sheet {
            // Made small at once, or the sheet would hold every page whole.
            let picture = decode(png).unwrap();
            self.sheet.push(lay_out(&[picture], 1, 300, 420));
        }
    }

    /// Writes the sheet.
    pub fn finish(self) {
        let sheet = lay_out(&self.sheet, 6, 300, 420);
        let png = encode_png(&sheet).unwrap();
        std::fs::write(self.folder.join("contact-sheet.png"), png).unwrap();
    }
}

/// The target folder this test was built into.
pub fn target() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let folder = here.ancestors().nth(3).expect("target/profile/deps/test");
    folder.to_owned()
}
