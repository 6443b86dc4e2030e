import { createHash } from 'node:crypto'

/** A number in [0, 1); the same seed gives the same row of numbers. */
export type Random = () => number

/** Seeds from words, so that drawing more of one thing does not change another. */
export function makeRandom(...seed: readonly (string | number)[]): Random {
  let state = createHash('sha256').update(seed.join('/')).digest().readUInt32LE(0)
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of the items. @throws RangeError when there are none. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** One of the items, each with the chance its weight gives it. @throws RangeError when no weight is above 0. */
export function pickWeighted<T>(random: Random, items: readonly T[], weightOf: (item: T) => number): T {
  const weights = items.map(weightOf)
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const at = weights.findIndex((weight) => {
    left -= weight
    return weight > 0 && left < 0
  })
  // Rounding may leave a crumb after the last item.
  const item = items[at >= 0 ? at : weights.findLastIndex((weight) => weight > 0)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** A normally distributed number, mean 0 and deviation 1. */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A positive number with a mean and a coefficient of variation, distributed log-normally. */
export function drawLogNormal(random: Random, mean: number, cv: number): number {
  const variance = Math.log(1 + cv * cv)
  return mean * Math.exp(Math.sqrt(variance) * drawNormal(random) - variance / 2)
}

/** A UUIDv7 that is the same each time for the same words. */
export function makeStableId(...words: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(words.join('/')).digest('hex')
  const variant = (8 + (Number.parseInt(hash.charAt(4), 16) % 4)).toString(16)
  // The time part says 2005-01-01, the year work began to be levelled in volume.
  return `01012b92-4000-7${hash.slice(0, 3)}-${variant}${hash.slice(5, 8)}-${hash.slice(8, 20)}`
}
