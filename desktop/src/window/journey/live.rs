//! A camera that sees codes, as a webcam does: somebody holds the PC's code before it, then shows their face. The
//! eye is the journey's own; everything behind it is what runs with a webcam.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_pc::drawing::draw_code;
use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_scenes::screen::photograph as photo;
use quanshengshi_scenes::screen::view::View;

use super::{ground, person, photograph};
use crate::pixels::read_picture;
use crate::window::camera::clips::ClipCamera;
use crate::window::camera::{Camera, CameraTrouble, Eye, Side};
use crate::window::font::fonts;
use crate::window::journey::driver::Driver;

/// Milliseconds between two pictures, and pictures of each thing before the next is held up.
const STEP_MS: u64 = 33;
const HELD: usize = 12;

/// Pictures a webcam could have taken.
#[derive(Debug)]
struct Held {
    code: PathBuf,
    person: ClipCamera,
    /// Whether another program has the camera, until it is asked for once.
    busy: AtomicBool,
}

impl Camera for Held {
    fn sees_codes(&self) -> bool {
        true
    }

    fn is_built_in(&self) -> bool {
        false
    }

    fn open(&self, side: Side) -> Result<Box<dyn Eye>, CameraTrouble> {
        if self.busy.swap(false, Ordering::Relaxed) {
            return Err(CameraTrouble::Busy);
        }
        if side == Side::Face {
            return self.person.open(side);
        }
        let wall = Rgb {
            width: 1280,
            height: 720,
            pixels: vec![120; 1280 * 720 * 3],
        };
        let code = read_picture(&self.code).unwrap();
        let foreign = draw_code("https://example.com/somebody-else").unwrap();
        let views = [foreign, code].map(|screen| photo(&screen, &View::default()));
        let [foreign, code] = views;
        Ok(Box::new(Hand {
            pictures: vec![wall, foreign, code],
            shown: 0,
        }))
    }
}

/// One thing after the other; the last one stays.
struct Hand {
    pictures: Vec<Rgb>,
    shown: usize,
}

impl Eye for Hand {
    fn next_picture(&mut self) -> Result<(&Rgb, u64), CameraTrouble> {
        let at = (self.shown / HELD).min(self.pictures.len() - 1);
        self.shown += 1;
        Ok((&self.pictures[at], self.shown as u64 * STEP_MS))
    }
}

#[tokio::test]
async fn a_code_held_before_a_webcam_and_a_face_lead_to_people_in_the_window() {
    if fonts(None).is_err() {
        println!("SKIP the window before a webcam: no font with Chinese signs");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (portal, pc, settings) = ground(folder.path()).await;
    let phone = folder.path().join("phone");
    settings.write(&phone).unwrap();
    let page = pc
        .register_enterprise(&EnterpriseForm::sample())
        .await
        .unwrap();
    let code = folder.path().join("code.png");
    photograph(&pc, &page, &code).await;
    walk(&phone, code);
    let now = pc.page(&page.path, None).await.unwrap();
    assert!(now.markup.contains("人工审核"), "{}", now.markup);
    portal.stop().await.unwrap();
}

fn walk(phone: &Path, code: PathBuf) {
    let camera = Held {
        code,
        person: ClipCamera::without_waiting(&person("p01")),
        busy: AtomicBool::new(true),
    };
    let mut window = Driver::before(phone, Arc::new(camera));
    window.press("扫一扫");
    window.see("摄像头打不开");
    window.shot("02-scan-camera-busy");
    window.press("用摄像头扫");
    window.see("认证码");
    window.shot("02-scan-live");
    window.see("请核对");
    window.press("是我，继续");
    window.press("同意，开始刷脸");
    window.press("开始");
    window.see("已转人工审核");
}
