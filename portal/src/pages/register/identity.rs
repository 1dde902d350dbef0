//! The person of a document: read from the form, then held against the population register
//! (requirements PR-02 to PR-08, PR-15, LR-04 to LR-06).

use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::person_name::PersonName;
use quanshengshi_rules::validity::ValidityPeriod;
use quanshengshi_rules::validity::term::Term;

use crate::accounts::AccountKind;
use crate::pages::register::draft::Draft;
use crate::registers::Person;

/// A person's document, each part well-formed.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Kind of the document.
    pub kind: DocumentKind,
    /// The name.
    pub name: PersonName,
    /// The document's number.
    pub number: DocumentNumber,
    /// Validity of the ID card, where it is asked for.
    pub validity: Option<ValidityPeriod>,
}

/// Whether a form asks for the dates on the back of the ID card. A person is held against three
/// factors, and a social security card carries the ID number, so its holder's ID card is asked
/// for as well; of a legal representative the manual asks it for ID cards only (LR-06).
pub fn asks_validity(account: AccountKind, kind: DocumentKind) -> bool {
    match account {
        AccountKind::Legal => kind.has_validity_term(),
        AccountKind::Personal => {
            kind.has_validity_term() || kind == DocumentKind::SocialSecurityCard
        }
    }
}

/// Reads the document of a form and notes every fault at its field.
pub fn read(draft: &mut Draft, today: Date) -> Option<Identity> {
    let kind = draft.noted(DocumentKind::parse(&draft.typed("document_kind")));
    let name = draft.noted(PersonName::parse(&draft.typed("person_name")));
    if let Some(name) = &name {
        draft.form.set("person_name", name.as_str());
    }
    let number = kind.and_then(|kind| {
        let typed = draft.typed("document_number");
        draft.noted_parsed(DocumentNumber::parse(kind, &typed, today))
    });
    if let Some(number) = &number {
        draft.form.set("document_number", number.as_str());
    }
    let asked = kind.is_none_or(|kind| asks_validity(draft.kind, kind));
    let birth = number.as_ref().and_then(DocumentNumber::birth);
    let validity = if asked {
        Some(read_validity(draft, birth, today)?)
    } else {
        None
    };
    Some(Identity {
        kind: kind?,
        name: name?,
        number: number?,
        validity,
    })
}

/// The dates and the term. They are read also while the number is still wrong, and without the
/// term as far as that goes: a person should hear everything at once.
fn read_validity(draft: &mut Draft, birth: Option<Date>, today: Date) -> Option<ValidityPeriod> {
    let (mut start, mut end) = (draft.typed("validity_start"), draft.typed("validity_end"));
    if end.is_empty()
        && let Ok((first, last)) = ValidityPeriod::split_line(&start)
    {
        // Pasted as it is printed, `2016.03.07-2036.03.07`.
        draft.form.set("validity_start", first.clone());
        draft.form.set("validity_end", last.clone());
        (start, end) = (first, last);
    }
    let term = draft.noted(Term::parse(&draft.typed("validity_term")));
    let assumed = term.unwrap_or(Term::LongTerm);
    match ValidityPeriod::parse(&start, &end, assumed, birth.unwrap_or(today), today) {
        Ok(parsed) => {
            if birth.is_some() && term.is_some() {
                draft.remark(&parsed.warnings);
            }
            term.map(|_| parsed.value)
        }
        Err(error) => {
            if term.is_some() || error.field != Field::ValidityTerm {
                draft.broken(error);
            }
            None
        }
    }
}

impl Identity {
    /// Whether the register speaks of this very person: all factors, one answer.
    pub fn is(&self, found: &Person) -> bool {
        let name = PersonName::parse(&found.name).is_ok_and(|name| name.same_as(&self.name));
        let kind = found.document_kind == self.kind.as_str()
            || self.kind == DocumentKind::SocialSecurityCard
                && found.document_kind == DocumentKind::ResidentId.as_str();
        let validity = self.validity.is_none_or(|period| {
            found.valid_from == period.start().to_string()
                && found.valid_to == period.end().to_string()
        });
        name && kind && validity
    }

    /// The validity as it is stored, `2016-03-07/2036-03-07`; empty where none is asked for.
    pub fn written_validity(&self) -> String {
        self.validity
            .map(|period| format!("{}/{}", period.start(), period.end()))
            .unwrap_or_default()
    }
}

/// Notes that the document does not match, with the fields in the order the manual says to look
/// at them: the validity first (requirement PR-15).
pub fn mismatch(draft: &mut Draft, validity: bool) {
    let w = draft.words();
    let all = [
        ("validity_start", w.look_validity),
        ("person_name", w.look_name),
        ("document_number", w.look_number),
    ];
    let look_at = if validity { &all[..] } else { &all[1..] };
    draft.refuse_whole(Code::RegIdentityMismatch, look_at);
    draft.check_failed = true;
}

/// Notes that the population register does not answer, which says nothing about the person.
pub fn unavailable(draft: &mut Draft) {
    draft.refuse_whole(Code::RegIdentityUnavailable, &[]);
}
