/** Branded strings: an id of one thing cannot be passed where another is meant. */
type Brand<T, B extends string> = T & { readonly __brand: B }

/** Vehicle identification number: 17 characters, capitals and digits (ISO 3779; IVI type VehicleIdentificationNumber). */
export type Vin = Brand<string, 'Vin'>
/** What the source calls the vehicle; unique per mapper. */
export type RecordKey = Brand<string, 'RecordKey'>
export type SpoolId = Brand<string, 'SpoolId'>
export type RecordId = Brand<string, 'RecordId'>
/** One eCoC = identity (VIN, manufacturer, stage, document profile, environment) + version. */
export type EcocId = Brand<string, 'EcocId'>
/** UUID v4 in the document's header, new for every version (IVI user manual). */
export type IviReferenceId = Brand<string, 'IviReferenceId'>
/** Id of one message to an access point; a retry keeps it. */
export type MessageId = Brand<string, 'MessageId'>
/** SHA-256 in lower-case hexadecimal. */
export type Sha256 = Brand<string, 'Sha256'>
/** An instant in UTC, ISO 8601 with milliseconds and Z. */
export type Instant = Brand<string, 'Instant'>
