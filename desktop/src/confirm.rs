//! `qss confirm`: a webcam in place of the phone's camera.

use std::path::Path;

use quanshengshi::capture::{FaceGuidance, FacePrompt};
use quanshengshi::handset::Handset;
use quanshengshi::scanner::Scanner;
use quanshengshi::task::{PersonDecision, TaskStage};

use crate::out;
use crate::phone_folder::{PhoneSettings, words_of};
use crate::pixels::layout;
use crate::webcam::Webcam;

/// Scans, asks, captures, confirms; whether the portal approved.
pub(crate) fn confirm(config: &Path, code: Option<&str>) -> bool {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no runtime: {error}");
            return false;
        }
    };
    match runtime.block_on(try_confirm(config, code)) {
        Ok(approved) => approved,
        Err(error) => {
            eprintln!("{error}");
            false
        }
    }
}

async fn try_confirm(config: &Path, code: Option<&str>) -> Result<bool, String> {
    let folder = config.parent().unwrap_or(Path::new("."));
    let settings = PhoneSettings::read(folder).map_err(|error| error.to_string())?;
    let handset = settings.open(folder).map_err(|error| error.to_string())?;
    let mut webcam = Webcam::open().map_err(|error| error.to_string())?;
    let code = match code {
        Some(code) => code.to_owned(),
        None => scan(&mut webcam, &handset)?,
    };
    let said = |error: quanshengshi::error::QssError| words_of(error.code());
    let invitation = handset.read_code(&code).map_err(said)?;
    let task = handset.claim(invitation, None).await.map_err(said)?;
    let ask = task.ask();
    out::line(format_args!("“{}”", ask.title));
    for line in ask.lines {
        out::line(format_args!("  {}：{}", line.label, line.value));
    }
    out::line(ask.warning);
    out::line("是我，同意刷脸：输入 y　不是我：输入 n");
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|error| error.to_string())?;
    let agreed = answer.trim() == "y";
    let decision = if agreed {
        PersonDecision::AgreeWithFace
    } else {
        PersonDecision::NotMe
    };
    let mut stage = task.answer(decision, None).await.map_err(said)?;
    while let TaskStage::Capture {
        attempt,
        attempts,
        ref reason,
        ..
    } = stage
    {
        if let Some(reason) = reason {
            out::line(words_of(reason));
        }
        out::line(format_args!("第 {attempt} 次，共 {attempts} 次"));
        let capture = task.begin_capture_elsewhere().map_err(said)?;
        loop {
            let (picture, t_ms) = webcam.frame().map_err(|error| error.to_string())?;
            match capture
                .offer(&picture.pixels, layout(&picture), t_ms)
                .map_err(said)?
            {
                FaceGuidance::Finished => break,
                FaceGuidance::Failed { code } => return Err(words_of(&code)),
                guidance => print_guidance(&guidance),
            }
        }
        stage = task.confirm(capture, None).await.map_err(said)?;
    }
    out::line(format_args!("{stage:?}"));
    Ok(matches!(stage, TaskStage::Approved { .. }))
}

/// Milliseconds a frame of the webcam may take.
const SCAN_BUDGET_MS: u32 = 25;

fn scan(webcam: &mut Webcam, handset: &Handset) -> Result<String, String> {
    out::line("请将二维码对准摄像头");
    let scanner = Scanner::new();
    loop {
        let (picture, t_ms) = webcam.frame().map_err(|error| error.to_string())?;
        let glance = scanner
            .look(&picture.pixels, layout(&picture), t_ms, SCAN_BUDGET_MS)
            .map_err(|error| words_of(error.code()))?;
        let texts: Vec<String> = glance.codes.into_iter().map(|code| code.text).collect();
        match handset.pick_code(texts.clone()) {
            Ok(None) => {}
            Ok(Some(_)) => {
                let is_it = |text: &String| handset.read_code(text).is_ok();
                return texts
                    .into_iter()
                    .find(is_it)
                    .ok_or_else(|| words_of("QR_NOT_OURS"));
            }
            Err(error) => out::line(words_of(error.code())),
        }
    }
}

fn print_guidance(guidance: &FaceGuidance) {
    match guidance {
        FaceGuidance::Improve { code } => out::line(words_of(code)),
        FaceGuidance::HoldNeutral { .. } => out::line("请正对屏幕"),
        FaceGuidance::Do {
            prompt,
            remaining_ms,
            ..
        } => {
            let words = match prompt {
                FacePrompt::TurnLeft => "请向左转头",
                FacePrompt::TurnRight => "请向右转头",
                FacePrompt::OpenMouth => "请张嘴",
                FacePrompt::Nod => "请点头",
                FacePrompt::LookStraight => "请正视屏幕",
                FacePrompt::ComeCloser => "请靠近再退回",
                FacePrompt::Blink => "请眨眼",
            };
            out::line(format_args!(
                "{words}，还有 {} 秒",
                remaining_ms.div_ceil(1000)
            ));
        }
        FaceGuidance::ComeBack { .. } => out::line("请回正"),
        FaceGuidance::PromptDone { .. } | FaceGuidance::Finished | FaceGuidance::Failed { .. } => {}
    }
}
