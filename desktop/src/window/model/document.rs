//! A certificate's file of anybody: chosen on this machine, opened, never kept.

use std::path::{Path, PathBuf};

use quanshengshi::pdf::PdfFacts;
use quanshengshi::seals::SealReport;

use crate::window::model::Model;
use crate::window::model::chooser::{self, Choice, Kind};
use crate::window::model::order::Order;
use crate::window::model::paper::Paper;
use crate::window::model::screen::Screen;

/// Choosing a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Files {
    pub(crate) folder: PathBuf,
    pub(crate) choices: Vec<Choice>,
}

/// An opened file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// The file's own name.
    pub(crate) name: String,
    pub(crate) proof: Proof,
    pub(crate) paper: Paper,
}

/// What is known about who made a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Proof {
    /// An OFD: the verdict on its seals.
    Seals(SealReport),
    /// A PDF, of which nothing is judged.
    Nothing(PdfFacts),
}

impl Model {
    /// Shows what can be opened where files were chosen last.
    pub(super) fn files(&mut self) {
        self.go(Screen::Files(Files {
            folder: self.pictures.clone(),
            choices: chooser::choices(&self.pictures, Kind::Certificate),
        }));
    }

    /// Opens a file.
    pub(super) fn open_file(&mut self, file: PathBuf) {
        if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
            folder.clone_into(&mut self.pictures);
        }
        let order = Order::Document(file, self.settings.language());
        self.wait_for(order);
    }
}

/// The name of a file, for a title.
pub(crate) fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}
