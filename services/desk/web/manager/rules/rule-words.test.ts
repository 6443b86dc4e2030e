import type { RuleVersion } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { fi } from '../texts.fi.ts'
import { sv } from '../texts.sv.ts'
import { listChanges, sayRule, saySpan } from './rule-words.ts'

const version: RuleVersion = {
  id: '0193b1de-0000-7000-8000-000000000001',
  version: 1,
  state: 'in_force',
  scope: { office: 'hel-1' },
  value: { kind: 'export', allow: false },
  from: '2026-11-22',
  to: null,
  reason: 'ruuhka',
  author: 'Johtaja',
  writtenAt: '2026-11-22T08:00:00.000Z',
  approvedBy: null,
  approvedAt: null,
  needsApproval: false,
  endedBy: null,
  allows: [],
}

test('a rule reads as a sentence in both languages', () => {
  expect(sayRule(version.value, fi, 'fi')).toBe('Työtä ei siirretä pois')
  expect(sayRule({ kind: 'threshold', exportAboveDays: 14.5, importBelowDays: 7 }, sv, 'sv')).toBe(
    'Arbete överförs ut när kön är över 14,5 dgr och tas in när kön är under 7 dgr',
  )
  expect(sayRule({ kind: 'accept', benefits: ['YA', 'SP'] }, fi, 'fi')).toBe(
    'Sisään otetaan vain: Yleinen asumistuki, Sairauspäiväraha',
  )
})

test('a rule without a last day holds until further notice', () => {
  expect(saySpan(version, fi)).toBe('22.11.2026 alkaen')
  expect(saySpan({ from: '2026-11-22', to: '2026-12-01' }, fi)).toBe('22.11.2026–1.12.2026')
})

test('history tells in what a version differs from the one before', () => {
  const later: RuleVersion = { ...version, version: 2, scope: { district: 'hel' }, to: '2026-12-01' }
  expect(listChanges(later, version)).toEqual(['scope', 'dates'])
  expect(listChanges({ ...version, version: 2, endedBy: 'Johtaja' }, version)).toEqual(['ended'])
})
