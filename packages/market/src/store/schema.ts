/** The scripts that bring a store to its newest form; they are only ever appended to. */
export const migrations = [
  `CREATE TABLE market (id TEXT PRIMARY KEY, reference TEXT NOT NULL) STRICT;

  -- one row for each step of a market: what came in, and all that was said because of it
  CREATE TABLE journal (
    market TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, peer TEXT NOT NULL,
    applied INTEGER NOT NULL, facts TEXT NOT NULL, message TEXT NOT NULL, reply TEXT NOT NULL, posted TEXT NOT NULL,
    hash TEXT NOT NULL, party TEXT, request TEXT, tender TEXT, answer TEXT,
    PRIMARY KEY (market, seq)
  ) STRICT, WITHOUT ROWID;

  -- where to find a request ('r') or a tender ('t') in the journal; put here many at a time, in their order
  CREATE TABLE spent (
    market TEXT NOT NULL, party TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (market, party, kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE placed (market TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;

  CREATE TABLE ledger (
    market TEXT NOT NULL, seq INTEGER NOT NULL, match INTEGER NOT NULL, party TEXT NOT NULL, counter_party TEXT NOT NULL,
    side TEXT NOT NULL, dt_start INTEGER NOT NULL, price INTEGER NOT NULL, quantity INTEGER NOT NULL, amount TEXT NOT NULL,
    tender TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (market, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    market TEXT NOT NULL, number INTEGER NOT NULL, party TEXT NOT NULL, request TEXT,
    step INTEGER NOT NULL, place INTEGER NOT NULL, -- where the journal has the message
    acknowledged INTEGER NOT NULL DEFAULT 0, recipient TEXT,
    PRIMARY KEY (market, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox_request ON outbox (market, request) WHERE request IS NOT NULL;

  CREATE TABLE snapshot (market TEXT PRIMARY KEY, seq INTEGER NOT NULL, ledger INTEGER NOT NULL, state TEXT NOT NULL) STRICT;`,
  // a row of the journal is long: where the key is not the table itself it fills pages instead of spilling over each
  `CREATE TABLE long_journal (
    market TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, peer TEXT NOT NULL,
    applied INTEGER NOT NULL, facts TEXT NOT NULL, message TEXT NOT NULL, reply TEXT NOT NULL, posted TEXT NOT NULL,
    hash TEXT NOT NULL, party TEXT, request TEXT, tender TEXT, answer TEXT,
    UNIQUE (market, seq)
  ) STRICT;
  INSERT INTO long_journal SELECT * FROM journal ORDER BY market, seq;
  DROP TABLE journal;
  ALTER TABLE long_journal RENAME TO journal;`,
  // the status with which the callback of its party refused a message
  `ALTER TABLE outbox ADD COLUMN refused INTEGER;`,
]
