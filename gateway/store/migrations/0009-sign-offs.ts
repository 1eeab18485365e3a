/** Sign-offs with several decisions, attachments and delegations; weighings; what a variant's drift was. */
export const up = `
ALTER TABLE sign_off ADD COLUMN shown_sha256 TEXT;
ALTER TABLE sign_off ADD COLUMN request TEXT;
ALTER TABLE sign_off ADD COLUMN approvers INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sign_off ADD COLUMN approvals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sign_off ADD COLUMN void_reason TEXT;
ALTER TABLE sign_off ADD COLUMN reminded_at TEXT;
ALTER TABLE sign_off ADD COLUMN escalated_at TEXT;
CREATE INDEX sign_off_decision_requested ON sign_off (decision, requested_at);

CREATE TABLE sign_off_decision (
  id TEXT PRIMARY KEY, sign_off_id TEXT NOT NULL REFERENCES sign_off (id), ecoc_id TEXT NOT NULL REFERENCES ecoc (id),
  decision TEXT NOT NULL, reason TEXT, comment TEXT NOT NULL, decided_by TEXT NOT NULL, on_behalf_of TEXT,
  confirmed_by TEXT NOT NULL, attachments TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (sign_off_id, decided_by, decision));
CREATE TABLE sign_off_attachment (
  id TEXT PRIMARY KEY, sign_off_id TEXT NOT NULL REFERENCES sign_off (id), ecoc_id TEXT NOT NULL REFERENCES ecoc (id),
  name TEXT NOT NULL, content_type TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL,
  added_by TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (sign_off_id, sha256));
CREATE TABLE sign_off_delegation (
  id TEXT PRIMARY KEY, from_person TEXT NOT NULL, to_person TEXT NOT NULL, until_at TEXT NOT NULL, reason TEXT NOT NULL,
  at TEXT NOT NULL, ended_at TEXT);
CREATE INDEX sign_off_delegation_to ON sign_off_delegation (to_person, until_at);

CREATE TABLE weighing (
  id TEXT PRIMARY KEY, vin TEXT NOT NULL, data TEXT NOT NULL, recorded_by TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX weighing_vin ON weighing (vin, at);

CREATE TABLE drift_value (
  vin TEXT NOT NULL, stage INTEGER NOT NULL, field TEXT NOT NULL, variant TEXT NOT NULL, deviation REAL NOT NULL,
  ecoc_id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (vin, stage, field));
CREATE INDEX drift_value_variant ON drift_value (variant, field, at);
CREATE INDEX drift_value_at ON drift_value (at);
CREATE TABLE drift_alert (
  variant TEXT NOT NULL, field TEXT NOT NULL, shift REAL NOT NULL, at TEXT NOT NULL, PRIMARY KEY (variant, field));
`
