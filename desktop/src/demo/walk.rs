//! The order of the steps.

use std::path::{Path, PathBuf};

use quanshengshi::task::TaskStage;
use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_pc::portal_process::{PortalProcess, Ready};

use crate::demo::error::DemoError;
use crate::demo::pc::Pc;
use crate::demo::phone::Phone;
use crate::demo::report::Report;
use crate::phone_folder::words_of;

/// What the copy on the PC is for.
const PURPOSE: &str = "银行开户";
/// The certificate that is taken.
const CERTIFICATE: &str = "营业执照";

/// Walks every step; the portal when it is to be kept running.
pub(crate) async fn walk(
    report: &mut Report,
    people: &Path,
    out: &Path,
    keep: bool,
) -> Result<Option<PortalProcess>, DemoError> {
    let portal = report
        .step("portal starts with sample registers", async {
            let portal = PortalProcess::start(&beside()?, &out.join("portal")).await?;
            let origin = portal.ready.origin.clone();
            Ok::<_, DemoError>((portal, origin))
        })
        .await?;
    let ready = portal.ready.clone();
    let mut pc = report
        .step("PC is ready", async {
            let pc = Pc::start(&ready).await?;
            let way = if pc.is_browser() {
                "Chromium"
            } else {
                "no Chromium here: the same pages by HTTP"
            };
            Ok::<_, DemoError>((pc, way.to_owned()))
        })
        .await?;
    let mut phone = report
        .step("phone is ready", async {
            let phone = Phone::open(&ready, &out.join("phone"), people)?;
            Ok::<_, DemoError>((phone, "software keys, empty vault".to_owned()))
        })
        .await?;
    register(report, &mut pc, &mut phone, &ready, out).await?;
    let (task, certificate) = download(report, &mut pc, &mut phone, &ready, out).await?;
    report
        .step("phone keeps its own sealed copy", async {
            let kept = phone.fetch(&task).await?;
            Ok::<_, DemoError>(((), kept.join("\n")))
        })
        .await?;
    let portal = report
        .step(
            if keep {
                "portal stays"
            } else {
                "portal is stopped"
            },
            async {
                pc.close().await?;
                if keep {
                    return Ok::<_, DemoError>((Some(portal), ready.origin.clone()));
                }
                portal.stop().await?;
                Ok((None, "no connection is possible from here on".to_owned()))
            },
        )
        .await?;
    report
        .step("phone shows the certificate offline", async {
            let facts = phone.show(&certificate, &out.join("certificate.png"))?;
            Ok::<_, DemoError>(((), facts))
        })
        .await?;
    Ok(portal)
}

/// The portal's program, which stands beside this one.
fn beside() -> Result<PathBuf, DemoError> {
    let here = std::env::current_exe().map_err(DemoError::Files)?;
    Ok(here.with_file_name("qss-portal"))
}

/// From 注册 to a real-name account, with one wrong face on the way.
async fn register(
    report: &mut Report,
    pc: &mut Pc,
    phone: &mut Phone,
    ready: &Ready,
    out: &Path,
) -> Result<(), DemoError> {
    let form = EnterpriseForm::sample();
    report
        .step("PC registers an enterprise", async {
            pc.register(&ready.origin, &form).await?;
            Ok::<_, DemoError>((
                (),
                format!("{} {}", form.organisation_name, form.credit_code),
            ))
        })
        .await?;
    scan(report, pc, phone, out, "register").await?;
    report
        .step("another person's face is refused", async {
            let stage = phone.prove("p09").await?;
            match &stage {
                TaskStage::Capture {
                    reason: Some(reason),
                    ..
                } if reason == "FACE_MISMATCH" => {}
                other => return Err(DemoError::Unexpected(format!("{other:?}"))),
            }
            Ok(((), words_of("FACE_MISMATCH")))
        })
        .await?;
    report
        .step("the legal representative's face is accepted", async {
            approved(phone.prove("p01").await?)
        })
        .await?;
    report
        .step("PC page turns", async {
            pc.wait_card("done").await?;
            pc.look(&out.join("pc-registered.png")).await?;
            Ok::<_, DemoError>(((), "已完成".to_owned()))
        })
        .await
}

/// From 登录 to the file on the PC; the task and the certificate.
async fn download(
    report: &mut Report,
    pc: &mut Pc,
    phone: &mut Phone,
    ready: &Ready,
    out: &Path,
) -> Result<(String, String), DemoError> {
    let form = EnterpriseForm::sample();
    report
        .step("PC signs in with the slider", async {
            pc.sign_in(&ready.origin, &form.credit_code, &form.password)
                .await?;
            Ok::<_, DemoError>(((), form.credit_code.clone()))
        })
        .await?;
    let certificate = report
        .step("PC chooses a certificate", async {
            let certificate = pc.ask_download(&ready.origin, CERTIFICATE, PURPOSE).await?;
            let detail = format!("{CERTIFICATE} {certificate}, {PURPOSE}");
            Ok::<_, DemoError>((certificate, detail))
        })
        .await?;
    let task = scan(report, pc, phone, out, "download").await?;
    report
        .step("the legal representative's face opens it", async {
            approved(phone.prove("p01").await?)
        })
        .await?;
    report
        .step("PC downloads the file", async {
            pc.wait_card("done").await?;
            let file = pc.download().await?;
            if !file.starts_with(b"PK") {
                return Err(DemoError::Unexpected("the file is no OFD".to_owned()));
            }
            std::fs::write(out.join("pc-copy.ofd"), &file).map_err(DemoError::Files)?;
            pc.look(&out.join("pc-copy.png")).await?;
            Ok(((), format!("{} bytes, pc-copy.ofd", file.len())))
        })
        .await?;
    Ok((task, certificate))
}

fn approved(stage: TaskStage) -> Result<((), String), DemoError> {
    match stage {
        TaskStage::Approved { .. } => Ok(((), "approved by the portal's own appraisal".to_owned())),
        other => Err(DemoError::Unexpected(format!("{other:?}"))),
    }
}

/// Photographs the PC's screen, reads it, claims the task, prints and agrees; the task.
async fn scan(
    report: &mut Report,
    pc: &Pc,
    phone: &mut Phone,
    out: &Path,
    name: &str,
) -> Result<String, DemoError> {
    let code = report
        .step("phone scans the PC's screen", async {
            pc.wait_card("waiting").await?;
            pc.show_code().await?;
            let screen = pc.look(&out.join(format!("pc-{name}.png"))).await?;
            let code = phone.scan(&screen, &out.join(format!("photo-{name}.jpg")))?;
            let detail = code.clone();
            Ok::<_, DemoError>((code, detail))
        })
        .await?;
    report
        .step("phone claims the task and shows what is asked", async {
            let (task, asked) = phone.claim(code).await?;
            Ok::<_, DemoError>((task, asked))
        })
        .await
}

/// How to walk the demo by hand on the portal that was left running.
pub(crate) fn by_hand(ready: &Ready, out: &Path) -> String {
    let form = EnterpriseForm::sample();
    format!(
        "\nThe portal stays at {origin} (Ctrl-C ends it). By hand:\n\
         1. Open it in a browser and accept its certificate, or import {ca}.\n\
         2. 登录: {account} / {password}. Short messages arrive at {origin}/sample/outbox.\n\
         3. 用户空间 → 我的证照 → 下载.\n\
         4. With a webcam: cargo run --release -p quanshengshi-desktop --features camera -- confirm --config {phone}\n\
         \x20  Without one: qss scan takes screenshots; the sample register knows only the rendered\n\
         \x20  faces, so your own face will be refused, as it should be.\n\
         5. The phone's screens in a window: cargo run --release -p quanshengshi-desktop --features window",
        origin = ready.origin,
        ca = ready.ca.display(),
        account = form.credit_code,
        password = form.password,
        phone = out.join("phone/phone.json").display(),
    )
}
