import type { PlanComing, PlanSnapshot } from '@tasain/contracts'
import { describe, expect, it, test } from 'vitest'
import { makePool, makeRow, makeSmall } from '../testing/small.ts'
import { parseSnapshot, plan, SnapshotError } from './index.ts'

function makeComing(change: Partial<PlanComing> = {}): PlanComing {
  return { office: 'jam', benefit: 'TO', language: 'fi', inDays: 7, slackDays: 17, minutes: 100, ...change }
}

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
  ['work', { ...makeSmall(), work: {} }],
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
  ['coming', { ...makeSmall(), coming: null }],
  ...Object.entries({ benefit: '', language: 7, protected: 'yes', inDays: 0, slackDays: 1.5, minutes: -1 }).map(
    ([key, wrong]): [string, unknown] => [
      `coming[1].${key}`,
      { ...makeSmall(), coming: [makeComing(), { ...makeComing(), [key]: wrong }] },
    ],
  ),
])('names %s as the field that is wrong', (field, value) => {
  expect(findField(value)).toBe(field)
})

it.each<Partial<PlanComing>>([
  { office: 'near' },
  { benefit: 'YA' },
  { language: 'sv' },
  { protected: true },
  { inDays: 8 },
  { slackDays: 18 },
  { minutes: 101 },
])('tells a snapshot from one whose work to come has %o', (change) => {
  const hash = (row: PlanComing) => plan(makeSmall([], { coming: [row] })).basis.snapshot
  expect(hash(makeComing())).toBe(hash(makeComing()))
  expect(hash(makeComing(change))).not.toBe(hash(makeComing()))
})

it('plans an empty nation as nothing to do', () => {
  const empty: PlanSnapshot = makeSmall([], { pools: [], work: [] })
  expect(plan(empty)).toMatchObject({ objective: 0, bound: 0, gap: 0, flows: [], stuck: [], unmet: [] })
})

it('says so when costs are too large to be exact', () => {
  const costs = { lateDay: 2 ** 50 }
  expect(() => plan(makeSmall([], { costs }))).toThrow('snapshot: costs: costs and weights are too large')
})

describe('One bad row stops nobody', () => {
  test('work in an unknown office is stuck, and the rest is planned', () => {
    const small = makeSmall()
    const stray = makeRow({ office: 'nowhere', minutes: 70, tasks: 2, protected: true })
    const made = plan({ ...small, work: [stray, ...small.work], coming: [makeComing({ office: 'nowhere' })] })
    const { stuck, flows, objective } = plan({ ...small, coming: [] })
    expect(made).toMatchObject({ flows, objective })
    expect(made.stuck).toEqual([
      ...stuck,
      {
        office: 'nowhere',
        benefit: stray.benefit,
        language: stray.language,
        slackDays: stray.slackDays,
        protected: true,
        minutes: 70,
        tasks: 2,
        cause: { code: 'unknownOffice', rules: [] },
      },
    ])
  })
})
