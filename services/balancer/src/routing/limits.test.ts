import type { RuleValue } from '@tasain/contracts'
import { plan } from '@tasain/levelling'
import { makeMoveCheck } from '@tasain/levelling/testing/check'
import { describe, expect, test } from 'vitest'
import type { Version } from '../rules/rule.ts'
import { listLimits, listToldUnmet, listUsed, makeSpender, type Sent } from './limits.ts'
import { buildSnapshot, measureLimits, type PlanInput } from './snapshot.ts'

const places = ['n1', 'n2', 'e1'].map((id, index) => ({
  id,
  district: id.slice(0, 1),
  region: 'r',
  number: index + 1,
  lat: 60 + index,
  lon: 25,
}))
const makeRule = (ruleId: string, value: RuleValue, scope: Version['scope'], lifts: string[] = []): Version => ({
  ruleId,
  version: 3,
  scope,
  value,
  lifts,
  from: '2026-11-01',
  to: null,
  ends: false,
  needsApproval: false,
  approved: false,
})
const nation = { kind: 'nation' as const, id: '' }
const sent: Sent[] = [
  { from: 'n1', to: 'e1', today: 40, month: 100 },
  { from: 'n1', to: 'n2', today: 10, month: 10 },
  { from: 'n2', to: 'e1', today: 0, month: 70 },
]
const makeInput = (rules: Version[], change: Partial<PlanInput> = {}): PlanInput => ({
  today: '2026-11-23',
  places,
  hands: places.map(({ id }) => ({
    id,
    officeId: id,
    benefits: ['YA'],
    languages: ['fi'],
    cleared: false,
    minutesPerDay: 100,
    absences: [],
  })),
  work: [{ queueKey: 1010, dueOn: '2026-12-01', tasks: 30, minutes: 900, movableTasks: 30, movableMinutes: 900 }],
  arrivals: [],
  rules,
  midnight: new Map([['n1', 1000]]),
  sent,
  setAside: [],
  ...change,
})

const shareOut = makeRule('out', { kind: 'shareOut', max: 0.1 }, nation)
const shareIn = makeRule('in', { kind: 'shareIn', max: 0.5 }, { kind: 'office', id: 'e1' })
const quota = makeRule(
  'quota',
  { kind: 'quota', giver: 'n', receiver: 'e1', minutesPerMonth: 200, minMinutes: 0 },
  nation,
)

test('what has been sent today and this month is told to the planner, by rule and office', () => {
  const input = makeInput([shareOut, shareIn, quota])
  const limits = listLimits(input.rules, measureLimits(input), input.sent)
  expect(limits.map(({ rule, office, most, used }) => [rule, office, most, used])).toEqual([
    ['out@3', 'n1', 100, 50],
    ['out@3', 'n2', 0, 0],
    ['out@3', 'e1', 0, 0],
    ['in@3', 'e1', 50, 40],
    ['quota@3', undefined, 200, 170],
  ])
  expect(listUsed(limits)).toEqual([
    { rule: 'out@3', office: 'n1', minutes: 50 },
    { rule: 'in@3', office: 'e1', minutes: 40 },
    { rule: 'quota@3', minutes: 170 },
  ])
  const snapshot = buildSnapshot(input)
  expect(snapshot.offices[0]).toMatchObject({ id: 'n1', minutesAtMidnight: 1000 })
  expect(makeMoveCheck(snapshot)('n1', 'e1', { benefit: 'YA', language: 'fi' })).toEqual([])
  const spent = makeInput([shareOut], { sent: [{ from: 'n1', to: 'n2', today: 100, month: 100 }] })
  expect(makeMoveCheck(buildSnapshot(spent))('n1', 'e1', { benefit: 'YA', language: 'fi' })).toMatchObject([
    { code: 'shareOut', rule: 'out@3' },
  ])
})

test('a share of an office that nobody counted at midnight is of what lies open now, for the planner as for the moves', () => {
  for (const midnight of [new Map(), new Map([['n2', 1000]])]) {
    const input = makeInput([shareOut], { midnight, sent: [] })
    const limits = listLimits([shareOut], measureLimits(input), [])
    expect(limits[0]).toMatchObject({ office: 'n1', most: 90 })
    const sent = plan(buildSnapshot(input)).flows.filter(({ from }) => from === 'n1')
    expect(sent.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(90)
  }
})

test('sendings spend every limit they fall under, and the one that is used up is named', () => {
  const input = makeInput([shareOut, shareIn, quota])
  const spend = makeSpender(listLimits(input.rules, measureLimits(input), input.sent))
  expect(spend('n1', 'n2', 30)).toBeUndefined()
  expect(spend('n1', 'e1', 30)).toBe('in@3')
  expect(spend('n1', 'e1', 10)).toBeUndefined()
  expect(spend('n1', 'e1', 10)).toBe('in@3')
  // Ten minutes of the share are left: a task of twenty is half within it, one of thirty is not.
  expect(spend('n1', 'n2', 30)).toBe('out@3')
  expect(spend('n1', 'n2', 20)).toBeUndefined()
  expect(spend('n1', 'n2', 1)).toBe('out@3')
})

test('an exception sets a share aside at its office, and no other', () => {
  const exception = makeRule('more', { kind: 'shareOut', max: 0.9 }, { kind: 'office', id: 'n1' }, ['out'])
  const input = makeInput([shareOut, exception])
  const limits = listLimits(input.rules, measureLimits(input), [])
  expect(limits.filter(({ office }) => office === 'n1')).toMatchObject([{ rule: 'more@3', most: 900 }])
})

describe('Rights end at once: counts of restricted work leak nowhere', () => {
  test('ordered work is told as unplaced without what restricted work was sent', () => {
    const quota = { kind: 'quota', giver: 'n1', receiver: 'e1', minutesPerMonth: 900, minMinutes: 300 } as const
    const input = makeInput([makeRule('order', quota, nation)])
    const kind = { from: 'n1', to: 'e1', benefit: 'YA', language: 'fi', slackDays: 0, minutes: 60 }
    const days = { fromDaysBefore: 1, fromDaysAfter: 1, toDaysBefore: 1, toDaysAfter: 1 }
    const reasons = { rules: [], ...days, saving: 0, alternatives: [] }
    const flows = [false, true].map((isProtected) => ({ ...kind, protected: isProtected, reasons }))
    const told = (flowed: typeof flows) => listToldUnmet(input.rules, measureLimits(input), flowed, sent)
    expect(told(flows)).toEqual([{ rule: 'order@3', minutes: 140 }])
    expect(told(flows)).toEqual(told(flows.slice(0, 1)))
  })
})
