/** Stands as the source of an eCoC that the process before this gateway delivered. No configured source can have the name. */
export const earlierSource = 'earlier process'
