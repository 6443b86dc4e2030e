import type { PlanSnapshot } from '@tasain/contracts'
import { expect, it } from 'vitest'
import { makePool, makeRow, makeSmall } from '../testing/small.ts'
import { parseSnapshot, plan, SnapshotError } from './index.ts'

function findField(value: unknown): string {
  try {
    parseSnapshot(value)
  } catch (error) {
    if (error instanceof SnapshotError) return error.field
    throw error
  }
  return 'none'
}

it.each<[string, unknown]>([
  ['none', makeSmall()],
  ['(root)', null],
  ['version', { ...makeSmall(), version: 2 }],
  ['at', { ...makeSmall(), at: '2026-02-30' }],
  ['work[1].minutes', { ...makeSmall(), work: [makeRow({ office: 'jam' }), makeRow({ office: 'jam', minutes: 1.5 })] }],
  ['work[0].office', makeSmall([], { work: [makeRow({ office: 'nowhere' })] })],
  ['pools[0].office', makeSmall([], { pools: [makePool('nowhere')] })],
  ['rules[0].kind', { ...makeSmall(), rules: [{ id: 'a', kind: 'magic' }] }],
  ['rules[0].scope.district', makeSmall([{ id: 'a', kind: 'blackout', scope: { district: 'd9' } }])],
  ['rules[0].receiver', makeSmall([{ id: 'a', kind: 'quota', giver: 'r1', receiver: 'x', minutesPerMonth: 1 }])],
  ['rules[0].to', makeSmall([{ id: 'a', kind: 'blackout', from: '2026-11-02', to: '2026-11-01' }])],
  [
    'rules[1].id',
    makeSmall([
      { id: 'a', kind: 'blackout' },
      { id: 'a', kind: 'blackout' },
    ]),
  ],
  [
    'rules[0].lifts',
    makeSmall([
      { id: 'a', kind: 'blackout', lifts: ['b'] },
      { id: 'b', kind: 'blackout', lifts: ['a'] },
    ]),
  ],
  [
    'offices[1].id',
    { ...makeSmall(), offices: [...makeSmall().offices.slice(0, 1), ...makeSmall().offices.slice(0, 1)] },
  ],
])('names %s as the field that is wrong', (field, value) => {
  expect(findField(value)).toBe(field)
})

it('plans an empty nation as nothing to do', () => {
  const empty: PlanSnapshot = makeSmall([], { pools: [], work: [] })
  expect(plan(empty)).toMatchObject({ objective: 0, bound: 0, gap: 0, flows: [], stuck: [], unmet: [] })
})

it('says so when costs are too large to be exact', () => {
  const costs = { lateDay: 2 ** 50 }
  expect(() => plan(makeSmall([], { costs }))).toThrow('snapshot: costs: costs and weights are too large')
})
