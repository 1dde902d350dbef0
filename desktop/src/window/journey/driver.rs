//! Drives the app as a screen reader would: by names, without a display.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::accesskit::{Action, ActionRequest, NodeId, Role, TreeId, TreeUpdate};
use eframe::egui::{Context, Event, FullOutput, Pos2, RawInput, Rect, vec2};
use quanshengshi_frame::still::encode_png;

use crate::window::app::App;
use crate::window::camera::Camera;
use crate::window::camera::clips::ClipCamera;
use crate::window::font::{file, fonts};
use crate::window::model::screen::Screen;
use crate::window::raster::Raster;
use crate::window::worker::Ground;

/// Turns of the loop before something counts as never coming, and the pause between two: a slow
/// machine has three minutes.
const PATIENCE: (usize, Duration) = (9_000, Duration::from_millis(20));

/// A thing on the screen, as a screen reader knows it.
#[derive(Debug)]
struct Thing {
    id: NodeId,
    role: Role,
    words: String,
    enabled: bool,
}

/// The app, and what it showed last.
pub(crate) struct Driver {
    context: Context,
    app: App,
    things: Vec<Thing>,
    raster: Raster,
    drawn: Option<FullOutput>,
}

impl Driver {
    /// Opens the app over a phone's folder, with a person's clips as its camera.
    pub(crate) fn open(phone: &Path, clips: &Path) -> Self {
        Self::before(phone, Arc::new(ClipCamera::without_waiting(clips)))
    }

    /// Opens the app over a phone's folder and a camera.
    pub(crate) fn before(phone: &Path, camera: Arc<dyn Camera>) -> Self {
        let context = Context::default();
        context.set_fonts(fonts(None).unwrap());
        context.enable_accesskit();
        let ground = Ground {
            folder: phone.to_owned(),
            camera,
            font: file(None),
        };
        let app = App::new(&context, ground).unwrap();
        Self {
            context,
            app,
            things: Vec::new(),
            raster: Raster::default(),
            drawn: None,
        }
    }

    /// One turn of the loop.
    fn turn(&mut self, events: Vec<Event>) {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(390.0, 844.0))),
            max_texture_side: Some(8192),
            events,
            focused: true,
            ..RawInput::default()
        };
        let app = &mut self.app;
        let mut output = self.context.run_ui(input, |ui| app.turn(ui));
        if let Some(update) = output.platform_output.accesskit_update.take() {
            self.things = things(update);
        }
        self.raster.take(&output.textures_delta);
        output.textures_delta.clear();
        self.drawn = Some(output);
    }

    /// Waits until a thing is there, and gives it.
    fn find(&mut self, what: &str, fits: impl Fn(&Thing) -> bool) -> NodeId {
        for _ in 0..PATIENCE.0 {
            self.turn(Vec::new());
            if let Some(thing) = self.things.iter().find(|thing| fits(thing)) {
                return thing.id;
            }
            std::thread::sleep(PATIENCE.1);
        }
        let words: Vec<&str> = self
            .things
            .iter()
            .map(|thing| thing.words.as_str())
            .collect();
        panic!("“{what}” never came; on the screen: {words:?}");
    }

    /// Waits until words are on the screen.
    pub(crate) fn see(&mut self, words: &str) {
        self.find(words, |thing| thing.words.contains(words));
    }

    /// Waits until words are on the screen no more.
    pub(crate) fn gone(&mut self, words: &str) {
        for _ in 0..PATIENCE.0 {
            self.turn(Vec::new());
            if !self.says(words) {
                return;
            }
            std::thread::sleep(PATIENCE.1);
        }
        panic!("“{words}” stays on the screen");
    }

    /// Whether words are on the screen now.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.things.iter().any(|thing| thing.words.contains(words))
    }

    /// Presses the first button whose name begins so.
    pub(crate) fn press(&mut self, name: &str) {
        let begins = |thing: &Thing| thing.words.trim_start().starts_with(name) && thing.enabled;
        let id = self.find(name, |thing| thing.role == Role::Button && begins(thing));
        self.act(id, Action::Click);
    }

    /// Types into the line of that name.
    pub(crate) fn type_into(&mut self, name: &str, text: &str) {
        let id = self.find(name, |thing| {
            thing.role == Role::TextInput && thing.words.contains(name)
        });
        self.act(id, Action::Focus);
        self.turn(vec![Event::Text(text.to_owned())]);
    }

    fn act(&mut self, target_node: NodeId, action: Action) {
        self.turn(vec![Event::AccessKitActionRequest(ActionRequest {
            action,
            target_tree: TreeId::ROOT,
            target_node,
            data: None,
        })]);
        self.turn(Vec::new());
    }

    /// Makes the certificate in sight say that it has so many pages.
    pub(crate) fn claim_pages(&mut self, pages: u32) {
        if let Screen::Certificate(it) = &mut self.app.model.screen {
            it.paper.pages = pages;
        }
    }

    pub(crate) fn shot_if(&mut self, wanted: bool, name: &str) {
        if wanted {
            self.shot(name);
        }
    }

    /// Draws what is on the screen to a file in the target folder.
    pub(crate) fn shot(&mut self, name: &str) {
        // New screens settle their layout in a second turn.
        self.turn(Vec::new());
        self.turn(Vec::new());
        let Some(output) = self.drawn.take() else {
            return;
        };
        let meshes = self
            .context
            .tessellate(output.shapes, output.pixels_per_point);
        let picture = self.raster.draw(&meshes, 390, 844);
        let dark = picture.pixels.iter().filter(|value| **value < 96).count();
        assert!(dark > 1_000, "{name} is empty");
        let file = shots().join(format!("{name}.png"));
        std::fs::write(file, encode_png(&picture).unwrap()).unwrap();
    }
}

/// `target/window`, beside the folder of this test's profile.
pub(super) fn shots() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let folder = here.ancestors().nth(3).unwrap().join("window");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn things(update: TreeUpdate) -> Vec<Thing> {
    let thing = |(id, node): (NodeId, eframe::egui::accesskit::Node)| {
        let words = [node.label(), node.value(), node.placeholder()];
        Thing {
            id,
            role: node.role(),
            words: words.into_iter().flatten().collect::<Vec<_>>().join(" "),
            enabled: !node.is_disabled(),
        }
    };
    update.nodes.into_iter().map(thing).collect()
}
