//! Why a task ended badly, and what to do next, in words (requirements US-04, SC-05).

use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;

use crate::tasks::view::TaskView;
use crate::texts::Texts;

/// The sentence under the state of a card. Where the task has a reason, the reason's own words
/// and the way on stand for the general sentence.
pub fn next_words(view: &TaskView, general: &'static str, t: &Texts) -> String {
    let Some(reason) = view.reason else {
        return general.to_owned();
    };
    let way_on = match (view.state, reason) {
        (TaskState::Failed, RefusalCode::LegalRepChanged) => t.ended_representative,
        (TaskState::Failed, RefusalCode::SubjectLimit | RefusalCode::DeviceLimit) => {
            return t.ended_too_many.to_owned();
        }
        (TaskState::Failed | TaskState::Review, RefusalCode::RefPhotoMissing) => t.ended_no_photo,
        (TaskState::Failed, RefusalCode::DeviceRevoked | RefusalCode::DeviceUntrusted) => {
            t.ended_device
        }
        (TaskState::Failed, RefusalCode::FaceMismatch) => t.ended_mismatch,
        (TaskState::Failed, reason) if tells(reason) => t.ended_again,
        _ => return general.to_owned(),
    };
    let said = reason.text(t.language());
    let stop = t.full_stop;
    format!("{said}{stop}{way_on}")
}

/// Whether the words of a reason help the person at the PC. What was found out about evidence is
/// nothing they can mend, and nothing a forger should learn.
fn tells(reason: RefusalCode) -> bool {
    matches!(
        reason,
        RefusalCode::LivenessOrder
            | RefusalCode::LivenessTimeout
            | RefusalCode::LivenessStatic
            | RefusalCode::LivenessSwapped
            | RefusalCode::CertNotFound
    )
}

/// The certificates of a task as one text: its only one, or the first of several.
pub fn objects_named(view: &TaskView, t: &Texts) -> String {
    match view.objects.as_slice() {
        [] => String::new(),
        [only] => only.name.clone(),
        [first, ..] => {
            let count = view.objects.len();
            format!("{} {} {count} {}", first.name, t.and_others, t.pieces)
        }
    }
}

#[cfg(test)]
mod tests {
    use quanshengshi_protocol::ids::TaskId;
    use quanshengshi_protocol::transaction::{TaskKind, TaskObject};
    use quanshengshi_rules::language::Language;

    use super::{RefusalCode, TaskState, TaskView, Texts, next_words, objects_named};
    use crate::accounts::AccountId;

    fn view(state: TaskState, reason: Option<RefusalCode>) -> TaskView {
        TaskView {
            id: TaskId::from_bytes([1; 16]),
            kind: TaskKind::CertificateView,
            account: AccountId(1),
            state,
            reason,
            objects: Vec::new(),
            purpose: String::new(),
            code: None,
            typed_code: None,
            code_ends_in_ms: 0,
            state_ends_in_ms: 0,
            attempts_left: 0,
        }
    }

    fn said(reason: RefusalCode) -> String {
        let view = view(TaskState::Failed, Some(reason));
        next_words(&view, "一般", Texts::of(Language::Zh))
    }

    #[test]
    fn us_04_a_changed_representative_is_told_with_what_to_do() {
        assert_eq!(
            said(RefusalCode::LegalRepChanged),
            "法定代表人已变更，请由现任法定代表人办理。重新发起后，由其本人刷脸确认。"
        );
    }

    #[test]
    fn sc_05_the_card_tells_whose_face_it_was_not_and_nothing_of_forged_evidence() {
        assert!(said(RefusalCode::FaceMismatch).starts_with("人脸与登记照片不一致。"));
        assert!(said(RefusalCode::LivenessTimeout).starts_with("超时"));
        for hidden in [
            RefusalCode::EvidenceReplayed,
            RefusalCode::EvidenceSignature,
        ] {
            assert_eq!(said(hidden), "一般");
        }
        let waiting = view(TaskState::Created, None);
        let text = next_words(&waiting, "一般", Texts::of(Language::Zh));
        assert_eq!(text, "一般");
    }

    #[test]
    fn no_sentence_leaves_a_place_open() {
        for reason in RefusalCode::ALL {
            for language in [Language::Zh, Language::En] {
                let view = view(TaskState::Failed, Some(*reason));
                let text = next_words(&view, "-", Texts::of(language));
                assert!(!text.contains('{'), "{text}");
            }
        }
    }

    #[test]
    fn us_03_several_certificates_are_named_by_the_first_and_their_number() {
        let mut view = view(TaskState::Created, None);
        for name in ["营业执照", "食品经营许可证"] {
            view.objects.push(TaskObject {
                certificate: "1".to_owned(),
                name: name.to_owned(),
            });
        }
        let named = objects_named(&view, Texts::of(Language::Zh));
        assert_eq!(named, "营业执照 等 2 张");
    }
}
