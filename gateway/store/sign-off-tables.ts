/** Tables of sign-offs: who decides, on what, and what was attached. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it fills with the first table
export interface SignOffTables {}
