//! Copies that leave the phone: pictures of every page with the notes of the core, in a folder of their own.

use std::fs;
use std::path::{Path, PathBuf};

use quanshengshi::open::OpenCertificate;
use quanshengshi_frame::still::{decode, encode_png};

use crate::wallet::PX_PER_MM;
use crate::window::annotate::Annotator;
use crate::window::model::order::CopyTrouble;

/// Draws all pages and writes them; the folder of this copy. What could not be written whole is removed.
pub(crate) fn make(
    certificate: &OpenCertificate,
    purpose: &str,
    folder: &Path,
    font: Option<&Path>,
) -> Result<PathBuf, CopyTrouble> {
    let pages = drawn(certificate, purpose, font)?;
    let about = certificate.about();
    let folder = folder.join(file_name(&format!("{} {}", about.name, purpose.trim())));
    write(&folder, &pages).map_err(|_| {
        let _ = fs::remove_dir_all(&folder);
        CopyTrouble::Disk
    })?;
    Ok(folder)
}

/// PNG files, in the order of the pages.
fn drawn(
    certificate: &OpenCertificate,
    purpose: &str,
    font: Option<&Path>,
) -> Result<Vec<Vec<u8>>, CopyTrouble> {
    let notes = certificate.copy_notes(purpose)?;
    let mut annotator = Annotator::new(font).map_err(|_| CopyTrouble::Disk)?;
    let page = |number| {
        let drawn = certificate.draw_page(number, PX_PER_MM)?;
        let page = decode(&drawn.png).map_err(|_| CopyTrouble::Disk)?;
        encode_png(&annotator.annotated(&page, &notes)).map_err(|_| CopyTrouble::Disk)
    };
    (0..certificate.page_count()).map(page).collect()
}

/// A copy for the same purpose takes the place of the one before.
fn write(folder: &Path, pages: &[Vec<u8>]) -> std::io::Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (number, page) in (1..).zip(pages) {
        fs::write(folder.join(format!("{number}.png")), page)?;
    }
    Ok(())
}

/// What any system takes for a name.
fn file_name(text: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() { c } else { '-' };
    text.chars().map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        assert_eq!(file_name("营业执照 ../..\\a:b"), "营业执照-------a-b");
    }

    #[test]
    fn the_pages_of_an_earlier_copy_do_not_stay() {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copies").join("a");
        write(&copy, &[vec![1], vec![2]]).unwrap();
        write(&copy, &[vec![3]]).unwrap();
        let names: Vec<_> = fs::read_dir(&copy)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["1.png"]);
        assert_eq!(fs::read(copy.join("1.png")).unwrap(), [3]);
    }
}
