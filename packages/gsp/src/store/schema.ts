/** The one table of resources and what stands beside it; scripts are only ever appended. */
export const migrations: readonly string[] = [
  `CREATE TABLE resource (
     href TEXT PRIMARY KEY,
     parent TEXT NOT NULL,
     kind TEXT NOT NULL,
     scope TEXT,
     sort TEXT NOT NULL,
     time INTEGER,
     key TEXT,
     state INTEGER,
     body TEXT NOT NULL
   ) WITHOUT ROWID;
   -- readings, the most by far, are found by their href, which begins with their parent
   CREATE INDEX member ON resource (parent, sort) WHERE kind <> 'Reading';
   CREATE UNIQUE INDEX known ON resource (kind, key) WHERE key IS NOT NULL;
   CREATE INDEX stateful ON resource (kind, state) WHERE state IS NOT NULL;
   CREATE INDEX device_owner ON resource (scope, sort) WHERE kind = 'EndDevice';
   CREATE INDEX mirror_owner ON resource (scope, sort) WHERE kind = 'MirrorUsagePoint';

   -- numbers that were given to members of a list and shall not be given again
   CREATE TABLE given (parent TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;

   -- readings that wait for their place
   CREATE TABLE intake (
     id INTEGER PRIMARY KEY,
     href TEXT NOT NULL,
     parent TEXT NOT NULL,
     sort TEXT NOT NULL,
     time INTEGER,
     body TEXT NOT NULL
   );

   CREATE TABLE archive (
     id INTEGER PRIMARY KEY,
     archivedAt INTEGER NOT NULL,
     href TEXT NOT NULL,
     kind TEXT NOT NULL,
     time INTEGER,
     key TEXT,
     body TEXT NOT NULL
   );`,
]
