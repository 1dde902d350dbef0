//! The scanner: offered frames, gives codes.

mod pace;

use quanshengshi_frame::frame::Frame;
use quanshengshi_frame::luma::Luma;

use crate::code::QrText;
use crate::deadline::Deadline;
use crate::grey::crop::{Area, crop};
use crate::grey::half::half;
use crate::grid::merged::Merged;
use crate::grid::rescue::{Rescue, effort};
use crate::guidance::Guidance;
use crate::ladder::{SHORTEST_SIDE, Step};
use crate::reader::{Findings, Search};
use crate::scanner::pace::Pace;
use crate::sighting::Sighting;
use crate::windows::windows;

/// Pixels of a picture that are looked at; of a larger one only every second, third… is.
const MOST_PIXELS: u64 = 2_600_000;
/// Pixels up to which a picture without parts is doubled as a whole.
const SMALL: usize = 640_000;
/// Around the codes of the frame before, as a share of their extent: a hand moves that much.
const TRACKED_MARGIN: f32 = 0.25;
/// Grids laid over sightings in one frame.
const MOST_RESCUES: usize = 3;

/// What a frame gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Glance {
    /// Every code that was read, largest first. A page may show several: the caller picks by
    /// meaning.
    pub codes: Vec<QrText>,
    /// What to tell the person when there is no code.
    pub guidance: Option<Guidance>,
    /// The step that read the first code.
    pub step: Option<Step>,
    /// Whether that code had to be read on a fitted grid.
    pub on_grid: bool,
}

/// Reads the codes of one frame after another, and remembers where the last ones were and which
/// of the hard steps is next.
pub struct Scanner {
    tracked: Option<Tracked>,
    /// Place in the turn of hard steps and, for those in windows, which window.
    next: (usize, usize),
    /// The frame before had no time left for the step whose turn it is.
    starved: bool,
    /// A code of an earlier frame that there was no time to read.
    unread: Option<Unread>,
    /// What earlier frames have told of a code that none of them was enough for.
    merged: Option<Merged>,
    pace: Pace,
}

/// A grid that is laid and not read yet.
struct Unread {
    rescue: Rescue,
    sighting: Sighting,
    step: Step,
}

/// Where the codes of the frame before lay.
struct Tracked {
    area: Area,
    width: u32,
    height: u32,
}

/// What a grid tells about the view.
struct Seen {
    module: f32,
    burnt: f32,
    contrast: f32,
}

/// The work on one frame.
struct Work<'a> {
    picture: &'a Luma,
    /// Its windows, once they were looked for.
    parts: Option<Vec<Area>>,
    deadline: &'a Deadline<'a>,
    begun: bool,
    tried: Vec<Sighting>,
    best: Option<Seen>,
    glance: Glance,
}

impl Scanner {
    /// A scanner with nothing seen yet.
    pub fn new() -> Self {
        Self {
            tracked: None,
            next: (0, 0),
            starved: false,
            unread: None,
            merged: None,
            pace: Pace::new(),
        }
    }

    /// Every code that can be read in a frame, largest first, however long it takes; empty when
    /// there is none.
    pub fn offer(&mut self, frame: &Frame<'_>) -> Vec<QrText> {
        self.look(frame, &Deadline::none()).codes
    }

    /// Every code that can be read in an upright grey picture, largest first, however long it
    /// takes.
    pub fn read(&mut self, picture: &Luma) -> Vec<QrText> {
        self.look_at(picture, &Deadline::none()).codes
    }

    /// What a frame gives before the deadline. The hard steps take turns: a view that was not read
    /// is worth offering again.
    pub fn look(&mut self, frame: &Frame<'_>, deadline: &Deadline<'_>) -> Glance {
        let factor = reduction(frame.upright_width(), frame.upright_height());
        self.look_at_thinned(&frame.luma_of_every(factor), factor, deadline)
    }

    /// What an upright grey picture gives before the deadline.
    pub fn look_at(&mut self, picture: &Luma, deadline: &Deadline<'_>) -> Glance {
        let factor = reduction(picture.width, picture.height);
        if factor == 1 {
            return self.look_at_all(picture, deadline);
        }
        self.look_at_thinned(&thinned(picture, factor), factor, deadline)
    }

    /// Codes in pixels of the whole picture of which only one of so many is there.
    fn look_at_thinned(&mut self, picture: &Luma, factor: u32, deadline: &Deadline<'_>) -> Glance {
        let mut glance = self.look_at_all(picture, deadline);
        let scaled = |code: QrText| code.scaled(factor as f32, 0.0, 0.0);
        glance.codes = glance.codes.into_iter().map(scaled).collect();
        glance
    }

    fn look_at_all(&mut self, picture: &Luma, deadline: &Deadline<'_>) -> Glance {
        let short_side = picture.width.min(picture.height);
        let mut work = Work {
            picture,
            parts: None,
            deadline,
            begun: false,
            tried: Vec::new(),
            best: None,
            glance: Glance::default(),
        };
        if short_side < SHORTEST_SIDE {
            work.glance.guidance = Some(Guidance::NothingSeen);
            return work.glance;
        }
        let carried = self.unread.take();
        self.track(&mut work);
        if std::mem::take(&mut self.starved) && work.glance.codes.is_empty() {
            self.take_turns(&mut work, short_side, 1);
        }
        for step in Step::FIRST {
            // At half size the small code of a page is lost beside the large one, so that a hit
            // there is followed by a look at the whole, a quick one where time is short.
            let known = !work.glance.codes.is_empty();
            let others_known = known && work.glance.step != Some(Step::Half);
            if others_known || !step.fits(short_side) {
                continue;
            }
            self.take(
                &mut work,
                step,
                None,
                if known && !deadline.is_none() {
                    Search::Quick
                } else {
                    Search::Thorough
                },
            );
        }
        if work.glance.codes.is_empty() {
            self.look_through_windows(&mut work);
        }
        if work.glance.codes.is_empty()
            && let Some(unread) = carried
        {
            work.tried.push(unread.sighting);
            let turns = unread.rescue.turns();
            let left = self.go_on(&mut work, unread);
            // One whose next turn never fits into a frame must not stand in the way of others.
            let left = left.filter(|left| left.rescue.turns() > turns);
            self.unread = self.unread.take().or(left);
        }
        if work.glance.codes.is_empty() {
            self.take_turns(&mut work, short_side, Step::HARD.len() + 8);
        }
        self.finish(work)
    }

    /// Looks where the codes of the frame before were.
    fn track(&mut self, work: &mut Work<'_>) {
        let Some(tracked) = self.tracked.take() else {
            return;
        };
        if (tracked.width, tracked.height) == (work.picture.width, work.picture.height) {
            self.take(work, Step::Tracked, Some(tracked.area), Search::Thorough);
        }
    }

    /// Looks at the windows of dense edges as they are: little work, and what is around a code, the
    /// noise of a dark room say, no longer hides it.
    fn look_through_windows(&mut self, work: &mut Work<'_>) {
        for area in work.parts().to_vec() {
            self.take(work, Step::Window, Some(area), Search::Thorough);
            if !work.glance.codes.is_empty() {
                return;
            }
        }
    }

    /// So many of the hard steps, from where the frame before had to stop.
    fn take_turns(&mut self, work: &mut Work<'_>, short_side: u32, most: usize) {
        let mut taken = 0;
        // Each step comes up at most once, those in windows once a window.
        for _ in 0..Step::HARD.len() + 8 {
            let (turn, window) = self.next;
            let step = Step::HARD[turn % Step::HARD.len()];
            let mut area = None;
            let mut skipped = !step.fits(short_side);
            if step.is_in_windows() {
                let parts = work.parts();
                area = parts.get(window).copied();
                // A picture too small to have parts is its own window.
                skipped |= area.is_none() && (window > 0 || work.picture.pixels.len() > SMALL);
            }
            if !skipped && !self.take(work, step, area, Search::Thorough) {
                if !self.pace.forgives(step, work.deadline, pixels(work, area)) {
                    self.starved = true;
                    return;
                }
                skipped = true;
            }
            let more = step.is_in_windows() && area.is_some() && window < 2;
            self.next = if more {
                (turn, window + 1)
            } else {
                ((turn + 1) % Step::HARD.len(), 0)
            };
            taken += usize::from(!skipped);
            if taken == most || !work.glance.codes.is_empty() {
                return;
            }
        }
    }

    /// Takes a step in a part of the picture, and lays grids over what it saw; whether there was
    /// time for it. The first step of a frame always has time.
    fn take(
        &mut self,
        work: &mut Work<'_>,
        step: Step,
        area: Option<Area>,
        search: Search,
    ) -> bool {
        let pixels = pixels(work, area);
        let is_first = !std::mem::replace(&mut work.begun, true);
        if !is_first && !work.deadline.allows(self.pace.expected(step, pixels)) {
            return false;
        }
        let start = work.deadline.spent();
        let part = area.map(|area| crop(work.picture, area));
        let (left, top) = area.map_or((0.0, 0.0), |area| (area.left as f32, area.top as f32));
        let picture = part.as_ref().unwrap_or(work.picture);
        let found = step.look(picture, search);
        self.pace
            .learn(step, work.deadline.spent().saturating_sub(start), pixels);
        let Findings { codes, sightings } = found;
        for code in codes {
            work.add(code.scaled(step.scale(), left, top), step, false);
        }
        if work.glance.codes.is_empty() {
            for sighting in sightings {
                self.rescue(work, step, sighting.scaled(step.scale(), left, top));
            }
        }
        true
    }

    fn rescue(&mut self, work: &mut Work<'_>, step: Step, sighting: Sighting) {
        let known = work.tried.iter().any(|other| other.is_like(&sighting));
        let unlimited = work.deadline.is_none();
        if known || !unlimited && work.tried.len() >= MOST_RESCUES {
            return;
        }
        let effort = effort(&sighting);
        if !work.deadline.allows(self.pace.for_places(effort)) {
            return;
        }
        work.tried.push(sighting);
        let start = work.deadline.spent();
        let rescue = Rescue::laid(work.picture, &sighting);
        let took = work.deadline.spent().saturating_sub(start);
        self.pace.learn_places(took, effort);
        let Some(rescue) = rescue else { return };
        work.best.get_or_insert(Seen {
            module: rescue.module,
            burnt: rescue.burnt,
            contrast: rescue.contrast,
        });
        let unread = Unread {
            rescue,
            sighting,
            step,
        };
        let left = self.go_on(work, unread);
        if self.unread.is_none() {
            self.unread = left;
        }
    }

    /// Reads on while there is time; what is left to try.
    fn go_on(&mut self, work: &mut Work<'_>, mut unread: Unread) -> Option<Unread> {
        while !unread.rescue.is_over() {
            let effort = unread.rescue.effort();
            if !work.deadline.allows(self.pace.for_modules(effort)) {
                return Some(unread);
            }
            let start = work.deadline.spent();
            let text = unread.rescue.goes_on();
            let took = work.deadline.spent().saturating_sub(start);
            self.pace.learn_modules(took, effort);
            if let Some(text) = text {
                let corners = unread.rescue.corners;
                work.add(QrText { text, corners }, unread.step, true);
                return None;
            }
        }
        let Unread { rescue, step, .. } = unread;
        let text = match &mut self.merged {
            Some(merged) => merged.add(&rescue),
            none => {
                *none = Some(Merged::of(&rescue));
                None
            }
        };
        if let Some(text) = text {
            let corners = rescue.corners;
            work.add(QrText { text, corners }, step, true);
        }
        None
    }

    /// Remembers where the codes lie and says what to do when there is none.
    fn finish(&mut self, work: Work<'_>) -> Glance {
        let mut glance = work.glance;
        glance.codes.sort_by(|a, b| b.area().total_cmp(&a.area()));
        if glance.codes.is_empty() {
            glance.guidance = Some(guidance(work.picture, work.best.as_ref()));
            return glance;
        }
        self.next = (0, 0);
        self.unread = None;
        self.merged = None;
        let places: Vec<(f32, f32)> = glance.codes.iter().flat_map(|code| code.corners).collect();
        let extent = glance.codes.first().map_or(0.0, |code| code.area().sqrt());
        let (width, height) = (work.picture.width, work.picture.height);
        let area = Area::around(&places, extent * TRACKED_MARGIN, width, height);
        self.tracked = area.map(|area| Tracked {
            area,
            width,
            height,
        });
        glance
    }
}

impl Work<'_> {
    /// The windows of the picture, looked for at half its size, where noise is weaker.
    fn parts(&mut self) -> &[Area] {
        let picture = self.picture;
        self.parts.get_or_insert_with(|| {
            let found = windows(&half(picture));
            found.into_iter().map(|area| area.times(2)).collect()
        })
    }

    fn add(&mut self, code: QrText, step: Step, on_grid: bool) {
        if self
            .glance
            .codes
            .iter()
            .any(|known| known.text == code.text)
        {
            return;
        }
        if self.glance.codes.is_empty() {
            (self.glance.step, self.glance.on_grid) = (Some(step), on_grid);
        }
        self.glance.codes.push(code);
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

/// Pixels that are looked at.
fn pixels(work: &Work<'_>, area: Option<Area>) -> f32 {
    area.map_or(work.picture.pixels.len() as f32, |area| {
        area.width as f32 * area.height as f32
    })
}

/// What a person can do about a picture without a code.
fn guidance(picture: &Luma, best: Option<&Seen>) -> Guidance {
    let sampled = picture.pixels.iter().step_by(61);
    let count = picture.pixels.len().div_ceil(61).max(1);
    let mean = sampled.map(|value| usize::from(*value)).sum::<usize>() / count;
    let Some(best) = best else {
        return if mean < 24 {
            Guidance::TooDark
        } else {
            Guidance::NothingSeen
        };
    };
    if best.burnt > 0.06 {
        Guidance::Glare
    } else if best.module < 2.0 {
        Guidance::TooFar
    } else if mean < 40 || best.contrast < 0.12 {
        Guidance::TooDark
    } else {
        Guidance::TooBlurred
    }
}

/// Along each side, one of how many pixels of a picture is looked at.
fn reduction(width: u32, height: u32) -> u32 {
    let pixels = u64::from(width) * u64::from(height);
    let mut factor = 1;
    while pixels / u64::from(factor * factor) > MOST_PIXELS {
        factor += 1;
    }
    factor
}

/// Every so manyth pixel of every so manyth row: quick, whatever the size.
fn thinned(picture: &Luma, factor: u32) -> Luma {
    let factor = factor as usize;
    let row = picture.width as usize;
    let (width, height) = (row / factor, picture.height as usize / factor);
    let pixels = (0..height)
        .flat_map(|y| {
            let line = &picture.pixels[y * factor * row..][..row];
            line.iter().step_by(factor).take(width).copied()
        })
        .collect();
    Luma {
        width: width as u32,
        height: height as u32,
        pixels,
    }
}

#[cfg(test)]
mod tests;
