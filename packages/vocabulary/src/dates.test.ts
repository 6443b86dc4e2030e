import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  daysBetween,
  formatDate,
  helsinkiDate,
  isIsoDate,
  parseFinnishDate,
  startOfHelsinkiDay,
  weekday,
} from './dates.ts'

const dates = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1950-01-01', days))

test('the date in Helsinki changes at 22 or 21 UTC', () => {
  expect(helsinkiDate(new Date('2026-01-31T21:59:59.999Z'))).toBe('2026-01-31')
  expect(helsinkiDate(new Date('2026-01-31T22:00:00Z'))).toBe('2026-02-01')
  expect(helsinkiDate(new Date('2026-06-30T20:59:59Z'))).toBe('2026-06-30')
  expect(helsinkiDate(new Date('2026-06-30T21:00:00Z'))).toBe('2026-07-01')
})

test('a day begins when its date begins on the wall, also when the clocks are turned', () => {
  expect(startOfHelsinkiDay('2026-03-29').toISOString()).toBe('2026-03-28T22:00:00.000Z')
  expect(startOfHelsinkiDay('2026-03-30').toISOString()).toBe('2026-03-29T21:00:00.000Z')
  expect(startOfHelsinkiDay('2026-10-25').toISOString()).toBe('2026-10-24T21:00:00.000Z')
  expect(startOfHelsinkiDay('2026-10-26').toISOString()).toBe('2026-10-25T22:00:00.000Z')
})

test('every day of two years begins on its own date and a millisecond earlier was the day before', () => {
  for (let date = '2026-01-01'; date < '2028-01-01'; date = addDays(date, 1)) {
    const start = startOfHelsinkiDay(date)
    expect(helsinkiDate(start)).toBe(date)
    expect(helsinkiDate(new Date(start.getTime() - 1))).toBe(addDays(date, -1))
  }
})

test('adding days and counting them agree, and weekdays go round', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
      expect(daysBetween(date, addDays(date, days))).toBe(days)
      expect(weekday(addDays(date, 1))).toBe((weekday(date) % 7) + 1)
    }),
  )
  expect(weekday('2026-11-22')).toBe(7)
  expect(weekday('1969-12-29')).toBe(1)
})

test('a date is written as Finns do and read back', () => {
  expect(formatDate('2023-06-24')).toBe('24.6.2023')
  expect(parseFinnishDate('24.6.2023')).toBe('2023-06-24')
  expect(parseFinnishDate(' 04. 06. 2023 ')).toBe('2023-06-04')
  fc.assert(fc.property(dates, (date) => parseFinnishDate(formatDate(date)) === date))
})

test.each(['29.2.2023', '31.4.2023', '0.1.2023', '1.13.2023', '24.6.23', '2023-06-24', ''])('%j is no date', (text) => {
  expect(parseFinnishDate(text)).toBeUndefined()
})

test('only days that exist are dates', () => {
  expect(['2024-02-29', '2000-02-29', '1900-02-28'].every(isIsoDate)).toBe(true)
  expect(['2023-02-29', '1900-02-29', '2023-13-01', '2023-1-01', '2023-01-01T00:00'].some(isIsoDate)).toBe(false)
  expect(() => addDays('2023-02-30', 1)).toThrow(RangeError)
})
