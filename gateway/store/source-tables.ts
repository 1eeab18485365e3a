/** Tables of sources: how far reading came, and what was told to them. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it fills with the first table
export interface SourceTables {}
