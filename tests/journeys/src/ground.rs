//! A portal of one's own for each journey.

use std::path::{Path, PathBuf};

use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_pc::plain::{PlainPage, PlainPc};
use quanshengshi_pc::portal_process::{PortalProcess, Ready};
use tempfile::TempDir;

use crate::phone::Phone;

/// A running portal with a fresh database, and a folder for everything else.
#[derive(Debug)]
pub struct Ground {
    portal: Option<PortalProcess>,
    /// What the portal said when it was ready.
    pub ready: Ready,
    folder: TempDir,
}

impl Ground {
    /// Starts a portal.
    pub async fn start() -> Self {
        Self::start_with::<&str>(&[]).await
    }

    /// Starts a portal with more flags. `FOLDER` in a flag is the portal's folder.
    pub async fn start_with<F: AsRef<str>>(flags: &[F]) -> Self {
        let folder = TempDir::new().unwrap();
        let own = folder.path().join("portal");
        let here = own.to_string_lossy();
        let flags: Vec<String> = flags
            .iter()
            .map(|flag| flag.as_ref().replace("FOLDER", &here))
            .collect();
        let portal = PortalProcess::start_with(&program(), &own, "127.0.0.1:0", &flags)
            .await
            .unwrap();
        let ready = portal.ready.clone();
        Self {
            portal: Some(portal),
            ready,
            folder,
        }
    }

    /// Stops the portal; nobody answers from here on.
    pub async fn stop(&mut self) {
        self.portal.take().expect("running").stop().await.unwrap();
    }

    /// Starts it again at the same address over what it kept.
    pub async fn start_again(&mut self) {
        let listen = self.ready.origin.trim_start_matches("https://").to_owned();
        let folder = self.folder.path().join("portal");
        let portal = PortalProcess::start_at(&program(), &folder, &listen)
            .await
            .unwrap();
        assert_eq!(portal.ready.origin, self.ready.origin);
        assert_eq!(
            portal.ready.portal_key, self.ready.portal_key,
            "the keys are kept"
        );
        self.portal = Some(portal);
    }

    /// A PC without a browser.
    pub fn pc(&self) -> PlainPc {
        PlainPc::open(&self.ready.origin, &self.root_pem()).unwrap()
    }

    /// The root of the portal's TLS.
    pub fn root_pem(&self) -> String {
        std::fs::read_to_string(&self.ready.ca).unwrap()
    }

    /// A phone of one's own.
    pub fn phone(&self, name: &str) -> Phone {
        self.phone_over(name, &self.ready.origin)
    }

    /// A phone that reaches the portal by another address.
    pub fn phone_over(&self, name: &str, reached_at: &str) -> Phone {
        let folder = self.folder.path().join(name);
        Phone::open(&self.ready, &self.root_pem(), reached_at, &folder)
    }

    /// A PC at the page with the two codes, and that page.
    pub async fn registered(&self) -> (PlainPc, PlainPage) {
        let pc = self.pc();
        let page = pc
            .register_enterprise(&EnterpriseForm::sample())
            .await
            .unwrap();
        (pc, page)
    }

    /// A PC of an account that is real-name, signed in.
    pub async fn signed_in(&self, phone: &Phone) -> PlainPc {
        let (pc, page) = self.registered().await;
        let task = phone.agree(&code_now(&pc, &page).await).await.unwrap();
        phone.approve(&task).await;
        let form = EnterpriseForm::sample();
        pc.sign_in(&form.credit_code, &form.password).await.unwrap();
        pc
    }
}

/// The text of the code that a waiting page shows now.
pub async fn code_now(pc: &PlainPc, page: &PlainPage) -> String {
    pc.page(&page.path, None)
        .await
        .unwrap()
        .attribute("data-qr")
        .unwrap()
}

/// The state that a waiting page shows now.
pub async fn card_now(pc: &PlainPc, page: &PlainPage) -> String {
    pc.page(&page.path, None)
        .await
        .unwrap()
        .attribute("data-state")
        .unwrap()
}

/// The portal's program, built into the same target folder as this test.
pub fn program() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let folder = here.parent().and_then(Path::parent).unwrap();
    folder.join("qss-portal")
}

/// The rendered people who belong to nobody.
pub fn people() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/people")
}
