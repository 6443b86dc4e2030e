import { expect, test } from 'vitest'
import { checkDraft, type RuleDraft, startDraft, toWriteRule } from './rule-draft.ts'

const today = '2026-11-22'
const complete: RuleDraft = { ...startDraft(today), scopeKind: 'office', scopeId: 'hel-1', reason: 'ruuhka' }

test('a new rule closes export from today until further notice, once place and reason are given', () => {
  expect(checkDraft(startDraft(today))).toEqual({ scope: 'scope', reason: 'reason' })
  expect(checkDraft(complete)).toEqual({})
  expect(toWriteRule(complete, today)).toEqual({
    scope: { office: 'hel-1' },
    value: { kind: 'export', allow: false },
    from: today,
    to: null,
    reason: 'ruuhka',
  })
})

test('thresholds are numbers with a comma, and work is taken in below the point where it is given away', () => {
  const threshold: RuleDraft = { ...complete, kind: 'threshold', above: '14,5', below: '7' }
  expect(checkDraft(threshold)).toEqual({})
  expect(toWriteRule(threshold, today).value).toEqual({ kind: 'threshold', exportAboveDays: 14.5, importBelowDays: 7 })
  expect(checkDraft({ ...threshold, below: '14,5' })).toEqual({ below: 'order' })
  expect(checkDraft({ ...threshold, above: 'paljon' })).toEqual({ above: 'days' })
})

test('a rule for the whole nation needs no place, and cannot end before it begins', () => {
  expect(checkDraft({ ...complete, scopeKind: 'nation', scopeId: '' })).toEqual({})
  expect(toWriteRule({ ...complete, scopeKind: 'nation', scopeId: '' }, today).scope).toEqual({})
  expect(checkDraft({ ...complete, to: '2026-11-21' })).toEqual({ to: 'order2' })
})
