//! What is agreed to: the fields that are hashed, and the text made of them.
//!
//! "What you see is what you sign": the portal sends fields, never prose. The phone renders the
//! text of these fields and signs the digest of the same fields.

use quanshengshi_rules::language::Language;

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{Digest, TaskId};
use crate::statement::Statement;

/// The most certificates of one task.
pub const MOST_OBJECTS: usize = 32;

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// A person's account becomes real-name.
    RealNamePersonal,
    /// An enterprise's account becomes real-name, by its legal representative.
    RealNameLegal,
    /// Certificates are opened on the PC.
    CertificateView,
    /// Certificates are downloaded on the PC, and kept on the phone.
    CertificateDownload,
}

impl TaskKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::RealNamePersonal,
        Self::RealNameLegal,
        Self::CertificateView,
        Self::CertificateDownload,
    ];

    /// The number in signed bytes and in the database.
    pub const fn code(self) -> u8 {
        match self {
            Self::RealNamePersonal => 1,
            Self::RealNameLegal => 2,
            Self::CertificateView => 3,
            Self::CertificateDownload => 4,
        }
    }

    /// The kind of a number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether an approval opens certificates.
    pub const fn opens_certificates(self) -> bool {
        matches!(self, Self::CertificateView | Self::CertificateDownload)
    }
}

/// A certificate the task is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskObject {
    /// The certificate's identifier as written.
    pub certificate: String,
    /// Its name.
    pub name: String,
}

/// Where the PC's request came from, as far as the portal saw it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PcContext {
    /// Browser family and main version.
    pub browser: String,
    /// Operating system.
    pub system: String,
    /// Place by network address, empty when unknown.
    pub place: String,
    /// Network address with the last part left out.
    pub network: String,
}

/// The fields that are shown and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The task.
    pub task: TaskId,
    /// What it is about.
    pub kind: TaskKind,
    /// The account: enterprise name, or the person's masked name.
    pub account: String,
    /// The account's number, masked.
    pub account_number: String,
    /// Whose face is asked for, masked.
    pub subject: String,
    /// Last characters of the subject's document, masked.
    pub subject_document: String,
    /// Keyed hash of the subject's document: names the person without telling who it is.
    pub subject_key: Digest,
    /// The certificates asked for.
    pub objects: Vec<TaskObject>,
    /// What the copy is for; empty when nothing is copied.
    pub purpose: String,
    /// The mobile number bound to the account, masked; empty when none is.
    pub mobile: String,
    /// Where the request came from.
    pub pc: PcContext,
    /// Portal time of creation, milliseconds since 1970.
    pub created_at_ms: u64,
}

impl Statement for Transaction {
    const LABEL: &'static str = "HLJTXN1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.task.as_bytes())
            .number(2, self.kind.code().into())
            .text(3, &self.account)
            .text(4, &self.account_number)
            .text(5, &self.subject)
            .text(6, &self.subject_document)
            .bytes(7, self.subject_key.as_bytes())
            .list(8, &self.objects, |object| {
                Writer::default()
                    .text(1, &object.certificate)
                    .text(2, &object.name)
                    .finish()
            })
            .text(9, &self.purpose)
            .text(10, &self.mobile)
            .text(11, &self.pc.browser)
            .text(12, &self.pc.system)
            .text(13, &self.pc.place)
            .text(14, &self.pc.network)
            .number(15, self.created_at_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            task: TaskId::from_bytes(body.array(1)?),
            kind: TaskKind::from_code(body.small(2)?).ok_or(CanonicalError::Value { tag: 2 })?,
            account: body.text(3)?,
            account_number: body.text(4)?,
            subject: body.text(5)?,
            subject_document: body.text(6)?,
            subject_key: Digest::from_bytes(body.array(7)?),
            objects: body.list(8, MOST_OBJECTS, |bytes| {
                let mut object = Reader::new(bytes)?;
                let read = TaskObject {
                    certificate: object.text(1)?,
                    name: object.text(2)?,
                };
                object.finish()?;
                Ok(read)
            })?,
            purpose: body.text(9)?,
            mobile: body.text(10)?,
            pc: PcContext {
                browser: body.text(11)?,
                system: body.text(12)?,
                place: body.text(13)?,
                network: body.text(14)?,
            },
            created_at_ms: body.number(15)?,
        })
    }
}

/// One fact of a consent text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLine {
    /// What the fact is about.
    pub label: String,
    /// The fact.
    pub value: String,
}

/// What the person reads before agreeing, in the order of the ask screen: what, who, from where,
/// which phone number, the warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    /// What is asked.
    pub title: String,
    /// The facts.
    pub lines: Vec<ConsentLine>,
    /// What to look out for.
    pub warning: String,
}

impl Transaction {
    /// Renders the text of exactly the fields that are hashed.
    pub fn consent_text(&self, language: Language) -> ConsentText {
        let pick = |zh: &str, en: &str| match language {
            Language::Zh => zh.to_owned(),
            Language::En => en.to_owned(),
        };
        let title = match self.kind {
            TaskKind::RealNamePersonal => {
                pick("注册账号，实名认证", "Register: prove your identity")
            }
            TaskKind::RealNameLegal => pick(
                "注册企业账号，法定代表人认证",
                "Register an enterprise: prove you represent it",
            ),
            TaskKind::CertificateView => {
                pick("在电脑上查看证照", "View certificates on the computer")
            }
            TaskKind::CertificateDownload => {
                pick("在电脑上下载证照", "Download certificates on the computer")
            }
        };
        let mut lines = Vec::new();
        let mut add = |label: String, value: String| {
            if !value.is_empty() {
                lines.push(ConsentLine { label, value });
            }
        };
        let join = |parts: [&str; 2]| {
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" · ")
        };
        for object in &self.objects {
            add(pick("证照", "Certificate"), object.name.clone());
        }
        add(pick("用途", "Purpose"), self.purpose.clone());
        add(
            pick("账号", "Account"),
            join([&self.account, &self.account_number]),
        );
        add(
            match self.kind {
                TaskKind::RealNameLegal => pick(
                    "须由法定代表人本人完成",
                    "Only the legal representative in person",
                ),
                _ => pick("须由本人刷脸", "Whose face"),
            },
            join([&self.subject, &self.subject_document]),
        );
        add(
            pick("电脑", "Computer"),
            join([&self.pc.browser, &self.pc.system]),
        );
        add(
            pick("来自", "From"),
            join([&self.pc.place, &self.pc.network]),
        );
        add(
            pick("绑定手机，这是您的手机号吗？", "Bound number. Is it yours?"),
            self.mobile.clone(),
        );
        let warning = match self.kind {
            TaskKind::RealNamePersonal | TaskKind::RealNameLegal => pick(
                "如果电脑不在您面前，或有人让您扫码领补贴，请点“不是我”。",
                "If the computer is not in front of you, or somebody told you to scan for a payment, choose Not me.",
            ),
            TaskKind::CertificateView | TaskKind::CertificateDownload => pick(
                "同意后，证照会在上面这台电脑打开。不是您在操作，请点“不是我”。",
                "If you agree, the certificate opens on that computer. If it is not you, choose Not me.",
            ),
        };
        ConsentText {
            title,
            lines,
            warning,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::statement::tests::holds;

    pub(crate) fn sample() -> Transaction {
        Transaction {
            task: TaskId::from_bytes([1; 16]),
            kind: TaskKind::CertificateDownload,
            account: "北疆云杉科技(哈尔滨)有限公司".to_owned(),
            account_number: "9123**********3D8J".to_owned(),
            subject: "林*远".to_owned(),
            subject_document: "**************0015".to_owned(),
            subject_key: Digest::from_bytes([2; 32]),
            objects: vec![TaskObject {
                certificate: "1.2.156.3005.2.x".to_owned(),
                name: "营业执照".to_owned(),
            }],
            purpose: "银行开户".to_owned(),
            mobile: "138****1234".to_owned(),
            pc: PcContext {
                browser: "Chrome 156".to_owned(),
                system: "Windows".to_owned(),
                place: "哈尔滨".to_owned(),
                network: "10.1.2.*".to_owned(),
            },
            created_at_ms: 1_790_000_000_000,
        }
    }

    #[test]
    fn its_bytes_are_frozen() {
        holds(&sample(), "Vj5gzbqhnLXFfq7w0Nzz9UprBhkEwc2U7PEy3W1PYwc");
    }

    #[test]
    fn every_field_a_person_should_compare_stands_in_the_text() {
        for language in [Language::Zh, Language::En] {
            let text = sample().consent_text(language);
            let shown: String = text
                .lines
                .iter()
                .map(|line| line.value.clone() + "\n")
                .collect();
            for fact in [
                "营业执照",
                "银行开户",
                "北疆云杉",
                "林*远",
                "Chrome 156",
                "哈尔滨",
                "138****1234",
            ] {
                assert!(shown.contains(fact), "{fact} is missing in {shown}");
            }
            assert!(!text.title.is_empty() && !text.warning.is_empty());
        }
    }

    #[test]
    fn lr_19_a_legal_registration_names_the_enterprise_and_asks_for_its_representative() {
        let legal = Transaction {
            kind: TaskKind::RealNameLegal,
            objects: Vec::new(),
            purpose: String::new(),
            ..sample()
        };
        let lines = legal.consent_text(Language::Zh).lines;
        assert!(lines.iter().any(|line| line.value.contains("北疆云杉")));
        let who = lines.iter().find(|line| line.value.contains("林*远"));
        assert_eq!(
            who.map(|line| line.label.as_str()),
            Some("须由法定代表人本人完成")
        );
    }

    #[test]
    fn sc_05_name_and_document_are_shown_masked_before_the_camera_opens() {
        let lines = sample().consent_text(Language::Zh).lines;
        let who = lines
            .iter()
            .find(|line| line.value.contains("林*远"))
            .unwrap();
        assert_eq!(who.value, "林*远 · **************0015");
    }

    #[test]
    fn an_empty_fact_gets_no_line() {
        let bare = Transaction {
            purpose: String::new(),
            mobile: String::new(),
            ..sample()
        };
        let text = bare.consent_text(Language::Zh);
        assert!(text.lines.iter().all(|line| !line.value.is_empty()));
        assert_eq!(
            text.lines.len(),
            sample().consent_text(Language::Zh).lines.len() - 2
        );
    }

    #[test]
    fn the_codes_of_the_kinds_are_frozen() {
        assert_eq!(TaskKind::ALL.map(TaskKind::code), [1, 2, 3, 4]);
        assert_eq!(TaskKind::from_code(5), None);
    }
}
