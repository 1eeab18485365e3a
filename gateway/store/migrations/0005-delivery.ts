/** Delivery: each access point's work apart, pauses, envelopes that were replaced by a new one, and what is due when. */
export const up = `
ALTER TABLE job ADD COLUMN lane TEXT;
CREATE INDEX job_lane ON job (stage, lane, next_run_at, ecoc_id);

CREATE TABLE access_point_pause (
  access_point TEXT PRIMARY KEY, reason TEXT NOT NULL, paused_by TEXT NOT NULL, at TEXT NOT NULL, until_at TEXT NOT NULL);
CREATE TABLE earlier_envelope (
  ecoc_id TEXT NOT NULL REFERENCES ecoc (id), sha256 TEXT NOT NULL, bytes BLOB NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (ecoc_id, sha256));
CREATE TABLE delivery_deadline (
  ecoc_id TEXT PRIMARY KEY REFERENCES ecoc (id), due_at TEXT NOT NULL, told TEXT NOT NULL);
CREATE INDEX delivery_deadline_due ON delivery_deadline (told, due_at);
`
