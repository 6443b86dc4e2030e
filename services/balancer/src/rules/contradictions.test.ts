import type { RuleValue } from '@tasain/contracts'
import type { Benefit } from '@tasain/vocabulary'
import { expect, test } from 'vitest'
import { listContradictions, listOrphans } from './contradictions.ts'
import { findObjection } from './obey.ts'
import { listBrokenByEnd } from './orders.ts'
import { type Place, type Scope, toPlanRule, type Version } from './rule.ts'

const places: Place[] = [
  { id: 'n1', district: 'north', region: 'upper' },
  { id: 'n2', district: 'north', region: 'upper' },
  { id: 'e1', district: 'east', region: 'upper' },
  { id: 's1', district: 'south', region: 'lower' },
]
const nation: Scope = { kind: 'nation', id: '' }
const at = (id: string, kind: Scope['kind'] = 'office'): Scope => ({ kind, id })

function makeRule(ruleId: string, value: RuleValue, change: Partial<Version> = {}): Version {
  const content = { scope: nation, lifts: [], from: '2026-12-01', to: null, ...change }
  return { ruleId, version: 1, value, ...content, ends: false, needsApproval: false, approved: false }
}
const closed = (kind: 'export' | 'import'): RuleValue => ({ kind, allow: false })
const order = (giver: string, receiver: string, minMinutes = 600): RuleValue => ({
  kind: 'quota',
  giver,
  receiver,
  minutesPerMonth: 6_000,
  minMinutes,
})
const codes = (written: Version, others: Version[]) =>
  listContradictions(written, others, places).map(({ code, other, from, to }) => [code, other?.ruleId, from, to])

const briefly = (written: Version, others: Version[]) => codes(written, others).map((one) => one.slice(0, 2))

test('two rules of a kind do not hold at one place on one day, and the days in common are told', () => {
  const first = makeRule('first', closed('export'), { scope: at('n1'), from: '2026-12-05', to: '2026-12-20' })
  const written = (change: Partial<Version>) => makeRule('new', closed('export'), { scope: at('n1'), ...change })
  expect(codes(written({}), [first])).toEqual([['same', 'first', '2026-12-05', '2026-12-20']])
  expect(codes(written({ to: '2026-12-07' }), [first])).toEqual([['same', 'first', '2026-12-05', '2026-12-07']])
  expect(codes(written({ from: '2026-12-21' }), [first])).toEqual([])
  expect(codes(written({ scope: at('north', 'district') }), [first])).toEqual([])
  const weight = (benefit: Benefit): RuleValue => ({ kind: 'weight', benefit, factor: 2 })
  const light = makeRule('light', weight('YA'))
  expect(codes(makeRule('heavy', weight('YA')), [light])).toEqual([['same', 'light', '2026-12-01', null]])
  expect(codes(makeRule('heavy', weight('LL')), [light])).toEqual([])
})

test('an exception may stand where the rule it lifts holds, but not where that does not', () => {
  const ban = makeRule('ban', { kind: 'blackout' }, { scope: at('north', 'district'), to: '2026-12-31' })
  const open = (change: Partial<Version>) =>
    makeRule('open', { kind: 'export', allow: true }, { lifts: ['ban'], ...change })
  expect(codes(open({ scope: at('n1'), to: '2026-12-10' }), [ban])).toEqual([])
  const idle = open({ scope: at('s1') })
  expect(codes(idle, [ban])).toEqual([['liftsNothing', 'ban', '2026-12-01', null]])
  expect(briefly(open({ scope: at('n1'), from: '2027-01-01' }), [ban])).toEqual([['liftsNothing', 'ban']])
  expect(briefly(open({ scope: at('n1'), lifts: ['nowhere'] }), [ban])).toEqual([['liftsNothing', undefined]])
  const same = makeRule('same', { kind: 'blackout' }, { scope: at('north', 'district'), lifts: ['ban'] })
  expect(codes(same, [ban])).toEqual([])
})

test('rules do not lift one another in a circle, nor themselves', () => {
  const one = makeRule('one', closed('export'), { lifts: ['two'] })
  const two = makeRule('two', closed('import'), { lifts: ['three'] })
  expect(briefly(makeRule('three', { kind: 'blackout' }, { lifts: ['one'] }), [one, two])).toEqual([['circle', 'one']])
  expect(briefly(makeRule('three', { kind: 'blackout' }, { lifts: ['three'] }), [])).toEqual([['circle', undefined]])
})

test('ordered work must be able to go on every day of the order', () => {
  const written = makeRule('order', order('n1', 's1'))
  const values: [RuleValue, Scope][] = [
    [closed('export'), at('n1')],
    [closed('import'), at('south', 'district')],
    [{ kind: 'blackout' }, at('s1')],
    [{ kind: 'reach', within: 'region' }, at('s1')],
    [{ kind: 'accept', benefits: [] }, at('s1')],
    [{ kind: 'shareOut', max: 0 }, at('n1')],
    [{ kind: 'shareIn', max: 0 }, at('s1')],
    [{ kind: 'quota', giver: 'upper', receiver: 'lower', minutesPerMonth: 500, minMinutes: 0 }, nation],
  ]
  for (const [value, scope] of values) {
    const other = makeRule('other', value, { scope, from: '2026-12-10', to: '2026-12-12' })
    expect(codes(written, [other])).toEqual([['orderBlocked', 'other', '2026-12-10', '2026-12-12']])
    expect(codes(other, [written])).toEqual([['blocksOrder', 'order', '2026-12-10', '2026-12-12']])
  }
})

test('an order stands while any way of it is open, or an exception opens one', () => {
  const written = makeRule('order', order('north', 'south'))
  const one = makeRule('one', closed('export'), { scope: at('n1') })
  const both = makeRule('both', closed('export'), { scope: at('north', 'district') })
  expect(codes(written, [one])).toEqual([])
  expect(briefly(written, [both])).toEqual([['orderBlocked', 'both']])
  const except = makeRule('except', { kind: 'export', allow: true }, { scope: at('n2'), lifts: ['both'] })
  expect(codes(written, [both, except])).toEqual([])
  expect(
    codes({ ...one, scope: at('n2') }, [written, makeRule('first', closed('export'), { scope: at('n1') })]),
  ).toEqual([['blocksOrder', 'order', '2026-12-01', null]])
})

test('an exception that an order leans on is neither ended nor narrowed under it', () => {
  const written = makeRule('order', order('n1', 's1'), { from: '2026-12-05', to: '2026-12-20' })
  const ban = makeRule('ban', { kind: 'blackout' }, { scope: at('n1') })
  const except = makeRule('except', { kind: 'export', allow: true }, { scope: at('n1'), lifts: ['ban'] })
  const all = [written, ban, except]
  const end = { ...except, version: 2, ends: true, from: '2026-12-10', to: '2026-12-10' }
  expect(listBrokenByEnd(end, all, places)).toMatchObject([
    { code: 'endBlocksOrder', other: { ruleId: 'order' }, from: '2026-12-10', to: '2026-12-20' },
  ])
  expect(listBrokenByEnd({ ...end, from: '2026-12-21', to: '2026-12-21' }, all, places)).toEqual([])
  const narrowed = { ...except, version: 2, scope: at('n2'), lifts: [], from: '2026-12-08' }
  expect(codes(narrowed, all)).toEqual([['blocksOrder', 'order', '2026-12-08', '2026-12-20']])
  expect(listBrokenByEnd({ ...ban, version: 2, ends: true }, all, places)).toEqual([])
})

test('ordered work goes between places without an office in common', () => {
  expect(codes(makeRule('order', order('n1', 'north')), [])).toEqual([['endsOverlap', undefined, '2026-12-01', null]])
  expect(codes(makeRule('limit', order('n1', 'north', 0)), [])).toEqual([])
})

test('drafts and rules that have ended contradict nothing', () => {
  const draft = { ...makeRule('draft', closed('export')), needsApproval: true }
  const over = [makeRule('over', closed('export')), { ...makeRule('over', closed('export')), version: 2, ends: true }]
  expect(codes(makeRule('new', closed('export')), [draft, ...over])).toEqual([])
})

test('a benefit that nobody could take in any more is told of', () => {
  const skills = new Map<string, Set<Benefit>>([
    ['n1', new Set<Benefit>(['YA', 'LL'])],
    ['s1', new Set<Benefit>(['YA'])],
  ])
  const only = (benefits: Benefit[]) => makeRule('only', { kind: 'accept', benefits }, { scope: at('n1') })
  expect(listOrphans(only(['YA']), [], places, skills)).toEqual(['LL'])
  expect(listOrphans(only(['LL']), [], places, skills)).toEqual([])
  const shut = makeRule('shut', closed('import'), { scope: at('s1'), from: '2026-12-24' })
  expect(listOrphans(only(['LL']), [shut], places, skills)).toEqual(['YA'])
})

test('a sending is checked against bans and exceptions, for the planner and at the door alike', () => {
  const ban = makeRule('ban', { kind: 'blackout' }, { scope: at('north', 'district') })
  const except = makeRule('except', { kind: 'export', allow: true }, { scope: at('n2'), lifts: ['ban'] })
  const [n1, n2, , s1] = places
  if (!n1 || !n2 || !s1) throw new Error('a place is missing')
  const object = (from: Place, to: Place) => findObjection({ from, to, benefit: 'YA' }, [ban, except], new Map())
  expect(object(n1, s1)).toBe('ban@1')
  expect(object(s1, n1)).toBe('ban@1')
  expect(object(n2, s1)).toBeUndefined()
  expect(object(n1, n2)).toBe('ban@1')
  expect(toPlanRule(except, [ban, except])).toMatchObject({ id: 'except@1', scope: { office: 'n2' }, lifts: ['ban@1'] })
  expect(toPlanRule(except, [except])).not.toHaveProperty('lifts')
})
