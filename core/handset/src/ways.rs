//! Ways on when the face cannot work (protocol 5.8): offered at the first failure, and from the
//! start to whoever asks. In this order, and never without the last two.

use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::variant::Variant;
use quanshengshi_rules::language::Language;

/// One way on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WayOn {
    /// Other acts on this phone.
    OtherActs(Variant),
    /// Somebody else holds the phone; its rear camera is used.
    Helper,
    /// Sign in with the national portal's account on the PC.
    NationalAccount,
    /// Sign in with the electronic licence on the PC.
    ElectronicLicence,
    /// People look at materials.
    ManualReview,
    /// A service window.
    ServiceWindow,
}

impl WayOn {
    /// The code of the way, for the shell's icons and for its log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OtherActs(Variant::NoHead) => "WAY_NO_HEAD",
            Self::OtherActs(Variant::NoMouth) => "WAY_NO_MOUTH",
            Self::OtherActs(Variant::Seated) => "WAY_SEATED",
            Self::OtherActs(Variant::Usual | Variant::Helper) => "WAY_OTHER_ACTS",
            Self::Helper => "WAY_HELPER",
            Self::NationalAccount => "WAY_NATIONAL",
            Self::ElectronicLicence => "WAY_LICENCE",
            Self::ManualReview => "WAY_REVIEW",
            Self::ServiceWindow => "WAY_WINDOW",
        }
    }

    /// The variant to ask the portal for, when the way goes on with the face.
    pub const fn variant(self) -> Option<Variant> {
        match self {
            Self::OtherActs(variant) => Some(variant),
            Self::Helper => Some(Variant::Helper),
            _ => None,
        }
    }

    /// What the way is called.
    pub const fn title(self, language: Language) -> &'static str {
        self.words(language).0
    }

    /// What to do, and what to expect.
    pub const fn text(self, language: Language) -> &'static str {
        self.words(language).1
    }

    const fn words(self, language: Language) -> (&'static str, &'static str) {
        let (zh, en) = match self {
            Self::OtherActs(Variant::Seated) => (
                ("慢一点", "不用点头，每个动作时间加倍，可以坐着完成"),
                ("Slower", "No nod, twice the time for each act; you may sit"),
            ),
            Self::OtherActs(Variant::NoMouth) => (
                ("不张嘴", "只转头和点头"),
                ("Mouth stays shut", "Only turn your head and nod"),
            ),
            Self::OtherActs(Variant::NoHead) => (
                ("不动头", "只张嘴。没有转头看不出立体，会转人工审核"),
                (
                    "Head stays still",
                    "Only open your mouth. Without a turn there is no depth, so people decide",
                ),
            ),
            Self::OtherActs(Variant::Usual | Variant::Helper) => (
                ("换一组动作", "换成另一组动作再试"),
                ("Other acts", "Try again with other acts"),
            ),
            Self::Helper => (
                (
                    "请人帮忙",
                    "由家人拿手机，用后置摄像头对着您，手机会念出动作",
                ),
                (
                    "With a helper",
                    "Somebody holds the phone with the rear camera towards you; it speaks the acts",
                ),
            ),
            Self::NationalAccount => (
                ("国家政务服务账号", "在电脑登录页的其他登录方式里选择"),
                (
                    "National account",
                    "Choose it on the computer among the other ways to sign in",
                ),
            ),
            Self::ElectronicLicence => (
                ("电子营业执照", "在电脑登录页的其他登录方式里选择"),
                (
                    "Electronic licence",
                    "Choose it on the computer among the other ways to sign in",
                ),
            ),
            Self::ManualReview => (
                (
                    "人工审核",
                    "在电脑上传材料，48 个工作小时内审核，结果发短信",
                ),
                (
                    "Manual review",
                    "Upload materials on the computer; decided within 48 working hours, told by SMS",
                ),
            ),
            Self::ServiceWindow => (
                ("到窗口办理", "带身份证到当地政务服务窗口"),
                (
                    "Service window",
                    "Take your ID card to a local service window",
                ),
            ),
        };
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// The ways on for a kind of task, best first. The electronic licence belongs to enterprises.
pub fn ways_on(kind: TaskKind) -> Vec<WayOn> {
    let mut ways = vec![
        WayOn::OtherActs(Variant::Seated),
        WayOn::OtherActs(Variant::NoMouth),
        WayOn::OtherActs(Variant::NoHead),
        WayOn::Helper,
        WayOn::NationalAccount,
    ];
    if kind != TaskKind::RealNamePersonal {
        ways.push(WayOn::ElectronicLicence);
    }
    ways.extend([WayOn::ManualReview, WayOn::ServiceWindow]);
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sc_08_every_task_offers_ways_on_in_the_protocols_order_and_in_both_languages() {
        for kind in TaskKind::ALL {
            let ways = ways_on(kind);
            assert_eq!(ways.first(), Some(&WayOn::OtherActs(Variant::Seated)));
            assert_eq!(
                ways[ways.len() - 2..],
                [WayOn::ManualReview, WayOn::ServiceWindow]
            );
            let place = |way| ways.iter().position(|found| *found == way);
            assert!(place(WayOn::Helper) < place(WayOn::NationalAccount));
            let licence = place(WayOn::ElectronicLicence).is_some();
            assert_eq!(licence, kind != TaskKind::RealNamePersonal);
            for way in &ways {
                for text in [way.title(Language::Zh), way.text(Language::Zh)] {
                    assert!(!text.is_ascii() && !text.contains('！'), "{text}");
                }
                assert!(way.title(Language::En).is_ascii() && way.text(Language::En).is_ascii());
            }
            let mut codes: Vec<&str> = ways.iter().map(|way| way.code()).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), ways.len());
        }
    }
}
