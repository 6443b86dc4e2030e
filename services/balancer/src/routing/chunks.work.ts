import { setTimeout as sleep } from 'node:timers/promises'

const chunkSize = 200
/** Left to those who claim before the next chunk: a share of the time the last one took, but no long wait on a busy machine. */
const restShare = 0.2
const longestRestMs = 30

/**
 * Moves many tasks a chunk at a time, with a rest after each, so that handlers who claim meanwhile hardly notice.
 * @returns the sum of what the chunks made of it; no further chunk begins once `mayGoOn` says no.
 */
export async function applyInChunks<T>(
  moves: readonly T[],
  apply: (chunk: readonly T[]) => Promise<number>,
  mayGoOn: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<number> {
  let applied = 0
  for (let start = 0; start < moves.length && (await mayGoOn()); start += chunkSize) {
    const began = performance.now()
    applied += await apply(moves.slice(start, start + chunkSize))
    await sleep(Math.min(longestRestMs, (performance.now() - began) * restShare))
  }
  return applied
}
