import type { RuleVersion } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { listChanges, sayWhole } from './rule-words.ts'

const version: RuleVersion = {
  id: '0193b1de-0000-7000-8000-000000000001',
  version: 1,
  state: 'in_force',
  scope: { office: 'hel-1' },
  value: { kind: 'export', allow: false },
  lifts: [],
  from: '2026-11-22',
  to: null,
  reason: 'ruuhka',
  author: 'Johtaja',
  writtenAt: '2026-11-22T08:00:00.000Z',
  approvedBy: null,
  approvedAt: null,
  needsApproval: false,
  endedBy: null,
  withdrawn: null,
  endNeedsApproval: false,
  allows: [],
}

test('a rule reads as one sentence: where, what and when', () => {
  const name = (id: string) => (id === 'hel-1' ? 'Malmi' : 'Turku')
  expect(sayWhole(version, { language: 'fi', name })).toBe('Malmi: Työtä ei siirretä pois, 22.11.2026 alkaen.')
  const quota: RuleVersion = {
    ...version,
    scope: {},
    value: { kind: 'quota', giver: 'hel-1', receiver: 'tku-1', minutesPerMonth: 6000, minMinutes: 0 },
    to: '2026-12-01',
  }
  expect(sayWhole(quota, { language: 'sv', name })).toBe(
    'Malmi → Turku: Arbete överförs för högst 100 timmar i månaden, 22.11.2026–1.12.2026.',
  )
})

test('history tells in what a version differs from the one before', () => {
  const later: RuleVersion = { ...version, version: 2, scope: { district: 'hel' }, to: '2026-12-01' }
  expect(listChanges(later, version)).toEqual(['scope', 'dates'])
  expect(listChanges({ ...version, version: 2, lifts: [version.id] }, version)).toEqual(['lifts'])
  expect(listChanges({ ...version, version: 2, endedBy: 'Johtaja' }, version)).toEqual(['ended'])
})
