//! Whether evidence is the answer to its challenge: everything that needs no pixels.

use quanshengshi_face::network::Networks;
use quanshengshi_protocol::chain::FrameChain;
use quanshengshi_protocol::challenge::{Challenge, PromptStep};
use quanshengshi_protocol::evidence::{EvidenceHeader, PromptSpan};
use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::refusal::RefusalCode;

/// The fewest small frames that show a movement: before, at its peak, after.
const FEWEST_STRIP_FRAMES: usize = 3;

/// Checks names, amount, digests, chain, order and times.
///
/// # Errors
/// The code of the first thing that does not hold.
pub fn check(
    header: &EvidenceHeader,
    pictures: &[Vec<u8>],
    challenge: &Challenge,
) -> Result<(), RefusalCode> {
    check_names(header, challenge)?;
    check_pictures(header, pictures, challenge)?;
    check_chain(header, challenge)?;
    check_prompts(header, challenge)?;
    check_spans(header, challenge)
}

fn demand(holds: bool, otherwise: RefusalCode) -> Result<(), RefusalCode> {
    if holds { Ok(()) } else { Err(otherwise) }
}

fn check_names(header: &EvidenceHeader, challenge: &Challenge) -> Result<(), RefusalCode> {
    let same = header.challenge == challenge.id && header.nonce == challenge.nonce;
    demand(same, RefusalCode::EvidenceReplayed)?;
    let ours = header.task == challenge.task && header.device == challenge.device;
    demand(ours, RefusalCode::EvidenceReplayed)?;
    demand(
        header.transaction == challenge.transaction,
        RefusalCode::TxnMismatch,
    )?;
    demand(
        header.networks == Networks::digests(),
        RefusalCode::AppTooOld,
    )
}

fn check_pictures(
    header: &EvidenceHeader,
    pictures: &[Vec<u8>],
    challenge: &Challenge,
) -> Result<(), RefusalCode> {
    demand(
        header.marks().count() == pictures.len(),
        RefusalCode::EvidenceMalformed,
    )?;
    let bytes: usize = pictures.iter().map(Vec::len).sum();
    demand(
        bytes <= challenge.limits.evidence_bytes as usize,
        RefusalCode::EvidenceMalformed,
    )?;
    let whole = header
        .marks()
        .zip(pictures)
        .all(|(mark, jpeg)| mark.digest == Digest::of(jpeg));
    demand(whole, RefusalCode::EvidenceDigest)
}

fn check_chain(header: &EvidenceHeader, challenge: &Challenge) -> Result<(), RefusalCode> {
    let links = &header.links;
    let enough = !links.is_empty() && links.len() <= usize::from(challenge.limits.frames);
    demand(enough, RefusalCode::EvidenceMalformed)?;
    let chain = FrameChain::over(&challenge.nonce, &challenge.id, links);
    demand(
        chain.head() == header.chain_head,
        RefusalCode::EvidenceDigest,
    )?;
    let rising = links.windows(2).all(|pair| pair[0].t_ms < pair[1].t_ms);
    demand(rising, RefusalCode::EvidenceMalformed)?;
    let end = links.last().map_or(0, |link| link.t_ms);
    demand(
        end <= u64::from(challenge.total_ms),
        RefusalCode::LivenessTimeout,
    )
}

/// The spans answer the steps in order; an extra may have been left out.
fn check_prompts(header: &EvidenceHeader, challenge: &Challenge) -> Result<(), RefusalCode> {
    let needed = challenge
        .steps
        .iter()
        .filter(|step| !step.prompt.is_extra());
    let enough = header.spans.len() >= needed.count() && !challenge.steps.is_empty();
    demand(enough, RefusalCode::LivenessActionMissed)?;
    let answered = answered(header, challenge);
    demand(
        answered.len() == header.spans.len() && header.spans.len() <= challenge.steps.len(),
        RefusalCode::LivenessOrder,
    )?;
    let missed = |step: &PromptStep| {
        !step.prompt.is_extra() && !answered.iter().any(|(_, done)| std::ptr::eq(*done, step))
    };
    demand(
        !challenge.steps.iter().any(missed),
        RefusalCode::LivenessOrder,
    )
}

/// Each span with the step it answers, as far as they follow each other.
fn answered<'a>(
    header: &'a EvidenceHeader,
    challenge: &'a Challenge,
) -> Vec<(&'a PromptSpan, &'a PromptStep)> {
    let mut steps = challenge.steps.iter();
    let mut pairs = Vec::new();
    for span in &header.spans {
        let step = steps
            .by_ref()
            .find(|step| step.prompt == span.prompt || !step.prompt.is_extra())
            .filter(|step| step.prompt == span.prompt);
        match step {
            Some(step) => pairs.push((span, step)),
            None => break,
        }
    }
    pairs
}

fn check_spans(header: &EvidenceHeader, challenge: &Challenge) -> Result<(), RefusalCode> {
    let neutral = time_of(header, header.neutral.frame)?;
    let mut free_from = neutral + 1;
    for (span, step) in answered(header, challenge) {
        demand(span.start_ms >= free_from, RefusalCode::LivenessOrder)?;
        check_span(
            header,
            span,
            *step,
            usize::from(challenge.limits.strip_frames),
        )?;
        free_from = span.end_ms;
    }
    let last = header.links.last().map_or(0, |link| link.t_ms);
    demand(free_from <= last, RefusalCode::EvidenceMalformed)
}

fn check_span(
    header: &EvidenceHeader,
    span: &PromptSpan,
    step: PromptStep,
    most_strip_frames: usize,
) -> Result<(), RefusalCode> {
    demand(
        span.start_ms <= span.peak_ms && span.peak_ms < span.end_ms,
        RefusalCode::EvidenceMalformed,
    )?;
    demand(
        span.end_ms - span.start_ms <= u64::from(step.window_ms),
        RefusalCode::LivenessActionMissed,
    )?;
    demand(
        time_of(header, span.peak.frame)? == span.peak_ms,
        RefusalCode::EvidenceMalformed,
    )?;
    let count = span.strip.len();
    demand(
        (FEWEST_STRIP_FRAMES..=most_strip_frames).contains(&count),
        RefusalCode::EvidenceMalformed,
    )?;
    let times = span
        .strip
        .iter()
        .map(|mark| time_of(header, mark.frame))
        .collect::<Result<Vec<_>, _>>()?;
    demand(
        times.windows(2).all(|pair| pair[0] < pair[1]),
        RefusalCode::LivenessOrder,
    )?;
    let (first, last) = (times[0], times[count - 1]);
    let around = span.start_ms <= first && first < span.peak_ms;
    demand(
        around && span.peak_ms < last && last <= span.end_ms,
        RefusalCode::EvidenceMalformed,
    )
}

fn time_of(header: &EvidenceHeader, frame: u32) -> Result<u64, RefusalCode> {
    let link = header
        .links
        .get(frame as usize)
        .ok_or(RefusalCode::EvidenceMalformed)?;
    Ok(link.t_ms)
}
