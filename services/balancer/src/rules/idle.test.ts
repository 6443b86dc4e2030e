import type { RuleValue } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { listIdle } from './idle.ts'
import type { Place, Scope, Version } from './rule.ts'

const places: Place[] = [
  { id: 'n1', district: 'north', region: 'upper' },
  { id: 'n2', district: 'north', region: 'upper' },
  { id: 's1', district: 'south', region: 'lower' },
]
const nation: Scope = { kind: 'nation', id: '' }
const at = (id: string, kind: Scope['kind'] = 'office'): Scope => ({ kind, id })

function makeRule(ruleId: string, value: RuleValue, scope: Scope, lifts: string[] = []): Version {
  const content = { scope, value, lifts, from: '2026-12-01', to: null }
  return { ruleId, version: 1, ...content, ends: false, needsApproval: false, approved: false }
}
const briefly = (rule: Version, others: Version[]) =>
  listIdle(rule, [...others, rule], places).map(({ code, other }) => [code, other.ruleId])
const ban = makeRule('ban', { kind: 'blackout' }, at('n1'))
const shut = makeRule('shut', { kind: 'export', allow: false }, at('north', 'district'))

test('whatever a rule says of moves, it says nothing where another bans them all', () => {
  const values: RuleValue[] = [
    { kind: 'export', allow: true },
    { kind: 'import', allow: false },
    { kind: 'accept', benefits: ['YA'] },
    { kind: 'reach', within: 'district' },
    { kind: 'threshold', exportAboveDays: 10, importBelowDays: 5 },
    { kind: 'shareOut', max: 0.1 },
    { kind: 'shareIn', max: 0.1 },
  ]
  for (const value of values) {
    expect(briefly(makeRule('new', value, at('n1')), [ban])).toEqual([['idle', 'ban']])
    expect(briefly(makeRule('new', value, at('north', 'district')), [ban])).toEqual([])
    expect(briefly(makeRule('new', value, at('s1')), [ban])).toEqual([])
  }
  expect(briefly(makeRule('new', { kind: 'weight', benefit: 'YA', factor: 2 }, at('n1')), [ban])).toEqual([])
})

test('where one way is closed, what speaks of that way alone does nothing, and what speaks of both does half', () => {
  expect(briefly(makeRule('new', { kind: 'shareOut', max: 0.1 }, at('n1')), [shut])).toEqual([['idle', 'shut']])
  expect(briefly(makeRule('new', { kind: 'shareIn', max: 0.1 }, at('n1')), [shut])).toEqual([])
  const threshold = makeRule('new', { kind: 'threshold', exportAboveDays: 10, importBelowDays: 5 }, at('n2'))
  expect(briefly(threshold, [shut])).toEqual([['idleOut', 'shut']])
  expect(briefly(makeRule('new', { kind: 'blackout' }, at('n1')), [shut])).toEqual([])
  const none = makeRule('none', { kind: 'accept', benefits: [] }, at('n2'))
  expect(briefly(threshold, [none])).toEqual([['idleIn', 'none']])
})

test('a quota does nothing once its giver is closed or its receiver is', () => {
  const quota = (giver: string, receiver: string): RuleValue => ({
    kind: 'quota',
    giver,
    receiver,
    minutesPerMonth: 600,
    minMinutes: 0,
  })
  expect(briefly(makeRule('new', quota('north', 's1'), nation), [shut])).toEqual([['idle', 'shut']])
  expect(briefly(makeRule('new', quota('s1', 'n1'), nation), [ban])).toEqual([['idle', 'ban']])
  expect(briefly(makeRule('new', quota('s1', 'north'), nation), [ban, shut])).toEqual([])
})

test('an exception to what forbids it all does something, unless another forbids it too', () => {
  const open = makeRule('open', { kind: 'export', allow: true }, at('n1'), ['ban'])
  expect(briefly(open, [ban])).toEqual([])
  const other = makeRule('other', { kind: 'blackout' }, at('north', 'district'))
  expect(briefly(open, [ban, other])).toEqual([['idle', 'other']])
})
