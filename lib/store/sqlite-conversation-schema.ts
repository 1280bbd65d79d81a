/** Schema of the conversations' database, one step per version. Steps that were released are never edited. */
export const conversationMigrations: readonly string[] = [
  `CREATE TABLE conversations (
     session_id TEXT PRIMARY KEY,
     owner TEXT NOT NULL,
     title TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     pinned INTEGER NOT NULL DEFAULT 0,
     changed_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX conversations_by_owner ON conversations (owner);
   CREATE INDEX conversations_by_change ON conversations (changed_at);
   CREATE TABLE messages (
     position INTEGER PRIMARY KEY,
     session_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
     message_id TEXT NOT NULL,
     role TEXT NOT NULL,
     content TEXT NOT NULL,
     at INTEGER NOT NULL,
     active INTEGER NOT NULL DEFAULT 0,
     UNIQUE (session_id, message_id)
   ) STRICT;
   CREATE TABLE versions (
     position INTEGER PRIMARY KEY,
     session_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
     message_id TEXT NOT NULL,
     request_id TEXT NOT NULL UNIQUE,
     version TEXT NOT NULL,
     feedback TEXT
   ) STRICT;
   CREATE INDEX versions_by_session ON versions (session_id);`,
  `ALTER TABLE conversations ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE cited_passages (
     session_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
     passage_id TEXT NOT NULL,
     text TEXT NOT NULL,
     PRIMARY KEY (session_id, passage_id)
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE messages ADD COLUMN after TEXT;
   ALTER TABLE conversations ADD COLUMN share TEXT;
   ALTER TABLE conversations ADD COLUMN share_id TEXT;
   CREATE UNIQUE INDEX conversations_by_share ON conversations (share_id);`,
];
