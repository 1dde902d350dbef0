//! What a person is told before the face is looked at, by the version the portal asks for.
//!
//! The person's consent is signed with the number of the version, so the words of a number never change:
//! other words are another version, beside the old one for as long as a portal may ask for it.

use quanshengshi_rules::language::Language;

/// A notice in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaceNotice {
    /// Which it is; goes into the signed consent.
    pub version: u32,
    /// What stands on top.
    pub title: &'static str,
    /// What is told, in the order of the screen.
    pub parts: &'static [NoticePart],
}

/// A part of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticePart {
    /// The question it answers.
    pub heading: &'static str,
    /// The answer.
    pub text: &'static str,
}

impl FaceNotice {
    /// The notice of a version; none for one that this app has no words for: it is too old to ask.
    pub fn of(version: u32, language: Language) -> Option<Self> {
        let (title, parts): (_, &[NoticePart]) = match (version, language) {
            (1, Language::Zh) => ("刷脸前，请您单独同意", &FIRST_ZH),
            (1, Language::En) => ("Before the face check we ask for your consent", &FIRST_EN),
            _ => return None,
        };
        Some(Self {
            version,
            title,
            parts,
        })
    }
}

const FIRST_ZH: [NoticePart; 4] = [
    NoticePart {
        heading: "做什么用",
        text: "只用来确认是您本人，只用这一次。",
    },
    NoticePart {
        heading: "发出什么、给谁",
        text: "几张照片和做过的动作加密传给省政务服务平台，与登记照片比对。",
    },
    NoticePart {
        heading: "留多久",
        text: "通过后立即删除；没通过最多留 24 小时；转人工审核的，审完后留 30 天。不存人脸特征，不作他用。",
    },
    NoticePart {
        heading: "可以不同意",
        text: "可以不同意，不影响您办事，可以改用其他办法。",
    },
];

const FIRST_EN: [NoticePart; 4] = [
    NoticePart {
        heading: "What for",
        text: "Only to make sure that it is you, only this once.",
    },
    NoticePart {
        heading: "What is sent, to whom",
        text: "Pictures and acts go encrypted to the province's platform, which compares your photo.",
    },
    NoticePart {
        heading: "For how long",
        text: "Deleted when you pass, in 24 hours if not, 30 days after people decide. No template kept.",
    },
    NoticePart {
        heading: "You may refuse",
        text: "You may refuse. Nothing is lost by it: there are other ways.",
    },
];

#[cfg(test)]
mod tests {
    use quanshengshi_protocol::ids::Digest;

    use super::*;

    #[test]
    fn the_words_of_a_version_are_frozen() {
        let words = |language| {
            let notice = FaceNotice::of(1, language).unwrap();
            let parts = notice.parts.iter();
            let parts = parts.flat_map(|part| [part.heading, part.text]);
            let all: Vec<_> = std::iter::once(notice.title).chain(parts).collect();
            Digest::of(all.join("\n").as_bytes()).to_string()
        };
        assert_eq!(
            words(Language::Zh),
            "WFDYdxwTvBh-NmuiIxT1PwSEzLXSaTWYq2zmyFOVLxQ"
        );
        assert_eq!(
            words(Language::En),
            "zHgpL-STgvrwaClwNblF4gZO75vZGmG7sVnEjYWYUvo"
        );
    }

    #[test]
    fn a_version_without_words_is_none() {
        for version in [0, 2, u32::MAX] {
            assert_eq!(FaceNotice::of(version, Language::Zh), None);
        }
    }
}
