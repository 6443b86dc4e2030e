import fc from 'fast-check'
import { expect, test } from 'vitest'
import { benefits } from './benefits.ts'
import { addDays } from './dates.ts'
import {
  addWorkingDays,
  dueAfterInformation,
  dueOn,
  type InformationRequest,
  leadTimeDays,
  slackDays,
  workingDaysBetween,
} from './due.ts'
import { isWorkingDay, toWorkingDay } from './holidays.ts'

const dates = fc.integer({ min: 0, max: 14_000 }).map((days) => addDays('2000-01-01', days))

test.each([
  ['2026-11-02', '2026-11-11', 'an ordinary Monday'],
  ['2026-11-06', '2026-11-17', 'a Friday'],
  ['2026-11-07', '2026-11-18', 'a Saturday counts as the Monday after'],
  ['2026-11-08', '2026-11-18', 'a Sunday counts as the Monday after'],
  ['2026-03-31', '2026-04-13', 'Good Friday and Easter Monday extend'],
  ['2026-04-03', '2026-04-16', 'arrived on Good Friday, so on the Tuesday after Easter'],
  ['2026-04-30', '2026-05-12', 'May Day extends'],
  ['2026-06-15', '2026-06-25', 'Midsummer Eve extends'],
  ['2026-12-18', '2026-12-31', 'Christmas Eve and Christmas Day extend'],
  ['2026-12-24', '2027-01-08', 'arrived on Christmas Eve: the New Year and Epiphany extend too'],
])('social assistance arrived on %s is due on %s: %s', (arrived, due) => {
  expect(dueOn('TO', arrived)).toBe(due)
})

test('on every day of forty years social assistance is due on the seventh working day after it arrived', () => {
  for (let arrived = '2000-01-01'; arrived < '2040-01-01'; arrived = addDays(arrived, 1)) {
    const due = dueOn('TO', arrived)
    const from = toWorkingDay(arrived)
    let count = 0
    for (let day = addDays(from, 1); day <= due; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
    if (count !== 7 || !isWorkingDay(due)) throw new Error(`${arrived} is due on ${due}`)
  }
})

test('the other benefits are due by their target in calendar days', () => {
  const due = Object.fromEntries(benefits.map((benefit) => [benefit, dueOn(benefit, '2026-01-31')]))
  expect(due).toMatchObject({
    YA: '2026-02-21',
    TT: '2026-02-19',
    SH: '2026-02-14',
    VP: '2026-03-07',
    VA: '2026-03-14',
  })
})

const asked: InformationRequest = { arrivedOn: '2026-11-02', requestedOn: '2026-11-11', deadlineOn: '2026-11-25' }

test.each([
  [{ ...asked, papersOn: '2026-11-16' }, '2026-11-25', 'seven working days after the papers'],
  [{ ...asked, papersOn: '2026-11-21' }, '2026-12-02', 'papers on a Saturday count as come on Monday'],
  [asked, '2026-12-04', 'no papers: seven working days after the deadline'],
  [{ ...asked, papersOn: '2026-11-30' }, '2026-12-04', 'papers after the deadline move nothing more'],
  [{ ...asked, requestedOn: '2026-11-12' }, '2026-11-11', 'asked on the eighth day: the first due date holds'],
])('%j is due on %s: %s', (request, due) => {
  expect(dueAfterInformation(request)).toBe(due)
})

test('adding working days and counting them agree', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 300 }), (date, count) => {
      expect(workingDaysBetween(date, addWorkingDays(date, count))).toBe(count)
      const from = toWorkingDay(date)
      expect(addWorkingDays(addWorkingDays(from, count), -count)).toBe(from)
    }),
    { numRuns: 50 },
  )
})

test('slack is counted in working days, nought today and negative as soon as the day is past', () => {
  expect(slackDays('2026-11-20', '2026-11-20')).toBe(0)
  expect(slackDays('2026-11-20', '2026-11-23')).toBe(1)
  expect(slackDays('2026-11-20', '2026-11-22')).toBe(0)
  expect(slackDays('2026-11-21', '2026-11-20')).toBe(-1)
  expect(slackDays('2026-11-23', '2026-11-20')).toBe(-1)
  expect(slackDays('2026-11-24', '2026-11-20')).toBe(-2)
})

test('slack never grows as days pass', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -30, max: 30 }), (today, days) => {
      const due = addDays(today, days)
      expect(slackDays(addDays(today, 1), due)).toBeLessThanOrEqual(slackDays(today, due))
      expect(slackDays(today, due) < 0).toBe(days < 0)
    }),
  )
})

test('lead time is calendar days', () => {
  expect(leadTimeDays('2026-10-30', '2026-11-02')).toBe(3)
})
