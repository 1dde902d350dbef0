use proptest::prelude::*;

use super::*;

/// Repairs a block in place; how many places nobody had named were wrong.
fn repair(block: &mut [u8], checks: usize, unsure: &[usize]) -> Option<usize> {
    let mended = Damaged::new(block, checks).mended(unsure)?;
    block.copy_from_slice(&mended.block);
    Some(mended.surprises)
}

/// A block with its check symbols: the remainder by the product of `(x - 2^k)`.
fn sealed(data: &[u8], checks: usize) -> Vec<u8> {
    let field = field();
    let mut generator = vec![1u8];
    for at in 0..checks {
        let mut longer = generator.clone();
        longer.push(0);
        for (k, coefficient) in generator.iter().enumerate() {
            longer[k + 1] ^= field.times(*coefficient, field.power[at]);
        }
        generator = longer;
    }
    let mut rest = data.to_vec();
    rest.resize(data.len() + checks, 0);
    for at in 0..data.len() {
        let lead = rest[at];
        for (k, coefficient) in generator.iter().enumerate() {
            rest[at + k] ^= field.times(*coefficient, lead);
        }
    }
    let mut block = data.to_vec();
    block.extend_from_slice(&rest[data.len()..]);
    block
}

#[test]
fn the_check_symbols_are_those_of_the_standard_s_example() {
    // ISO/IEC 18004, annex I: version 1-M of "01234567".
    let data = [
        0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC,
        0x11,
    ];
    let checks = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55];
    assert_eq!(sealed(&data, 10)[16..], checks);
}

#[test]
fn one_error_too_many_is_beyond_repair_and_changes_nothing() {
    let good = sealed(&[7; 20], 10);
    let mut block = good.clone();
    for place in 0..6 {
        block[place * 4] ^= 0x5A;
    }
    let before = block.clone();
    if repair(&mut block, 10, &[]).is_none() {
        assert_eq!(block, before);
    } else {
        assert_ne!(block, good);
    }
    assert_eq!(repair(&mut block, 10, &[0; 11]), None);
}

proptest! {
    #[test]
    fn errors_and_named_places_are_mended_up_to_the_bound(
        data in proptest::collection::vec(any::<u8>(), 1..120),
        checks in 4usize..31,
        places in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..31),
        named in 0usize..31,
    ) {
        let good = sealed(&data, checks);
        let mut block = good.clone();
        let mut touched: Vec<usize> = Vec::new();
        for (place, value) in places {
            let place = place.index(block.len());
            let cost = |at: usize| if at < named { 1 } else { 2 };
            let spent: usize = (0..=touched.len()).map(cost).sum();
            if spent <= checks && !touched.contains(&place) {
                touched.push(place);
                block[place] = value;
            }
        }
        let unsure = &touched[..named.min(touched.len())];
        prop_assert!(repair(&mut block, checks, unsure).is_some());
        prop_assert_eq!(block, good);
    }
}
