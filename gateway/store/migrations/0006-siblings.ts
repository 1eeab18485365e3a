/**
 * Further documents of a vehicle: eCoCs of the same record, born at its routing. One a profile; a proposed correction stands
 * beside what it corrects.
 */
export const up = `
ALTER TABLE ecoc ADD COLUMN sibling_of TEXT;
CREATE UNIQUE INDEX ecoc_sibling ON ecoc (mapper, record_key, mode, profile, version)
  WHERE sibling_of IS NOT NULL AND proposal_of IS NULL AND state NOT IN ('superseded', 'cancelled');
CREATE INDEX ecoc_siblings ON ecoc (mapper, record_key) WHERE sibling_of IS NOT NULL;
`
