use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::variant::Variant;

use super::challenge::make_prompts;
use super::limits::Limits;
use crate::random::Random;

#[test]
fn prompts_are_random_never_twice_in_a_row_and_hold_a_turn() {
    let random = Random::default();
    let mut orders = std::collections::HashSet::new();
    let mut first = std::collections::HashSet::new();
    for _ in 0..2_000 {
        let prompts = make_prompts(&random, Variant::Usual, 3).unwrap();
        assert_eq!(prompts.len(), 3);
        assert!(prompts.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(
            prompts.contains(&Prompt::TurnLeft) || prompts.contains(&Prompt::TurnRight),
            "{prompts:?}"
        );
        first.insert(prompts[0]);
        orders.insert(prompts);
    }
    assert_eq!(first.len(), 4);
    // 4 · 3 · 3 orders without a repeat, two of which only nod and open the mouth.
    assert_eq!(orders.len(), 34);
}

#[test]
fn sc_06_a_variant_leaves_out_what_the_person_cannot_do() {
    let random = Random::default();
    for variant in Variant::ALL {
        for _ in 0..200 {
            let prompts = make_prompts(&random, variant, 3).unwrap();
            let has = |act: Prompt| prompts.contains(&act);
            let turns = has(Prompt::TurnLeft) || has(Prompt::TurnRight);
            match variant {
                Variant::Usual => assert!(turns),
                Variant::NoHead => assert_eq!(prompts, [Prompt::OpenMouth]),
                Variant::NoMouth => assert!(turns && !has(Prompt::OpenMouth)),
                Variant::Seated | Variant::Helper => assert!(turns && !has(Prompt::Nod)),
            }
        }
    }
}

#[test]
fn the_limits_are_those_of_the_protocol() {
    let limits = Limits::default();
    assert_eq!(limits.code_ms, 5 * 120_000);
    assert_eq!((limits.reading_ms, limits.agreed_ms), (120_000, 30_000));
    assert_eq!((limits.challenge_ms, limits.capture_ms), (90_000, 60_000));
    assert_eq!((limits.appraisal_ms, limits.whole_ms), (60_000, 600_000));
    assert_eq!((limits.approval_ms, limits.attempts), (300_000, 3));
    assert_eq!((limits.claims, limits.claims_ms), (10, 600_000));
    assert_eq!(
        (limits.failures_on_device, limits.failures_of_subject),
        (6, 15)
    );
    assert_eq!(limits.prompt_ms, 8_000);
}
