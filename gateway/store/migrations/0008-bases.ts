/** Base eCoCs over time, what stands in for them, which are awaited, who was told of a correction, and the hand-over to the next stage. */
export const up = `
CREATE TABLE base_earlier (
  vin TEXT NOT NULL, stage INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL, origin TEXT NOT NULL,
  verification TEXT NOT NULL, at TEXT NOT NULL, replaced_at TEXT NOT NULL, PRIMARY KEY (vin, stage, sha256));
CREATE TABLE base_watch (vin TEXT PRIMARY KEY, next_at TEXT NOT NULL);
CREATE INDEX base_watch_due ON base_watch (next_at);

CREATE TABLE base_sheet (
  id TEXT PRIMARY KEY, approval TEXT NOT NULL, type TEXT NOT NULL, variant TEXT NOT NULL, version TEXT NOT NULL,
  stage INTEGER NOT NULL, data TEXT NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL, entered_by TEXT NOT NULL,
  entered_at TEXT NOT NULL, decided_by TEXT, decided_at TEXT, comment TEXT);
CREATE TABLE base_sheet_scan (
  sheet_id TEXT PRIMARY KEY, name TEXT NOT NULL, content_type TEXT NOT NULL, bytes BLOB NOT NULL, sha256 TEXT NOT NULL,
  added_by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE base_sheet_vins (
  id TEXT PRIMARY KEY, sheet_id TEXT NOT NULL, series TEXT NOT NULL, first_serial TEXT NOT NULL, last_serial TEXT NOT NULL,
  first_vin TEXT NOT NULL, last_vin TEXT NOT NULL, added_by TEXT NOT NULL, added_at TEXT NOT NULL, confirmed_by TEXT);
CREATE INDEX base_sheet_vins_series ON base_sheet_vins (series, first_serial);
CREATE INDEX base_sheet_vins_sheet ON base_sheet_vins (sheet_id);

CREATE TABLE announced_vehicle (
  vin TEXT PRIMARY KEY, type TEXT, variant TEXT, version TEXT, note TEXT, announced_by TEXT NOT NULL, announced_at TEXT NOT NULL,
  state TEXT NOT NULL, next_at TEXT NOT NULL, tries INTEGER NOT NULL, problem TEXT);
CREATE INDEX announced_due ON announced_vehicle (next_at) WHERE state = 'waiting';

CREATE TABLE base_issue (
  ecoc_id TEXT NOT NULL, base_sha256 TEXT NOT NULL, vin TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL, next_step TEXT NOT NULL,
  differences TEXT NOT NULL, proposal TEXT, at TEXT NOT NULL, closed_at TEXT, PRIMARY KEY (ecoc_id, base_sha256));
CREATE INDEX base_issue_open ON base_issue (at) WHERE closed_at IS NULL;
CREATE INDEX base_issue_vin ON base_issue (vin);

CREATE TABLE base_refused (
  origin TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL, findings TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (origin, key));

CREATE TABLE handover (
  ecoc_id TEXT NOT NULL, target TEXT NOT NULL, vin TEXT NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL, due_at TEXT NOT NULL,
  tries INTEGER NOT NULL, problem TEXT, done_at TEXT, PRIMARY KEY (ecoc_id, target));
CREATE INDEX handover_due ON handover (due_at) WHERE state = 'pending';
`
