//! A font with Chinese signs, found on the system: the program carries none of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily};

/// The family of headings and buttons.
pub(crate) const STRONG: &str = "strong";

/// Where systems keep such a font: upright, bold, and the face of simplified Chinese in the file.
const KNOWN: &[(&str, &str, u32)] = &[
    (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
        2,
    ),
    (
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        0,
    ),
    (
        "/System/Library/Fonts/PingFang.ttc",
        "/System/Library/Fonts/PingFang.ttc",
        0,
    ),
    (
        "C:\\Windows\\Fonts\\msyh.ttc",
        "C:\\Windows\\Fonts\\msyhbd.ttc",
        0,
    ),
];

/// Why there is nothing to write with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FontError {
    #[error(
        "没有找到中文字体。Debian：apt-get install fonts-noto-cjk 或 fonts-wqy-microhei；也可以用 --font 指定\n\
         no font with Chinese signs was found: install fonts-noto-cjk or fonts-wqy-microhei, or name one by --font"
    )]
    None,
    #[error("{0}")]
    Unreadable(PathBuf, #[source] std::io::Error),
}

/// The font named, or the first one that this system has.
pub(crate) fn fonts(named: Option<&Path>) -> Result<FontDefinitions, FontError> {
    let (regular, bold, face) = match named {
        Some(file) => (file, file, 0),
        None => first(KNOWN).ok_or(FontError::None)?,
    };
    let mut fonts = FontDefinitions::empty();
    for (family, file) in [("regular", regular), (STRONG, bold)] {
        // A bold one may be missing where the upright one is there.
        let file = if file.is_file() { file } else { regular };
        let bytes = std::fs::read(file);
        let bytes = bytes.map_err(|error| FontError::Unreadable(file.to_owned(), error))?;
        let mut data = FontData::from_owned(bytes);
        data.index = face;
        fonts.font_data.insert(family.to_owned(), Arc::new(data));
    }
    let family = |name: &str| vec![name.to_owned()];
    for (of, name) in [
        (FontFamily::Proportional, "regular"),
        (FontFamily::Monospace, "regular"),
        (FontFamily::Name(STRONG.into()), STRONG),
    ] {
        fonts.families.insert(of, family(name));
    }
    Ok(fonts)
}

/// The file of the upright font, for pages that hold none.
pub(crate) fn file(named: Option<&Path>) -> Option<PathBuf> {
    let found = named.or_else(|| Some(first(KNOWN)?.0));
    found.map(Path::to_owned)
}

fn first(known: &'static [(&str, &str, u32)]) -> Option<(&'static Path, &'static Path, u32)> {
    let there = known
        .iter()
        .find(|(regular, _, _)| Path::new(regular).is_file())?;
    Some((Path::new(there.0), Path::new(there.1), there.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_without_a_font_is_told_and_a_named_one_must_be_there() {
        assert!(first(&[("/nowhere/a.ttc", "/nowhere/b.ttc", 0)]).is_none());
        assert!(FontError::None.to_string().contains("fonts-noto-cjk"));
        let missing = fonts(Some(Path::new("/nowhere/c.ttf")));
        assert!(matches!(missing, Err(FontError::Unreadable(..))));
    }
}
