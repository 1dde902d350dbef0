//! Each page in each width, language and size of text, and what is wrong with it.

use std::collections::BTreeSet;

use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::glass::{Colours, Stroke};
use serde_json::{Value, json};

use crate::pages::axe::Axe;
use crate::pages::pictures::Pictures;
use crate::pages::table::{Page, kind_of};

/// The widths: a desktop's window and the narrowest phone, with their heights.
const WIDTHS: [(u32, u32); 2] = [(1280, 900), (360, 740)];

/// How somebody likes to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// `zh` or `en`.
    pub lang: &'static str,
    /// Large text.
    pub large: bool,
    /// High contrast by the page's own switch.
    pub contrast: bool,
    /// What the system asks for.
    pub colours: Colours,
}

impl Reading {
    /// Chinese, usual text, light.
    pub const USUAL: Self = Self {
        lang: "zh",
        large: false,
        contrast: false,
        colours: Colours::Light,
    };

    /// What every page is looked at in.
    pub const ALL: [Self; 4] = [
        Self::USUAL,
        Self {
            large: true,
            ..Self::USUAL
        },
        Self {
            lang: "en",
            ..Self::USUAL
        },
        Self {
            lang: "en",
            large: true,
            ..Self::USUAL
        },
    ];

    /// What colours are tried on some pages.
    pub const OTHER_COLOURS: [Self; 3] = [
        Self {
            colours: Colours::Dark,
            ..Self::USUAL
        },
        Self {
            contrast: true,
            ..Self::USUAL
        },
        Self {
            colours: Colours::Forced,
            ..Self::USUAL
        },
    ];

    /// Its name in reports and pictures.
    pub fn name(self) -> String {
        let mut name = self.lang.to_owned();
        name.push_str(if self.large { "-large" } else { "" });
        name.push_str(if self.contrast { "-contrast" } else { "" });
        name.push_str(match self.colours {
            Colours::Light => "",
            Colours::Dark => "-dark",
            Colours::Forced => "-forced",
        });
        name
    }
}

/// A walk through the pages, which collects what is wrong instead of ending at the first fault.
pub struct Walk<'a> {
    /// The browser.
    pub pc: &'a Chromium,
    /// The portal.
    pub origin: &'a str,
    /// The checker, where it could be fetched.
    pub axe: Option<&'a Axe>,
    /// What the pages looked like.
    pub pictures: Pictures,
    /// What is wrong, with page and reading.
    pub faults: Vec<String>,
    /// Remarks of the checker that are no fault.
    pub remarks: BTreeSet<String>,
    /// Pages that were looked at.
    pub looked: usize,
    seen: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    /// A walk that has not begun.
    pub fn new(
        pc: &'a Chromium,
        origin: &'a str,
        axe: Option<&'a Axe>,
        pictures: Pictures,
    ) -> Self {
        Self {
            pc,
            origin,
            axe,
            pictures,
            faults: Vec::new(),
            remarks: BTreeSet::new(),
            looked: 0,
            seen: BTreeSet::new(),
        }
    }

    /// Leaves out what another walk looks at, unless it is named here too.
    pub fn without(&mut self, pages: &[Page]) {
        self.seen
            .extend(pages.iter().map(|page| kind_of(&page.path)));
    }

    /// Looks at pages, and at those they lead to, in every reading.
    pub async fn through(&mut self, mut pages: Vec<Page>) {
        let named = pages.len();
        self.seen
            .extend(pages.iter().map(|page| kind_of(&page.path)));
        for (at, reading) in (0..).zip(Reading::ALL) {
            self.read_as(reading).await;
            let mut next = 0;
            while let Some(page) = pages.get(next).cloned() {
                let links = self.look(&page, reading).await;
                if !self.is_at(&page).await {
                    if next < named {
                        self.note(&page.name, vec!["leads elsewhere".to_owned()]);
                    } else {
                        // For this visitor there is no such page; perhaps for the next.
                        pages.remove(next);
                        self.seen.remove(&kind_of(&page.path));
                        continue;
                    }
                }
                if at == 0 {
                    for path in links {
                        if self.seen.insert(kind_of(&path)) {
                            pages.push(Page::found(&path));
                        }
                    }
                }
                next += 1;
            }
        }
    }

    /// Whether the browser is where it was sent.
    async fn is_at(&self, page: &Page) -> bool {
        let address = self.pc.address().await.unwrap();
        let path = |whole: &str| whole.split(['?', '#']).next().map(str::to_owned);
        page.press.is_some() || path(&address) == path(&format!("{}{}", self.origin, page.path))
    }

    /// Looks at one page in dark, high contrast and forced colours.
    pub async fn in_other_colours(&mut self, pages: &[Page]) {
        for reading in Reading::OTHER_COLOURS {
            self.read_as(reading).await;
            for page in pages {
                self.look(page, reading).await;
            }
        }
        self.read_as(Reading::USUAL).await;
    }

    /// Chooses how pages are read, by the page's own switches.
    pub async fn read_as(&self, reading: Reading) {
        self.pc.colours(reading.colours).await.unwrap();
        let text = if reading.large { "large" } else { "usual" };
        let contrast = if reading.contrast { "high" } else { "usual" };
        let choice = format!(
            "{}/?lang={}&text={text}&contrast={contrast}",
            self.origin, reading.lang
        );
        self.pc.open(&choice).await.unwrap();
    }

    /// Looks at one page in both widths; gives where it leads.
    pub async fn look(&mut self, page: &Page, reading: Reading) -> Vec<String> {
        let [wide, narrow] = WIDTHS;
        self.pc.size(wide.0, wide.1).await.unwrap();
        self.pc
            .open(&format!("{}{}", self.origin, page.path))
            .await
            .unwrap();
        if let Some(selector) = page.press {
            self.press(selector).await;
        }
        self.pc.find("body > footer").await.unwrap();
        self.looked += 1;
        let mut faults = Vec::new();
        let expected =
            json!({ "status": page.status, "lang": reading.lang, "large": reading.large });
        faults.extend(self.ask(include_str!("look.js"), vec![expected]).await);
        let links = self.ask(include_str!("links.js"), Vec::new()).await;
        for (width, height) in [wide, narrow] {
            self.pc.size(width, height).await.unwrap();
            let fits = self.ask(include_str!("fits.js"), Vec::new()).await;
            faults.extend(fits.into_iter().map(|fault| format!("{width}: {fault}")));
            let name = format!("{}-{width}-{}", page.name, reading.name());
            let png = self.pc.whole_page().await.unwrap();
            self.pictures.keep(&name, &png, reading == Reading::USUAL);
            if reading == Reading::USUAL {
                let trail = self.follow_focus().await;
                faults.extend(trail.into_iter().map(|fault| format!("{width}: {fault}")));
            }
        }
        faults.extend(self.audit(reading.colours == Colours::Forced).await);
        faults.extend(self.complaints(page).await);
        let at = format!("{} ({})", page.name, reading.name());
        let (remarks, faults): (Vec<_>, Vec<_>) = faults
            .into_iter()
            .partition(|fault: &String| fault.starts_with("remark: "));
        self.remarks.extend(
            remarks
                .iter()
                .map(|remark| format!("{}: {}", page.name, remark.trim_start_matches("remark: "))),
        );
        self.note(&at, faults);
        links
    }

    /// Keeps faults, and says them at once, should the walk not come to its end.
    pub fn note(&mut self, at: &str, faults: Vec<String>) {
        for fault in faults {
            println!("fault: {at} {fault}");
            self.faults.push(format!("{at} {fault}"));
        }
    }

    /// Presses what opens the next page, and waits until that stands.
    async fn press(&self, selector: &str) {
        let mark = "document.documentElement.setAttribute('data-left', '')";
        self.pc.run("mark", mark, Vec::new()).await.unwrap();
        self.pc.press(selector).await.unwrap();
        self.pc.find("html:not([data-left])").await.unwrap();
    }

    /// Tabs through the whole page.
    async fn follow_focus(&self) -> Vec<String> {
        let started = self
            .pc
            .run("focus", include_str!("trail_start.js"), Vec::new());
        let presses = started.await.unwrap().as_u64().unwrap_or(0);
        let presses = usize::try_from(presses).unwrap_or(0);
        self.pc.strike(Stroke::Tab, presses).await.unwrap();
        self.ask(include_str!("trail_end.js"), Vec::new()).await
    }

    /// What axe-core says of weight; the rest is remarked.
    async fn audit(&mut self, forced: bool) -> Vec<String> {
        let Some(axe) = self.axe else {
            return Vec::new();
        };
        self.pc.run("axe", &axe.script, Vec::new()).await.unwrap();
        let audit = include_str!("audit.js");
        let audited = self.pc.run_until_called("axe", audit, vec![forced.into()]);
        let told = audited.await.unwrap();
        let (mut faults, rows) = (Vec::new(), told.as_array().cloned().unwrap_or_default());
        for row in rows {
            let text = row["text"].as_str().unwrap_or_default().to_owned();
            if row["heavy"] == Value::Bool(true) {
                faults.push(text);
            } else {
                self.remarks.insert(text);
            }
        }
        faults
    }

    /// What the console complains of.
    async fn complaints(&self, page: &Page) -> Vec<String> {
        let lines = self.pc.console().await.unwrap();
        lines
            .into_iter()
            .filter(|line| line.level == "SEVERE" || line.text.contains("Content Security Policy"))
            .map(|line| line.text)
            // The browser itself remarks that a page was not found, which is what was asked for.
            .filter(|text| {
                page.status < 400 || !text.contains(&format!("status of {}", page.status))
            })
            .map(|text| format!("console: {text}"))
            .collect()
    }

    async fn ask(&self, script: &str, arguments: Vec<Value>) -> Vec<String> {
        let told = self.pc.run("look", script, arguments).await.unwrap();
        let lines = told.as_array().cloned().unwrap_or_default();
        lines
            .iter()
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_has_a_name_of_its_own() {
        let readings = Reading::ALL.into_iter().chain(Reading::OTHER_COLOURS);
        let names: BTreeSet<String> = readings.map(Reading::name).collect();
        assert_eq!(names.len(), 7);
    }
}
