import { type RuleValue, sayRule } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { checkDraft, type RuleDraft, readValue, startDraft, toWriteRule } from './rule-draft.ts'

const today = '2026-11-22'
const complete: RuleDraft = { ...startDraft(today), scopeKind: 'office', scopeId: 'hel-1', reason: 'ruuhka' }

test('a new rule closes export from today until further notice, once place and reason are given', () => {
  expect(checkDraft(startDraft(today))).toEqual({ scope: 'scope', reason: 'reason' })
  expect(checkDraft(complete)).toEqual({})
  expect(toWriteRule(complete, today)).toEqual({
    scope: { office: 'hel-1' },
    value: { kind: 'export', allow: false },
    lifts: [],
    from: today,
    to: null,
    reason: 'ruuhka',
  })
})

test('thresholds are whole days, and work is taken in below the point where it is given away', () => {
  const threshold: RuleDraft = { ...complete, kind: 'threshold', above: '14', below: '7' }
  expect(checkDraft(threshold)).toEqual({})
  expect(toWriteRule(threshold, today).value).toEqual({ kind: 'threshold', exportAboveDays: 14, importBelowDays: 7 })
  expect(checkDraft({ ...threshold, below: '14' })).toEqual({ below: 'order' })
  expect(checkDraft({ ...threshold, above: '14,5', below: '0,5' })).toEqual({ above: 'days', below: 'days' })
  expect(checkDraft({ ...threshold, above: 'paljon' })).toEqual({ above: 'days' })
})

test('shares are written in per cent; what leaves an office cannot be more than all of it', () => {
  const share: RuleDraft = { ...complete, kind: 'shareOut', share: '12,5' }
  expect(readValue(share)).toEqual({ kind: 'shareOut', max: 0.125 })
  expect(checkDraft({ ...share, share: '101' })).toEqual({ share: 'share' })
  expect(checkDraft({ ...share, kind: 'shareIn', share: '101' })).toEqual({ share: 'share' })
})

test('a share is said as it was entered, and one too small to be said is not taken for nothing', () => {
  const share: RuleDraft = { ...complete, kind: 'shareOut', share: '0,25' }
  expect(checkDraft(share)).toEqual({})
  expect(sayRule(readValue(share), 'fi')).toContain('0,25\u00a0%')
  expect(checkDraft({ ...share, share: '0,004' })).toEqual({ share: 'share' })
})

test('lateness always counts, a tenth at least and ten times at most', () => {
  const weight: RuleDraft = { ...complete, kind: 'weight', factor: '0,1' }
  expect(checkDraft(weight)).toEqual({})
  expect(checkDraft({ ...weight, factor: '10' })).toEqual({})
  for (const factor of ['0', '0,05', '10,5', 'paljon'])
    expect(checkDraft({ ...weight, factor })).toEqual({ factor: 'factor' })
})

test('a quota needs two places and hours a month, and orders no more than it allows', () => {
  const quota: RuleDraft = { ...complete, kind: 'quota', scopeKind: '', scopeId: '' }
  expect(checkDraft(quota)).toEqual({ giver: 'scope', receiver: 'scope' })
  const named = { ...quota, giver: 'hel', receiver: 'pha', hours: '1 000', ordered: '' }
  expect(checkDraft(named)).toEqual({})
  expect(toWriteRule(named, today)).toMatchObject({
    scope: {},
    value: { kind: 'quota', giver: 'hel', receiver: 'pha', minutesPerMonth: 60_000, minMinutes: 0 },
  })
  expect(checkDraft({ ...named, receiver: 'hel' })).toEqual({ receiver: 'samePlace' })
  expect(checkDraft({ ...named, ordered: '1001' })).toEqual({ ordered: 'ordered' })
})

test('a rule of any kind comes back from its draft as it was', () => {
  const values: RuleValue[] = [
    { kind: 'import', allow: true },
    { kind: 'accept', benefits: ['YA'] },
    { kind: 'reach', within: 'region' },
    { kind: 'threshold', exportAboveDays: 9, importBelowDays: 3 },
    { kind: 'shareIn', max: 0.335 },
    { kind: 'quota', giver: 'hel', receiver: 'pha', minutesPerMonth: 90, minMinutes: 30 },
    { kind: 'blackout' },
    { kind: 'weight', benefit: 'LL', factor: 1.5 },
  ]
  const drafted = values.map((value) => {
    const rule = { value, scope: {}, lifts: [], from: today, to: null }
    return readValue(startDraft(today, rule))
  })
  expect(drafted).toEqual(values)
})

test('a rule whose last day has passed is written anew with new days only', () => {
  const over = { value: { kind: 'blackout' as const }, scope: {}, lifts: [], from: '2026-11-01', to: '2026-11-20' }
  const draft = { ...startDraft(today, over), reason: 'ruuhka' }
  expect(checkDraft(draft)).toEqual({ to: 'order2' })
  expect(checkDraft({ ...draft, to: '2026-11-24' })).toEqual({})
})

test('a rule for the whole nation needs no place, and cannot end before it begins', () => {
  expect(checkDraft({ ...complete, scopeKind: 'nation', scopeId: '' })).toEqual({})
  expect(toWriteRule({ ...complete, scopeKind: 'nation', scopeId: '' }, today).scope).toEqual({})
  expect(checkDraft({ ...complete, to: '2026-11-21' })).toEqual({ to: 'order2' })
})
