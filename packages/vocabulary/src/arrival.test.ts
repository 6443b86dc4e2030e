import { describe, expect, test } from 'vitest'
import { judgeArrival, oldestArrival } from './arrival.ts'
import { addDays } from './dates.ts'

describe('One bad row stops nobody', () => {
  test.each([
    ['2026-11-24', 'future'],
    ['2026-11-23', 'good'],
    ['2025-11-23', 'good'],
    ['2025-11-22', 'old'],
    ['2021-11-23', 'old'],
    ['2021-11-22', 'tooOld'],
    ['1926-11-23', 'tooOld'],
    ['0001-01-01', 'tooOld'],
    ['9999-12-31', 'future'],
  ])('papers of %s, on 23 November 2026, are %s', (arrivedOn, verdict) => {
    expect(judgeArrival(arrivedOn, '2026-11-23')).toBe(verdict)
  })

  test('a leap day looks back on the whole of February', () => {
    expect(judgeArrival('2027-02-28', '2028-02-29')).toBe('old')
    expect(judgeArrival('2027-03-01', '2028-02-29')).toBe('good')
  })

  test.each([
    ['2026-11-23', '2021-11-23'],
    ['2028-02-29', '2023-03-01'],
    ['2029-02-28', '2024-02-28'],
  ])('on %s the oldest arrival is that of %s', (today, oldest) => {
    expect(oldestArrival(today)).toBe(oldest)
    expect([oldest, addDays(oldest, -1)].map((day) => judgeArrival(day, today))).toEqual(['old', 'tooOld'])
  })
})
