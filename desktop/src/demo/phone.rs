//! The person with the phone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanshengshi::capture::{Capture, FaceGuidance, FacePrompt};
use quanshengshi::handset::Handset;
use quanshengshi::scanner::Scanner;
use quanshengshi::task::{ConfirmTask, PersonDecision, TaskStage};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::encode_jpeg;
use quanshengshi_pc::portal_process::Ready;
use quanshengshi_scenes::clips::performer::Performer;
use quanshengshi_scenes::screen::photograph;
use quanshengshi_scenes::screen::view::View;

use crate::demo::error::DemoError;
use crate::phone_folder::PhoneSettings;
use crate::pixels::layout;
use crate::wallet::PX_PER_MM;

/// Frames after which a performer is taken to be stuck: three minutes of video.
const PATIENCE: usize = 2160;

/// A phone, and the rendered people who may stand before its camera.
pub(crate) struct Phone {
    handset: Arc<Handset>,
    people: PathBuf,
    task: Option<Arc<ConfirmTask>>,
    captures: u64,
    invited: BTreeMap<String, Performer>,
}

impl Phone {
    pub(crate) fn open(ready: &Ready, folder: &Path, people: &Path) -> Result<Self, DemoError> {
        let settings = PhoneSettings {
            origin: ready.origin.clone(),
            roots_pem: std::fs::read_to_string(&ready.ca).map_err(DemoError::Files)?,
            portal_key: ready.portal_key.clone(),
            seal_roots_pem: ready.seal_roots_pem.clone(),
        };
        settings.write(folder)?;
        let handset = settings.open(folder)?;
        Ok(Self {
            handset,
            people: people.to_owned(),
            task: None,
            captures: 0,
            invited: BTreeMap::new(),
        })
    }

    /// Photographs the screen until one of the codes read is an invitation of the portal.
    pub(crate) fn scan(&self, screen: &Rgb, file: &Path) -> Result<String, DemoError> {
        let scanner = Scanner::new();
        let mut said = None;
        for hand in 0..4 {
            let photo = photograph(screen, &View::default().by_another_hand(hand));
            let jpeg = encode_jpeg(&photo, 90)
                .map_err(|error| DemoError::Unexpected(error.to_string()))?;
            std::fs::write(file, jpeg).map_err(DemoError::Files)?;
            for code in scanner.offer(&photo.pixels, layout(&photo), 0)? {
                match self.handset.read_code(&code.text) {
                    Ok(_) => return Ok(code.text),
                    Err(error) => said = Some(error),
                }
            }
        }
        Err(said.map_or(DemoError::NoCode, Into::into))
    }

    /// Claims the task of a code, and agrees to what the ask screen says; task and screen.
    pub(crate) async fn claim(&mut self, code: String) -> Result<(String, String), DemoError> {
        let invitation = self.handset.read_code(&code)?;
        let task = self.handset.claim(invitation, None).await?;
        let ask = task.ask();
        let mut screen = vec![format!("“{}”", ask.title)];
        screen.extend(
            ask.lines
                .iter()
                .map(|line| format!("{}：{}", line.label, line.value)),
        );
        screen.push(ask.warning);
        screen.push("→ 是我，同意刷脸".to_owned());
        task.answer(PersonDecision::AgreeWithFace, None).await?;
        let name = task.task_id();
        self.task = Some(task);
        Ok((name, screen.join("\n")))
    }

    /// Leads a rendered person through the portal's prompts and sends the evidence.
    pub(crate) async fn prove(&mut self, person: &str) -> Result<TaskStage, DemoError> {
        let task = self.task.clone().ok_or(DemoError::NoCode)?;
        let capture = task.begin_capture(true)?;
        self.captures += 1;
        let mut performer = self.invite(person)?.before_camera(self.captures);
        perform(&capture, &mut performer)?;
        Ok(task.confirm(capture, None).await?)
    }

    /// The person, read from the pictures once.
    fn invite(&mut self, person: &str) -> Result<Performer, DemoError> {
        if let Some(known) = self.invited.get(person) {
            return Ok(known.clone());
        }
        let performer = Performer::open(&self.people.join(person))
            .map_err(|error| DemoError::Person(error.to_string()))?;
        self.invited.insert(person.to_owned(), performer.clone());
        Ok(performer)
    }

    /// Fetches the package of an approved task into the vault; what is kept, a line each.
    pub(crate) async fn fetch(&self, task: &str) -> Result<Vec<String>, DemoError> {
        let wallet = self.handset.wallet();
        wallet.fetch(task.to_owned(), None).await?;
        let lines = wallet.list()?;
        Ok(lines
            .iter()
            .map(|line| format!("{} {} {}", line.name, line.number, line.certificate))
            .collect())
    }

    /// Opens, verifies and draws a kept certificate; its facts, a line each.
    pub(crate) fn show(&self, certificate: &str, file: &Path) -> Result<String, DemoError> {
        let opened = self.handset.wallet().open(certificate)?;
        let (shown, drawn) = (opened.about(), opened.draw_page(0, PX_PER_MM)?);
        std::fs::write(file, &drawn.png).map_err(DemoError::Files)?;
        let facts = [
            format!("{} {}", shown.name, shown.number),
            format!("{} · {}", shown.holders.join("、"), shown.issuer),
            format!("{} · {}", shown.standing, shown.mark),
            shown.seal.text,
            file.display().to_string(),
        ];
        Ok(facts.join("\n"))
    }
}

/// Offers frames and follows the guidance until the capture is finished.
fn perform(capture: &Capture, performer: &mut Performer) -> Result<(), DemoError> {
    let mut last = None;
    for _ in 0..PATIENCE {
        let (frame, t_ms) = performer.next_frame();
        let guidance = capture.offer(&frame.pixels, layout(frame), t_ms)?;
        match &guidance {
            FaceGuidance::Do { prompt, .. } => {
                performer
                    .perform(act(*prompt))
                    .map_err(|error| DemoError::Person(error.to_string()))?;
            }
            FaceGuidance::Finished => return Ok(()),
            FaceGuidance::Failed { code } => return Err(DemoError::Phone(code.clone())),
            FaceGuidance::Improve { .. }
            | FaceGuidance::HoldNeutral { .. }
            | FaceGuidance::ComeBack { .. }
            | FaceGuidance::PromptDone { .. } => {}
        }
        last = Some(guidance);
    }
    Err(DemoError::Unexpected(format!(
        "the capture did not end; last: {last:?}"
    )))
}

/// The clip of a prompt.
pub(crate) fn act(prompt: FacePrompt) -> &'static str {
    match prompt {
        FacePrompt::TurnLeft => "turn_left",
        FacePrompt::TurnRight => "turn_right",
        FacePrompt::OpenMouth => "open_mouth",
        FacePrompt::Nod => "nod",
        FacePrompt::LookStraight => "neutral",
        FacePrompt::ComeCloser => "come_closer",
        FacePrompt::Blink => "blink",
    }
}
