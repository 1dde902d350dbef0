//! One entry of the audit.

use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The page at the PC.
    Page,
    /// A phone.
    Phone,
    /// The portal itself: an appraisal, a time limit.
    Portal,
    /// A reviewer at the desk.
    Reviewer,
}

impl Actor {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Phone => "phone",
            Self::Portal => "portal",
            Self::Reviewer => "reviewer",
        }
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $word:literal;)*) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum AuditEvent { $($(#[$doc])* $name,)* }

        impl AuditEvent {
            /// Every event.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in the database.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

events! {
    /// A phone was enrolled.
    DeviceEnrolled "device-enrolled";
    /// The chain of a device's key was judged; the decision is the level or the doubt.
    DeviceAttested "device-attested";
    /// A device was revoked.
    DeviceRevoked "device-revoked";
    /// A phone left: its person signed out.
    DeviceLeft "device-left";
    /// A page opened a task.
    Opened "task-opened";
    /// A phone claimed a task.
    Claimed "task-claimed";
    /// A second phone tried to claim a task.
    SecondPhone "second-phone";
    /// The person agreed.
    Consented "consented";
    /// The person agreed to the task but not to the face check.
    FaceRefused "face-refused";
    /// The person said that it is somebody else: a security event.
    NotMe "security-not-me";
    /// The person declined.
    Declined "declined";
    /// A challenge was issued.
    Challenged "challenged";
    /// Evidence was accepted for appraisal.
    Submitted "evidence-submitted";
    /// A signature did not hold, or evidence was refused as forged: a security event.
    Forged "security-forged";
    /// An appraisal was decided.
    Decided "decided";
    /// An attempt ended without evidence.
    AttemptLost "attempt-lost";
    /// A time limit ended the task.
    Expired "expired";
    /// The page, or a newer task of the phone, gave the task up.
    Cancelled "cancelled";
    /// The approval was used.
    Closed "closed";
    /// An account became real-name.
    RealName "real-name";
    /// A package was made for a phone.
    Packaged "packaged";
    /// The person asked for other acts.
    VariantAsked "variant-asked";
    /// A phone got a code by which somebody else checks a certificate.
    VerificationMade "verification-made";
    /// Such a code was opened for the first time.
    VerificationOpened "verification-opened";
    /// An application for review was handed in.
    ReviewSubmitted "review-submitted";
    /// A reviewer opened a case.
    ReviewRead "review-read";
    /// A reviewer had the full numbers of a case shown.
    ReviewRevealed "review-revealed";
    /// A reviewer opened a picture of a case.
    ReviewMaterialRead "review-material-read";
    /// A reviewer decided a case.
    ReviewDecided "review-decided";
    /// An application was approved and its account made.
    ReviewApproved "review-approved";
    /// An application was returned.
    ReviewReturned "review-returned";
    /// An application was found late.
    ReviewEscalated "review-escalated";
    /// The pictures of an application were deleted.
    ReviewMaterialsDeleted "review-materials-deleted";
    /// A reviewer opened a face that was left to people, with its pictures.
    FaceCaseRead "face-case-read";
    /// A reviewer decided about such a face.
    FaceCaseDecided "face-case-decided";
    /// A reviewer was added.
    ReviewerAdded "reviewer-added";
    /// A reviewer signed in.
    ReviewerSignedIn "reviewer-signed-in";
}

/// What is recorded of one event.
#[derive(Debug, Clone, Copy)]
pub struct AuditEntry<'a> {
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub event: AuditEvent,
    /// The task, if it is about one.
    pub task: Option<TaskId>,
    /// Digest of what was agreed to.
    pub transaction: Option<Digest>,
    /// Digest of the evidence's signed header.
    pub evidence: Option<Digest>,
    /// The device.
    pub device: Option<DeviceId>,
    /// The state or verdict that followed; empty when none did.
    pub decision: &'a str,
    /// Why.
    pub reason: Option<RefusalCode>,
    /// Version of networks, thresholds or notice that decided; empty when none did.
    pub policy: &'a str,
    /// The application for review, by its number in the database.
    pub application: Option<i64>,
    /// The reviewer, by their number in the database.
    pub reviewer: Option<i64>,
}

impl AuditEntry<'_> {
    /// An entry that says who and what, and nothing else yet.
    pub const fn new(actor: Actor, event: AuditEvent) -> Self {
        Self {
            actor,
            event,
            task: None,
            transaction: None,
            evidence: None,
            device: None,
            decision: "",
            reason: None,
            policy: "",
            application: None,
            reviewer: None,
        }
    }
}
