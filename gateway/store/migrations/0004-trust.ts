/** Trusted lists, the signers of the list of lists that a site named, and what was told and prepared about certificates. */
export const up = `
CREATE TABLE trusted_list (
  sha256 TEXT PRIMARY KEY, territory TEXT NOT NULL, list_of_lists INTEGER NOT NULL, sequence INTEGER NOT NULL,
  facts TEXT NOT NULL, bytes BLOB NOT NULL, at TEXT NOT NULL);
CREATE TABLE lotl_signer (sha256 TEXT PRIMARY KEY, named_by TEXT NOT NULL, at TEXT NOT NULL);

CREATE TABLE certificate_alert (
  sha256 TEXT NOT NULL, days INTEGER NOT NULL, told INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (sha256, days));
CREATE TABLE next_certificate (
  slot TEXT PRIMARY KEY, sha256 TEXT NOT NULL, files TEXT NOT NULL, from_at TEXT NOT NULL, prepared_by TEXT NOT NULL,
  at TEXT NOT NULL, switched_at TEXT);
`
