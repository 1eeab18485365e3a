/** Limits of drift that a site sets, stricter than the law's. */
export { driftSettings as drift } from '../../drift/drift-limits.ts'
