use rusqlite::Connection;

use super::{Knock, clear, failures_at, failures_of_network, take_try, wait_ms, wait_of_others_ms};

const START_MS: u64 = 1_795_397_460_000;

fn knock(network: &str, by_message: bool) -> Knock {
    Knock {
        name: "legal A".to_owned(),
        network: network.to_owned(),
        by_message,
    }
}

fn tables() -> Connection {
    let mut connection = Connection::open_in_memory().expect("opens");
    crate::store::schema::migrate(&mut connection).expect("migrates");
    connection
}

/// Fails so often in a row, waiting as long as it must.
fn fail(connection: &Connection, from: &Knock, times: u32, now_ms: &mut u64) {
    for _ in 0..times {
        while let Err(wait) = take_try(connection, from, *now_ms).expect("counts") {
            *now_ms += wait;
        }
    }
}

#[test]
fn lg_09_the_wait_grows_and_ends_at_fifteen_minutes() {
    let waits: Vec<u64> = [0, 4, 5, 6, 7, 14, 15, 200].map(wait_ms).to_vec();
    assert_eq!(waits, [0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000]);
    let waits: Vec<u64> = [0, 19, 20, 21, 26, 4000].map(wait_of_others_ms).to_vec();
    assert_eq!(waits, [0, 0, 1000, 2000, 60_000, 60_000]);
}

#[test]
fn lg_09_five_failures_make_one_network_wait_and_no_other() {
    let connection = tables();
    let mut now_ms = START_MS;
    let stranger = knock("198.51.100.*", false);
    fail(&connection, &stranger, 5, &mut now_ms);
    assert_eq!(
        take_try(&connection, &stranger, now_ms).expect("counts"),
        Err(1000)
    );
    let owner = knock("203.0.113.*", false);
    assert_eq!(
        take_try(&connection, &owner, now_ms).expect("counts"),
        Ok(())
    );
    now_ms += super::WINDOW_MS;
    assert_eq!(
        take_try(&connection, &stranger, now_ms).expect("counts"),
        Ok(())
    );
}

#[test]
fn lg_09_many_strangers_slow_an_account_down_and_never_its_owner() {
    let connection = tables();
    let mut now_ms = START_MS;
    let home = knock("203.0.113.*", false);
    take_try(&connection, &home, now_ms)
        .expect("counts")
        .expect("is free");
    clear(&connection, &home, now_ms).expect("clears");
    for network in 0..8 {
        let stranger = knock(&format!("198.51.{network}.*"), false);
        for _ in 0..4 {
            let _ = take_try(&connection, &stranger, now_ms).expect("counts");
        }
    }
    let fresh = knock("192.0.2.*", false);
    let wait = take_try(&connection, &fresh, now_ms).expect("counts");
    assert!(
        wait.is_err_and(|wait| wait <= 60_000),
        "a network never seen waits, a minute at most: {wait:?}"
    );
    for owner in [home, knock("192.0.2.*", true)] {
        assert_eq!(
            take_try(&connection, &owner, now_ms).expect("counts"),
            Ok(()),
            "{owner:?}"
        );
    }
    now_ms += 60_000;
    assert_eq!(
        take_try(&connection, &fresh, now_ms).expect("counts"),
        Ok(())
    );
}

#[test]
fn lg_09_guesses_at_the_code_count_too_and_apart() {
    let connection = tables();
    let mut now_ms = START_MS;
    fail(&connection, &knock("net", true), 5, &mut now_ms);
    assert_eq!(
        take_try(&connection, &knock("net", true), now_ms).expect("counts"),
        Err(1000)
    );
    assert_eq!(
        take_try(&connection, &knock("net", false), now_ms).expect("counts"),
        Ok(())
    );
}

#[test]
fn lg_09_failures_are_told_by_network_and_by_account_until_they_are_old() {
    let connection = tables();
    let mut now_ms = START_MS;
    fail(&connection, &knock("one", false), 3, &mut now_ms);
    fail(&connection, &knock("two", false), 2, &mut now_ms);
    let tell = |now_ms| {
        (
            failures_of_network(&connection, "one", now_ms).expect("reads"),
            failures_at(&connection, "legal A", now_ms).expect("reads"),
        )
    };
    assert_eq!(tell(now_ms), (3, 5));
    assert_eq!(tell(now_ms + super::WINDOW_MS), (0, 0));
}
