/** Tables of base eCoCs: what stands in for them, and which are awaited. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it fills with the first table
export interface BaseTables {}
