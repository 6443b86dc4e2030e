import { expect, test } from 'vitest'
import { createAllowances, perMinute } from './allowance.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1000)

test('a minute’s worth passes at once; then one is told how long to wait, and waiting that long is enough', () => {
  const { take } = createAllowances()
  for (let count = 0; count < perMinute.search; count += 1) expect(take('a', 'search', at(0))).toBe(0)
  const wait = take('a', 'search', at(0.2))
  expect(wait).toBe(1)
  expect(take('a', 'search', at(0.2 + wait))).toBe(0)
})

test('one person’s haste and one kind of request leave the others alone', () => {
  const { take } = createAllowances({ upload: 1, search: 1, other: 1 })
  expect([take('a', 'upload', at(0)), take('b', 'upload', at(0)), take('a', 'search', at(0))]).toEqual([0, 0, 0])
  expect(take('a', 'upload', at(1))).toBe(59)
})

test('after a minute’s rest everything is back, however long ago it was, and a clock set back takes nothing away', () => {
  const { take } = createAllowances({ upload: 2, search: 1, other: 1 })
  const left = (seconds: number) => [take('a', 'upload', at(seconds)), take('a', 'upload', at(seconds))]
  expect(left(0)).toEqual([0, 0])
  expect(left(61)).toEqual([0, 0])
  expect(left(500)).toEqual([0, 0])
  expect(take('a', 'upload', at(400))).toBeGreaterThan(0)
})
