/** The first schema. Portable SQL: `BLOB` is the only type that another database names differently. */
export const up = `
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE spool (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, mapper TEXT NOT NULL, key TEXT NOT NULL, item_version TEXT NOT NULL, path TEXT NOT NULL,
  size INTEGER NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL, cursor INTEGER NOT NULL, rows INTEGER NOT NULL,
  refused INTEGER NOT NULL, problem TEXT, archive_name TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX spool_key ON spool (source, key);
CREATE INDEX spool_open ON spool (source, key) WHERE state <> 'settled';

CREATE TABLE spool_line (
  spool_id TEXT NOT NULL REFERENCES spool (id), line INTEGER NOT NULL, ecoc_id TEXT, vin TEXT, known INTEGER NOT NULL,
  problems TEXT, cells TEXT, PRIMARY KEY (spool_id, line));
CREATE INDEX spool_line_ecoc ON spool_line (ecoc_id) WHERE ecoc_id IS NOT NULL;

CREATE TABLE record (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, mapper TEXT NOT NULL, record_key TEXT NOT NULL,
  content_sha256 TEXT NOT NULL, vin TEXT NOT NULL, fields TEXT NOT NULL, at TEXT NOT NULL);

CREATE TABLE ecoc (
  id TEXT PRIMARY KEY, record_id TEXT NOT NULL REFERENCES record (id), source TEXT NOT NULL, mapper TEXT NOT NULL,
  mapper_version TEXT, record_key TEXT NOT NULL, vin TEXT NOT NULL, manufacturer TEXT, stage INTEGER, profile TEXT,
  access_point TEXT, named_access_point TEXT, environment TEXT, version INTEGER NOT NULL, state TEXT NOT NULL, reason_code TEXT, reason TEXT,
  next_step TEXT, document_sha256 TEXT, signed_sha256 TEXT, ivi_reference_id TEXT, ivi_version_date_time TEXT,
  signature_date TEXT, receipt_reference TEXT, proposal_of TEXT, replaces TEXT, write_back TEXT NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE INDEX ecoc_record_key ON ecoc (mapper, record_key);
CREATE INDEX ecoc_vin ON ecoc (vin);
CREATE INDEX ecoc_state ON ecoc (state, id);
CREATE UNIQUE INDEX ecoc_reference ON ecoc (ivi_reference_id) WHERE ivi_reference_id IS NOT NULL;
CREATE UNIQUE INDEX ecoc_identity ON ecoc (vin, manufacturer, stage, profile, environment, version)
  WHERE manufacturer IS NOT NULL AND proposal_of IS NULL AND state NOT IN ('superseded', 'cancelled');

CREATE TABLE content (
  ecoc_id TEXT NOT NULL REFERENCES ecoc (id), kind TEXT NOT NULL, bytes BLOB NOT NULL, sha256 TEXT NOT NULL,
  at TEXT NOT NULL, PRIMARY KEY (ecoc_id, kind));
CREATE TABLE finding (
  ecoc_id TEXT NOT NULL REFERENCES ecoc (id), layer TEXT NOT NULL, findings TEXT NOT NULL, PRIMARY KEY (ecoc_id, layer));
CREATE TABLE sign_off (
  id TEXT PRIMARY KEY, ecoc_id TEXT NOT NULL REFERENCES ecoc (id), document_sha256 TEXT NOT NULL, findings TEXT NOT NULL,
  requested_at TEXT NOT NULL, decision TEXT, decided_by TEXT, comment TEXT, decided_at TEXT);
CREATE INDEX sign_off_ecoc ON sign_off (ecoc_id);
CREATE TABLE attempt (
  id TEXT PRIMARY KEY, ecoc_id TEXT NOT NULL REFERENCES ecoc (id), access_point TEXT NOT NULL, operation TEXT NOT NULL,
  message_id TEXT NOT NULL, envelope_sha256 TEXT, state TEXT NOT NULL, reason TEXT, outcome TEXT, reply_status INTEGER,
  prepared_at TEXT NOT NULL, ended_at TEXT);
CREATE INDEX attempt_ecoc ON attempt (ecoc_id, prepared_at);
CREATE TABLE receipt (
  id TEXT PRIMARY KEY, ecoc_id TEXT NOT NULL REFERENCES ecoc (id), attempt_id TEXT NOT NULL REFERENCES attempt (id),
  interpreted INTEGER NOT NULL, meaning TEXT, content_type TEXT NOT NULL, raw BLOB NOT NULL, received_at TEXT NOT NULL);
CREATE INDEX receipt_ecoc ON receipt (ecoc_id, received_at);
CREATE TABLE write_back (
  kind TEXT NOT NULL, subject TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
  due_at TEXT NOT NULL, tries INTEGER NOT NULL, problem TEXT, done_at TEXT, PRIMARY KEY (kind, subject));
CREATE INDEX write_back_due ON write_back (due_at) WHERE state = 'pending';

CREATE TABLE job (
  ecoc_id TEXT PRIMARY KEY REFERENCES ecoc (id), stage TEXT NOT NULL, next_run_at TEXT NOT NULL, owner TEXT,
  lease_until TEXT, tries INTEGER NOT NULL);
CREATE INDEX job_due ON job (stage, next_run_at, ecoc_id);

CREATE TABLE event (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,
  detail TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX event_subject ON event (subject, seq);

CREATE TABLE approval (
  id TEXT PRIMARY KEY, approval TEXT NOT NULL, type TEXT NOT NULL, variant TEXT NOT NULL, version TEXT NOT NULL,
  valid_from TEXT NOT NULL, data TEXT NOT NULL, sha256 TEXT NOT NULL, imported_at TEXT NOT NULL);
CREATE INDEX approval_key ON approval (type, variant, version);
CREATE TABLE base_ecoc (
  vin TEXT NOT NULL, stage INTEGER NOT NULL, bytes BLOB NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL,
  verification TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (vin, stage));

CREATE TABLE person (name TEXT PRIMARY KEY, password TEXT NOT NULL, role TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE token (
  hash TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, person TEXT, created_at TEXT NOT NULL, revoked_at TEXT);
CREATE TABLE session (hash TEXT PRIMARY KEY, person TEXT NOT NULL, expires_at TEXT NOT NULL);
`
