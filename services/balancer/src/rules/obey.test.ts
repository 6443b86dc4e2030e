import type { PlanSnapshot, RuleValue } from '@tasain/contracts'
import { makeMoveCheck } from '@tasain/levelling/testing/check'
import { expect, test } from 'vitest'
import { findObjection } from './obey.ts'
import { type Place, type Scope, toPlanRule, type Version } from './rule.ts'

const places: Place[] = [
  { id: 'a1', district: 'a', region: 'upper' },
  { id: 'a2', district: 'a', region: 'upper' },
  { id: 'b1', district: 'b', region: 'upper' },
  { id: 'c1', district: 'c', region: 'lower' },
  { id: 'c2', district: 'c', region: 'lower' },
]
const scopes: Scope[] = [
  { kind: 'nation', id: '' },
  ...(['upper', 'lower'] as const).map((id) => ({ kind: 'region', id }) as const),
  ...(['a', 'b', 'c'] as const).map((id) => ({ kind: 'district', id }) as const),
  ...places.map(({ id }) => ({ kind: 'office', id }) as const),
]
const ends = ['upper', 'lower', 'a', 'b', 'c', ...places.map(({ id }) => id)]
const minutesPerDay = 100
/** By office; none is empty, since a share of nothing lets nothing go. */
const queueDays = [1, 3, 6, 9, 12]

/** Numbers that look drawn by chance, and are the same each time. */
function makeDice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

function drawValue(roll: (sides: number) => number): RuleValue {
  const pick = <T>(items: readonly T[], otherwise: T) => items[roll(items.length)] ?? otherwise
  const values: RuleValue[] = [
    { kind: 'export', allow: roll(3) === 0 },
    { kind: 'import', allow: roll(3) === 0 },
    { kind: 'accept', benefits: roll(2) === 0 ? ['YA'] : ['LL'] },
    { kind: 'reach', within: pick(['district', 'region', 'nation'], 'nation') },
    { kind: 'threshold', exportAboveDays: 4 + roll(6), importBelowDays: roll(4) },
    { kind: 'shareOut', max: roll(2) },
    { kind: 'shareIn', max: roll(2) },
    { kind: 'quota', giver: pick(ends, 'a'), receiver: pick(ends, 'b'), minutesPerMonth: roll(2) * 600, minMinutes: 0 },
    { kind: 'blackout' },
    { kind: 'weight', benefit: 'YA', factor: 2 },
  ]
  return pick(values, { kind: 'blackout' })
}

/** A few rules; each may set aside some of those before it, so that there are no circles. */
function drawRules(seed: number): Version[] {
  const roll = makeDice(seed)
  const rules: Version[] = []
  for (let number = 1 + roll(6); number > 0; number -= 1) {
    const value = drawValue(roll)
    const isQuota = value.kind === 'quota'
    const scope = (!isQuota && scopes[roll(scopes.length)]) || { kind: 'nation' as const, id: '' }
    const lifts = isQuota ? [] : rules.filter(() => roll(4) === 0).map(({ ruleId }) => ruleId)
    const state = { ends: false, needsApproval: false, approved: false }
    rules.push({ ruleId: `r${number}`, version: 1, scope, value, lifts, from: '2026-11-23', to: null, ...state })
  }
  return rules
}

function makeSnapshot(rules: readonly Version[]): PlanSnapshot {
  const kind = { benefit: 'YA', language: 'fi' }
  return {
    version: 1,
    at: '2026-11-23',
    offices: places.map((place) => ({ ...place, lat: 61, lon: 25 })),
    pools: places.map(({ id }) => ({ office: id, benefits: ['YA'], languages: ['fi'], minutesPerDay })),
    work: places.map(({ id }, index) => {
      const minutes = (queueDays[index] ?? 0) * minutesPerDay
      return { office: id, ...kind, slackDays: 5, minutes, tasks: minutes / 10 }
    }),
    rules: rules.map((rule) => toPlanRule(rule, rules)),
  }
}

test('what forbids a sending is found alike here and in the planner, whatever rules and exceptions there are', () => {
  const days = new Map(places.map(({ id }, index) => [id, queueDays[index] ?? 0]))
  let forbidden = 0
  for (let seed = 1; seed <= 400; seed += 1) {
    const rules = drawRules(seed)
    const check = makeMoveCheck(makeSnapshot(rules))
    for (const from of places)
      for (const to of places) {
        if (from.id === to.id) continue
        const planned = check(from.id, to.id, { benefit: 'YA', language: 'fi' }).map(({ rule }) => rule)
        const objection = findObjection({ from, to, benefit: 'YA' }, rules, days)
        expect({ seed, from: from.id, to: to.id, isForbidden: objection !== undefined }).toEqual({
          seed,
          from: from.id,
          to: to.id,
          isForbidden: planned.length > 0,
        })
        if (objection !== undefined) expect(planned).toContain(objection)
        forbidden += objection === undefined ? 0 : 1
      }
  }
  expect(forbidden).toBeGreaterThan(1_000)
})
