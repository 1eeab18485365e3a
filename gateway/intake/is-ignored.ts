/** The gateway's own answers, editors' and uploaders' temporary files, hidden files: never taken. */
const ours = /\.(ok\.json|receipt\.json|result\.csv|errors\..*)$/is
const temporary = /(\.tmp|\.part|\.filepart)$/i

/** Whether a name in a watched folder is never taken (README, "Folder drop"). */
export const isIgnored = (key: string): boolean => {
  const name = key.slice(key.lastIndexOf('/') + 1)
  return name.startsWith('.') || name.startsWith('~') || temporary.test(name) || ours.test(name)
}
