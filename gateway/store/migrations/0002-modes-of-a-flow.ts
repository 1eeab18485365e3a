/** Modes of a flow: test and parallel eCoCs beside live ones, what the earlier process made, and the way to going live. */
export const up = `
ALTER TABLE ecoc ADD COLUMN mode TEXT NOT NULL DEFAULT 'live';
DROP INDEX ecoc_identity;
CREATE UNIQUE INDEX ecoc_identity ON ecoc (vin, manufacturer, stage, profile, environment, version, mode)
  WHERE manufacturer IS NOT NULL AND proposal_of IS NULL AND state NOT IN ('superseded', 'cancelled');
CREATE INDEX ecoc_unlike_live ON ecoc (mapper, mode, state) WHERE mode <> 'live';

CREATE TABLE earlier_ecoc (
  flow TEXT NOT NULL, ivi_reference_id TEXT NOT NULL, vin TEXT NOT NULL, manufacturer TEXT NOT NULL, stage INTEGER NOT NULL,
  profile TEXT, version INTEGER NOT NULL, ivi_version_date_time TEXT, signature_date TEXT, bytes BLOB NOT NULL,
  sha256 TEXT NOT NULL, fit INTEGER NOT NULL, verification TEXT NOT NULL, accepted INTEGER NOT NULL, accepted_by TEXT,
  receipt BLOB, receipt_sha256 TEXT, receipt_reference TEXT, ecoc_id TEXT, at TEXT NOT NULL,
  PRIMARY KEY (flow, ivi_reference_id));
CREATE INDEX earlier_ecoc_vin ON earlier_ecoc (flow, vin);
CREATE INDEX earlier_ecoc_open ON earlier_ecoc (flow, vin) WHERE ecoc_id IS NULL AND accepted = 1 AND fit = 1;

CREATE TABLE comparison (
  ecoc_id TEXT PRIMARY KEY REFERENCES ecoc (id), flow TEXT NOT NULL, vin TEXT NOT NULL, stage INTEGER NOT NULL, day TEXT NOT NULL,
  ivi_reference_id TEXT NOT NULL, differences TEXT NOT NULL, count INTEGER NOT NULL, fields_sha256 TEXT NOT NULL);
CREATE INDEX comparison_day ON comparison (flow, day, fields_sha256);
CREATE TABLE compared_fields (sha256 TEXT PRIMARY KEY, names TEXT NOT NULL);

CREATE TABLE report (
  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, content_type TEXT NOT NULL, bytes BLOB NOT NULL, at TEXT NOT NULL);
CREATE TABLE go_live_step (
  flow TEXT NOT NULL, access_point TEXT NOT NULL, step TEXT NOT NULL, done INTEGER NOT NULL, owner TEXT, date TEXT, proof TEXT,
  PRIMARY KEY (flow, access_point, step));
`
