import Holidays from 'date-holidays'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { benefits, getBenefit } from './benefits.ts'
import { addDays, helsinkiDate, type IsoDate, startOfHelsinkiDay } from './dates.ts'
import { dueAfterInformation, dueOn, leadTimeDays, slackDays, workingDaysBetween } from './due.ts'
import { isPublicHoliday, isWorkingDay, listPublicHolidays } from './holidays.ts'

// Everything here is reckoned a second time, from a calendar kept by others and by counting days in a list.
const [firstYear, lastYear] = [2000, 2040]
const almanac = new Holidays('FI')
const eves = new Set(['juhannusaatto', 'jouluaatto'])
const years = Array.from({ length: lastYear - firstYear + 2 }, (_, index) => firstYear + index)
const known = years.flatMap((year) => almanac.getHolidays(year))
const listed = new Set(known.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)))
const closed = new Set([...listed, ...known.filter(({ name }) => eves.has(name)).map(({ date }) => date.slice(0, 10))])

const days: IsoDate[] = []
const isOpen: boolean[] = []
/** Working days of the list up to and including a day. */
const opened: number[] = []
for (let at = Date.UTC(firstYear, 0, 1); at < Date.UTC(lastYear + 2, 0, 1); at += 86_400_000) {
  const date = new Date(at)
  const day = date.toISOString().slice(0, 10)
  days.push(day)
  isOpen.push(date.getUTCDay() % 6 !== 0 && !closed.has(day))
  opened.push((opened.at(-1) ?? 0) + Number(isOpen.at(-1)))
}
const indexOf = new Map(days.map((day, index) => [day, index]))
const at = (day: IsoDate) => indexOf.get(day) ?? Number.NaN
/** The day on which so many working days after a day have passed, a day off counting as the working day after it. */
const countOn = (day: IsoDate, count: number) => days[opened.indexOf((opened[at(day) - 1] ?? 0) + 1 + count)]
const after = (day: IsoDate, count: number) => days[opened.indexOf((opened[at(day)] ?? 0) + count)]

const someDay = fc.integer({ min: 0, max: 365 * (lastYear - firstYear + 1) }).map((index) => days[index] ?? '')
const cases = { numRuns: 10_000, seed: 20_261_122 }

test(`the public holidays from ${firstYear} to ${lastYear} are those of a calendar kept by others, weekends included`, () => {
  const ours = years.flatMap(listPublicHolidays)
  expect(ours).toEqual([...listed].toSorted())
  expect(days.filter((day, index) => isWorkingDay(day) !== isOpen[index])).toEqual([])
})

test('a public holiday on a weekend counts as one and makes no other day off', () => {
  const weekend = [...listed].filter((day) => new Date(day).getUTCDay() % 6 === 0)
  expect(weekend.length).toBeGreaterThan(200)
  expect(weekend.filter((day) => !isPublicHoliday(day))).toEqual([])
  // Independence Day of 2026 is a Sunday and May Day of 2027 a Saturday: the Mondays after them are ordinary ones.
  expect([isWorkingDay('2026-12-07'), isWorkingDay('2027-05-03')]).toEqual([true, true])
  expect(dueOn('TO', '2026-11-30')).toBe('2026-12-09')
})

test('the due date agrees with a count of days in 10,000 cases', () => {
  fc.assert(
    fc.property(someDay, fc.constantFrom(...benefits), (arrived, benefit) => {
      const { target } = getBenefit(benefit)
      const expected =
        'workingDays' in target ? countOn(arrived, target.workingDays) : days[at(arrived) + target.calendarDays]
      expect(dueOn(benefit, arrived)).toBe(expected)
    }),
    cases,
  )
})

test('the due date after an information request agrees with a count of days in 10,000 cases', () => {
  const upTo = (max: number) => fc.integer({ min: 0, max })
  fc.assert(
    fc.property(someDay, upTo(16), upTo(31), fc.option(upTo(45)), (arrivedOn, asked, given, came) => {
      const requestedOn = addDays(arrivedOn, asked)
      const deadlineOn = addDays(requestedOn, given)
      const papersOn = came === null ? undefined : addDays(requestedOn, came)
      const isInTime = requestedOn <= (countOn(arrivedOn, 7) ?? '')
      const isAnswered = papersOn !== undefined && papersOn <= deadlineOn
      const expected = !isInTime ? countOn(arrivedOn, 7) : isAnswered ? countOn(papersOn, 7) : after(deadlineOn, 7)
      expect(dueAfterInformation({ arrivedOn, requestedOn, deadlineOn, papersOn })).toBe(expected)
    }),
    cases,
  )
})

test('slack and working days between two days agree with a count of days in 10,000 cases', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 0, max: 80 }), (from, more) => {
      const to = addDays(from, more)
      const between = (opened[at(to)] ?? 0) - (opened[at(from)] ?? 0)
      expect(workingDaysBetween(from, to)).toBe(between)
      expect(slackDays(from, to)).toBe(between)
      if (more > 0) expect(slackDays(to, from)).toBe(Math.min(-between, -1))
    }),
    cases,
  )
})

/** Finland's clock by the rule of the European Union: summer time from the last Sunday of March to that of October, at 1 UTC. */
function readWall(instant: Date): IsoDate {
  const lastSunday = (month: number) => {
    const end = new Date(Date.UTC(instant.getUTCFullYear(), month + 1, 0))
    return Date.UTC(instant.getUTCFullYear(), month, end.getUTCDate() - end.getUTCDay(), 1)
  }
  const isSummer = instant.getTime() >= lastSunday(2) && instant.getTime() < lastSunday(9)
  return new Date(instant.getTime() + (isSummer ? 3 : 2) * 3_600_000).toISOString().slice(0, 10)
}

test('lead time ends on the date of the wall in Helsinki, in 10,000 cases and at every turn of clocks and years', () => {
  const check = (instant: Date, arrived: IsoDate) => {
    const decided = readWall(instant)
    expect(helsinkiDate(instant)).toBe(decided)
    expect(leadTimeDays(arrived, helsinkiDate(instant))).toBe(at(decided) - at(arrived))
  }
  const instants = fc.integer({ min: Date.UTC(firstYear, 0, 2), max: Date.UTC(lastYear + 1, 0, 1) })
  fc.assert(
    fc.property(instants, someDay, (instant, arrived) => check(new Date(instant), arrived)),
    cases,
  )
  for (const day of days.filter((one) => /-(01-01|12-31|03-(2[4-9]|3\d)|10-(2[4-9]|3\d))$/.test(one))) {
    const start = startOfHelsinkiDay(day)
    if (start.getUTCFullYear() < firstYear) continue
    for (const hours of [0, 0.999, 1, 3, 4, 23.999]) check(new Date(start.getTime() + hours * 3_600_000), day)
    expect([readWall(start), readWall(new Date(start.getTime() - 1))]).toEqual([day, addDays(day, -1)])
  }
})
