import { expect, test } from 'vitest'
import { addDays } from './dates.ts'
import { isPublicHoliday, isWorkingDay, listPublicHolidays, toWorkingDay } from './holidays.ts'

test('the public holidays of 2026 are those in the almanac', () => {
  expect(listPublicHolidays(2026)).toEqual([
    '2026-01-01',
    '2026-01-06',
    '2026-04-03',
    '2026-04-05',
    '2026-04-06',
    '2026-05-01',
    '2026-05-14',
    '2026-05-24',
    '2026-06-20',
    '2026-10-31',
    '2026-12-06',
    '2026-12-25',
    '2026-12-26',
  ])
})

test.each([
  ['Easter Monday', '2024-04-01'],
  ['Easter Monday', '2038-04-26'],
  ['Easter Monday', '2008-03-24'],
  ['Ascension Day', '2024-05-09'],
  ['Ascension Day', '2025-05-29'],
  ['Midsummer Day', '2025-06-21'],
  ['Midsummer Day', '2021-06-26'],
  ['All Saints', '2020-10-31'],
  ['All Saints', '2021-11-06'],
])('%s was or is on %s', (_name, date) => {
  expect(isPublicHoliday(date)).toBe(true)
})

test('the eves of Midsummer and Christmas are no public holidays, but nobody works', () => {
  for (const eve of ['2026-06-19', '2025-06-20', '2026-12-24']) {
    expect(isPublicHoliday(eve)).toBe(false)
    expect(isWorkingDay(eve)).toBe(false)
  }
})

test('years have 249 to 254 working days', () => {
  for (let year = 2000; year <= 2060; year += 1) {
    let count = 0
    for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1))
      if (isWorkingDay(date)) count += 1
    expect(count).toBeGreaterThanOrEqual(249)
    expect(count).toBeLessThanOrEqual(254)
  }
})

test('a day off leads to the next working day and a working day to itself', () => {
  expect(toWorkingDay('2026-12-24')).toBe('2026-12-28')
  expect(toWorkingDay('2026-12-28')).toBe('2026-12-28')
})
