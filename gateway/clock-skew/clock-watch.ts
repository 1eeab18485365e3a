/** Above this nobody signs: the time of a signature would be wrong for whoever checks it. */
export const limitMs = 30_000
/** What was seen longer ago says nothing about today's clock. */
const maxAgeMs = 6 * 3_600_000
/** An answer that took longer leaves too much open. */
const maxRoundTripMs = 20_000

/** The wall clock and one that never jumps, both in milliseconds, read together. */
export interface TwoClocks {
  readonly wall: number
  readonly steady: number
}

/** What another machine said the time was. */
export interface TimeSample {
  /** Name of the access point or time-stamping authority. */
  readonly peer: string
  readonly kind: 'http-date' | 'time-stamp'
  /** Its time, in milliseconds since 1970. */
  readonly time: number
  readonly sent: TwoClocks
  readonly received: TwoClocks
}

/** What one peer's newest sample means now. */
export interface PeerSkew {
  readonly peer: string
  readonly kind: TimeSample['kind']
  /** Positive: our clock is behind the peer's. */
  readonly skewMs: number
  /** The skew is known this exactly, either way. */
  readonly plusMinusMs: number
  readonly isBeyond: boolean
  readonly peerTime: string
  readonly ageMs: number
}

export interface ClockVerdict {
  /** Whether signing waits. */
  readonly isHeld: boolean
  readonly ourTime: string
  /** Newest sample of every peer, the largest skew first. */
  readonly peers: readonly PeerSkew[]
  /** For people, with both times; undefined when nothing is wrong. */
  readonly message: string | undefined
}

interface Kept {
  readonly peer: string
  readonly kind: TimeSample['kind']
  /** The peer's time minus our steady clock: it stays true when our wall clock is set. */
  readonly offset: number
  readonly plusMinusMs: number
  readonly steady: number
}

/** An HTTP date has whole seconds, cut off (RFC 9110, 5.6.7); a genTime may have (RFC 3161, 2.4.2). */
const granularityMs = 1000

const keep = ({ peer, kind, time, sent, received }: TimeSample): Kept => ({
  peer,
  kind,
  offset: time + granularityMs / 2 - (sent.steady + received.steady) / 2,
  plusMinusMs: (received.steady - sent.steady) / 2 + granularityMs / 2,
  steady: received.steady,
})

const at = (ms: number): string => new Date(ms).toISOString()

const skewOf = ({ peer, kind, offset, plusMinusMs, steady }: Kept, now: TwoClocks): PeerSkew => {
  const peerNow = offset + now.steady
  const skewMs = Math.round(peerNow - now.wall)
  // Only what is surely beyond holds: a slow answer must not.
  const isBeyond = Math.abs(skewMs) - plusMinusMs > limitMs
  return { peer, kind, skewMs, plusMinusMs, isBeyond, peerTime: at(peerNow), ageMs: now.steady - steady }
}

/**
 * Compares our clock with those of access points and time-stamping authorities, from the answers that come anyway. Signing is held
 * when a time stamp or at least half of the peers say that we are more than 30 s off; one peer alone among several that agree with
 * us has a wrong clock itself. It measures against the steady clock, so that setting our clock right ends the hold at once.
 */
export class ClockWatch {
  readonly #kept = new Map<string, Kept>()

  /** Takes a sample in. One that took too long, or whose time makes no sense, is left out. */
  note(sample: TimeSample): void {
    const roundTrip = sample.received.steady - sample.sent.steady
    if (!Number.isFinite(sample.time) || roundTrip < 0 || roundTrip > maxRoundTripMs) return
    this.#kept.set(`${sample.kind} ${sample.peer}`, keep(sample))
  }

  verdict(now: TwoClocks): ClockVerdict {
    const peers = [...this.#kept.values()]
      .map((kept) => skewOf(kept, now))
      .filter(({ ageMs }) => ageMs <= maxAgeMs)
      .sort((a, b) => Math.abs(b.skewMs) - Math.abs(a.skewMs))
    const beyond = peers.filter(({ isBeyond }) => isBeyond)
    const stamps = peers.filter(({ kind }) => kind === 'time-stamp')
    const isHeld =
      beyond.length > 0 &&
      (stamps.length > 0 ? stamps.some(({ isBeyond }) => isBeyond) : beyond.length * 2 >= peers.length)
    return { isHeld, ourTime: at(now.wall), peers, message: messageOf(beyond, isHeld, now) }
  }
}

const messageOf = ([worst]: readonly PeerSkew[], isHeld: boolean, now: TwoClocks): string | undefined => {
  if (!worst) return undefined
  const { peer, peerTime, skewMs } = worst
  const seconds = Math.abs(Math.round(skewMs / 1000))
  const both = `Our clock says ${at(now.wall)}, ${peer} says ${peerTime}: ${seconds} s ${skewMs > 0 ? 'behind' : 'ahead'}.`
  return isHeld ? `${both} Signing waits until they agree within 30 s.` : `${both} Other clocks agree with ours.`
}

/** Both clocks of this machine. */
export const twoClocks = (): TwoClocks => ({ wall: Date.now(), steady: performance.now() })
