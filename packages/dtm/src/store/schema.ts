/** What the actor remembers; only ever appended to. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE journal (
    n INTEGER PRIMARY KEY, at REAL NOT NULL, bytes INTEGER NOT NULL, step TEXT NOT NULL,
    peer TEXT, sha256 TEXT, receipt TEXT
  ) STRICT;
  CREATE TABLE event (
    position INTEGER PRIMARY KEY, n INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, at REAL NOT NULL,
    subject TEXT NOT NULL, record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_of ON event (subject, position);
  CREATE INDEX event_from ON event (n);
  CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
  CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
  CREATE TABLE alert (
    seq INTEGER PRIMARY KEY, at REAL NOT NULL, subject TEXT NOT NULL, alert TEXT NOT NULL
  ) STRICT;
  CREATE TABLE subscriber (url TEXT PRIMARY KEY, told INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE snapshot (
    generation INTEGER NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (generation, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE taken (generation INTEGER PRIMARY KEY, n INTEGER NOT NULL, at REAL NOT NULL) STRICT;
  CREATE TABLE numbered (reporter TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE registrar (lfdi TEXT PRIMARY KEY, entered_by TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
]
