//! Files and folders of this machine, to choose from where a phone has its camera or its own chooser.

use std::path::{Path, PathBuf};

/// What is shown of a folder at most.
const MOST: usize = 200;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) is_folder: bool,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What a camera might see.
    Picture,
    /// A certificate's file.
    Certificate,
}

impl Kind {
    /// Whether the end of a file's name says that it is one.
    pub(crate) fn is(self, path: &Path) -> bool {
        let ends: &[&str] = match self {
            Self::Picture => &["jpg", "jpeg", "png"],
            Self::Certificate => &["ofd", "pdf"],
        };
        let end = path.extension().and_then(|end| end.to_str());
        end.is_some_and(|end| ends.iter().any(|it| it.eq_ignore_ascii_case(end)))
    }
}

/// The files of a kind and the folders in a folder, folders first, each by name.
pub(crate) fn choices(folder: &Path, kind: Kind) -> Vec<Choice> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let choice = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let is_folder = path.is_dir();
        let shown = !name.starts_with('.') && (is_folder || kind.is(&path));
        shown.then_some(Choice {
            path,
            name,
            is_folder,
        })
    };
    let mut found: Vec<Choice> = entries.filter_map(|entry| choice(entry.path())).collect();
    found
        .sort_by(|left, right| (!left.is_folder, &left.name).cmp(&(!right.is_folder, &right.name)));
    found.truncate(MOST);
    found
}

/// The pictures behind what was dropped or chosen: files as they are, of a folder its own by name.
pub(crate) fn pictures(paths: &[PathBuf]) -> Vec<PathBuf> {
    let inside = |path: &PathBuf| {
        if !path.is_dir() {
            return vec![path.clone()];
        }
        let files = choices(path, Kind::Picture)
            .into_iter()
            .filter(|choice| !choice.is_folder);
        files.map(|choice| choice.path).collect()
    };
    paths.iter().flat_map(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_only_pictures_of_them_are_read() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b.PNG",
            "a.jpg",
            "notes.txt",
            ".hidden.png",
            "c.Ofd",
            "d.pdf",
        ] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("z")).unwrap();
        let names = |kind| {
            let choices = choices(folder.path(), kind).into_iter();
            choices.map(|it| it.name).collect::<Vec<_>>()
        };
        assert_eq!(names(Kind::Picture), ["z", "a.jpg", "b.PNG"]);
        assert_eq!(names(Kind::Certificate), ["z", "c.Ofd", "d.pdf"]);
        let files = pictures(&[folder.path().to_owned(), PathBuf::from("other.bin")]);
        let names: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
        assert_eq!(names, ["a.jpg", "b.PNG", "other.bin"]);
    }
}
