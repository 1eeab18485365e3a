import pino from 'pino'

export type Logger = pino.Logger

/** Logs as JSON lines on standard error: standard output belongs to commands' results. */
export const createLogger = (level: string): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
