/** Tables of delivery: what holds an access point back. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it fills with the first table
export interface DeliveryTables {}
