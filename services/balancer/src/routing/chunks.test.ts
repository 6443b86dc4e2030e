import { expect, test } from 'vitest'
import { applyInChunks } from './chunks.work.ts'

test('every move is made once, in order, and the sum of the chunks is told', async () => {
  const made: number[] = []
  const moves = Array.from({ length: 301 }, (_, index) => index)
  const applied = await applyInChunks(moves, (chunk) => {
    made.push(...chunk)
    return Promise.resolve(chunk.length - 1)
  })
  expect(made).toEqual(moves)
  expect(applied).toBe(301 - 2)
})

test('levelling that is switched off in the middle of a plan makes no further move', async () => {
  let made = 0
  const apply = (chunk: readonly number[]) => {
    made += chunk.length
    return Promise.resolve(chunk.length)
  }
  const applied = await applyInChunks(Array(2_000).fill(0), apply, () => Promise.resolve(made === 0))
  expect([applied, made]).toEqual([200, 200])
})
