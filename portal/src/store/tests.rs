use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use rusqlite::Connection;

use super::{Store, StoreError};

#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("refused")]
    Refused,
}

fn open(folder: &Path) -> Store {
    let store = Store::open(&folder.join("portal.sqlite3")).expect("opens");
    let connection = Connection::open(folder.join("portal.sqlite3")).expect("opens");
    connection
        .execute_batch("CREATE TABLE IF NOT EXISTS marks (mark INTEGER PRIMARY KEY) STRICT")
        .expect("makes a table");
    store
}

async fn add(store: &Store, mark: i64, refuse: bool) -> Result<(), JobError> {
    store
        .write(move |transaction| {
            transaction
                .execute("INSERT INTO marks VALUES (?1)", [mark])
                .map_err(StoreError::from)?;
            if refuse {
                Err(JobError::Refused)
            } else {
                Ok(())
            }
        })
        .await
}

async fn marks(store: &Store) -> Vec<i64> {
    store
        .read(|connection| {
            let mut statement = connection.prepare("SELECT mark FROM marks ORDER BY mark")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .await
        .expect("reads")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_undoes_itself_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Arc::new(open(folder.path()));
    let jobs: Vec<_> = (0..600)
        .map(|mark| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { (mark, add(&store, mark, mark % 3 == 0).await) })
        })
        .collect();
    for job in jobs {
        let (mark, answer) = job.await.expect("runs");
        assert_eq!(answer.is_err(), mark % 3 == 0, "{mark}");
    }
    let expected: Vec<i64> = (0..600).filter(|mark| mark % 3 != 0).collect();
    assert_eq!(marks(&store).await, expected);
}

#[tokio::test]
async fn a_panicking_job_stops_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    let fell = store
        .write(|transaction| {
            transaction
                .execute("INSERT INTO marks VALUES (1)", [])
                .map_err(StoreError::from)?;
            assert!(std::hint::black_box(false), "a job that falls");
            Ok::<(), StoreError>(())
        })
        .await;
    assert!(matches!(fell, Err(StoreError::Stopped)));
    add(&store, 2, false).await.expect("stores");
    assert_eq!(marks(&store).await, [2]);
}

#[tokio::test]
async fn a_reader_cannot_change_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    let tried = store
        .read(|connection| {
            connection.execute("INSERT INTO marks VALUES (1)", [])?;
            Ok::<(), StoreError>(())
        })
        .await;
    assert!(matches!(tried, Err(StoreError::Sqlite(_))));
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(open(folder.path()));
    let path = folder.path().join("portal.sqlite3");
    let connection = Connection::open(&path).expect("opens");
    connection
        .pragma_update(None, "user_version", 99)
        .expect("updates");
    drop(connection);
    assert!(matches!(
        Store::open(&path),
        Err(StoreError::Version { found: 99, .. })
    ));
}

/// The child of the next test: stores marks and tells each one that was answered, until killed.
#[tokio::test]
async fn child_that_stores_until_it_is_killed() {
    let Ok(folder) = std::env::var("QSS_STORE_CHILD") else {
        return;
    };
    let store = open(Path::new(&folder));
    let log = Path::new(&folder).join("answered");
    let mut options = std::fs::OpenOptions::new();
    let mut log = options.append(true).create(true).open(log).expect("a log");
    for mark in 0.. {
        add(&store, mark, false).await.expect("stores");
        writeln!(log, "{mark}").expect("tells");
    }
}

#[test]
fn what_was_answered_survives_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args([
            "--exact",
            "store::tests::child_that_stores_until_it_is_killed",
        ])
        .env("QSS_STORE_CHILD", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let log = folder.path().join("answered");
    // Only whole lines count: the last one may be cut by the kill.
    let answered = || {
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        whole
            .lines()
            .last()
            .and_then(|line| line.parse::<i64>().ok())
    };
    for _ in 0..2000 {
        if answered() > Some(20) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().expect("kills");
    child.wait().expect("ends");
    let last = answered().expect("told something");
    let store = open(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let kept = runtime.block_on(marks(&store));
    assert!(i64::try_from(kept.len()).expect("fits") > last, "{last}");
    assert!(
        kept.iter()
            .copied()
            .eq(0..kept.len().try_into().expect("fits"))
    );
}
