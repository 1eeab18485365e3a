/** Random choices from one source of numbers in [0, 1), so that a seed gives the same document everywhere. */
export interface Dice {
  chance(share: number): boolean
  /** A whole number, both ends included. */
  whole(least: number, most: number): number
  pick<T>(from: readonly T[]): T
  /** Some of them, each once, in their order; at least `least`. */
  some<T>(from: readonly T[], least: number, most: number): T[]
}

export const diceOf = (random: () => number): Dice => {
  const whole = (least: number, most: number): number =>
    least + Math.floor(random() * (Math.max(most, least) - least + 1))
  return {
    whole,
    chance: (share) => random() < share,
    pick: (from) => {
      if (from.length === 0) throw new Error('Nothing to pick from')
      return from[whole(0, from.length - 1)] as (typeof from)[number]
    },
    some: (from, least, most) => {
      const wanted = whole(least, Math.min(most, from.length))
      const chosen = new Set<number>()
      while (chosen.size < wanted) chosen.add(whole(0, from.length - 1))
      return from.filter((_, i) => chosen.has(i))
    },
  }
}

/** Splits a whole number into whole parts in proportion to the weights; the parts add up to it. */
export const split = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((a, b) => a + b, 0)
  const parts = weights.map((weight) => Math.floor((total * weight) / sum))
  const rest = total - parts.reduce((a, b) => a + b, 0)
  return parts.map((part, i) => (i < rest ? part + 1 : part))
}
