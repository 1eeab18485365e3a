/** Released mappers by their exact text, and the one change to each that waits for a second person. */
export const up = `
CREATE TABLE mapper_release (
  mapper TEXT NOT NULL, number INTEGER NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, sha256 TEXT NOT NULL,
  files TEXT NOT NULL, tests TEXT NOT NULL, difference TEXT NOT NULL, back_to INTEGER, comment TEXT NOT NULL,
  proposed_by TEXT NOT NULL, released_by TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (mapper, number));
CREATE TABLE mapper_proposal (
  mapper TEXT PRIMARY KEY, version TEXT NOT NULL, title TEXT NOT NULL, sha256 TEXT NOT NULL, files TEXT NOT NULL,
  tests TEXT NOT NULL, difference TEXT NOT NULL, comment TEXT NOT NULL, proposed_by TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX record_mapper ON record (mapper, id);
`
