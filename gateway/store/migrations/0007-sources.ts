/** What sources must remember: rows and how far they were read, files that stay where they are, and our own answers. */
export const up = `
CREATE TABLE source_mark (
  source TEXT PRIMARY KEY, stamp TEXT NOT NULL, key TEXT NOT NULL, earlier TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE source_row (
  source TEXT NOT NULL, key TEXT NOT NULL, stamp TEXT NOT NULL, sha256 TEXT NOT NULL, spool_id TEXT NOT NULL,
  line INTEGER NOT NULL, PRIMARY KEY (source, key));
CREATE INDEX source_row_line ON source_row (spool_id, line);

CREATE TABLE left_item (
  source TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,
  at TEXT NOT NULL, PRIMARY KEY (source, key));
CREATE TABLE written_answer (
  source TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source, sha256));

CREATE INDEX write_back_source ON write_back (source, due_at) WHERE state = 'pending';
CREATE INDEX write_back_failed ON write_back (source) WHERE state = 'failed';
`
