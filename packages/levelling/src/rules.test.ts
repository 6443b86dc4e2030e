import type { PlanRule, PlanSnapshot } from '@tasain/contracts'
import { describe, expect, it } from 'vitest'
import { makePool, makeRow, makeSmall } from '../testing/small.ts'
import { plan } from './index.ts'

function listReceivers(rules: PlanRule[]): string[] {
  const fromJam = plan(makeSmall(rules)).flows.filter(({ from }) => from === 'jam')
  return [...new Set(fromJam.map(({ from, to }) => `${from}>${to}`))].sort()
}

function sumTo(rules: PlanRule[], to: string, change: Partial<PlanSnapshot> = {}): number {
  return plan(makeSmall(rules, change)).flows.reduce((sum, flow) => sum + (flow.to === to ? flow.minutes : 0), 0)
}

const jam = { office: 'jam' }

describe('rules', () => {
  it('let work go from the jammed office to all others when there are none', () => {
    expect(listReceivers([])).toEqual(['jam>far', 'jam>near', 'jam>next'])
  })

  it('close sending, taking in, or both, each at its own offices', () => {
    expect(listReceivers([{ id: 'a', kind: 'export', scope: jam, allow: false }])).toEqual([])
    expect(listReceivers([{ id: 'a', kind: 'import', scope: { region: 'r2' }, allow: false }])).toEqual([
      'jam>near',
      'jam>next',
    ])
    expect(listReceivers([{ id: 'a', kind: 'blackout', scope: { district: 'd1' } }])).toEqual([])
  })

  it('hold from their first day to their last, both included', () => {
    const closed = { id: 'a', kind: 'export', scope: jam, allow: false } as const
    expect(listReceivers([{ ...closed, from: '2026-11-20', to: '2026-11-20' }])).toEqual([])
    expect(listReceivers([{ ...closed, from: '2026-11-21' }])).toHaveLength(3)
    expect(listReceivers([{ ...closed, to: '2026-11-19' }])).toHaveLength(3)
  })

  it('bind giver and receiver alike by reach, and the strictest wins', () => {
    expect(listReceivers([{ id: 'a', kind: 'reach', scope: jam, within: 'region' }])).toEqual(['jam>near', 'jam>next'])
    expect(listReceivers([{ id: 'a', kind: 'reach', scope: { office: 'far' }, within: 'region' }])).toEqual([
      'jam>near',
      'jam>next',
    ])
    const both: PlanRule[] = [
      { id: 'a', kind: 'reach', within: 'region' },
      { id: 'b', kind: 'reach', scope: jam, within: 'district' },
    ]
    expect(listReceivers(both)).toEqual(['jam>near'])
  })

  it('set others aside by lifts, at the offices of their own scope alone', () => {
    const ban: PlanRule = { id: 'ban', kind: 'import', allow: false }
    const lift: PlanRule = { id: 'lift', kind: 'import', scope: { office: 'near' }, allow: true, lifts: ['ban'] }
    expect(listReceivers([ban])).toEqual([])
    expect(listReceivers([ban, lift])).toEqual(['jam>near'])
    expect(listReceivers([ban, lift, { id: 'no', kind: 'export', scope: jam, allow: true, lifts: ['lift'] }])).toEqual([
      'jam>near',
    ])
    expect(listReceivers([ban, lift, { id: 'no', kind: 'import', allow: true, lifts: ['lift'] }])).toEqual([])
  })

  it('compare the whole office before the plan with the threshold', () => {
    const scoped = (exportAboveDays: number): PlanRule[] => [
      { id: 'a', kind: 'threshold', scope: jam, exportAboveDays },
    ]
    expect(listReceivers(scoped(19))).toHaveLength(3)
    expect(listReceivers(scoped(20))).toEqual([])
    expect(listReceivers([{ id: 'a', kind: 'threshold', importBelowDays: 1 }])).toEqual(['jam>far'])
  })

  it('accept only the benefits named, from others; the own work stays as it is', () => {
    expect(listReceivers([{ id: 'a', kind: 'accept', scope: { office: 'far' }, benefits: ['YA'] }])).toEqual([
      'jam>near',
      'jam>next',
    ])
  })

  it('weigh lateness: what counts for nothing does not move for lateness', () => {
    const weighed: PlanRule[] = [{ id: 'a', kind: 'weight', benefit: 'TO', factor: 0 }]
    expect(sumTo(weighed, 'far')).toBeLessThan(sumTo([], 'far'))
  })

  it('hold shares and quotas to the minute, less what is spent', () => {
    const share: PlanRule = { id: 's', kind: 'shareOut', scope: jam, max: 0.07 }
    const sum = (rules: PlanRule[], used: { rule: string; office?: string; minutes: number }[] = []) =>
      plan(makeSmall(rules, { used })).flows.reduce((total, { minutes }) => total + minutes, 0)
    expect(sum([share])).toBe(560)
    expect(sum([share], [{ rule: 's', office: 'jam', minutes: 500 }])).toBe(60)
    expect(sum([share], [{ rule: 's', office: 'jam', minutes: 560 }])).toBe(0)
    expect(sumTo([{ id: 'i', kind: 'shareIn', scope: { office: 'near' }, max: 0.5 }], 'near')).toBe(200)
    const quota: PlanRule = { id: 'q', kind: 'quota', giver: 'r1', receiver: 'far', minutesPerMonth: 333 }
    expect(sumTo([quota], 'far')).toBe(333)
    expect(sumTo([quota, { id: 'x', kind: 'weight', benefit: 'TO', factor: 1, scope: jam, lifts: ['q'] }], 'far')).toBe(
      sumTo([], 'far'),
    )
  })

  it('place ordered work although it does not pay, and say what could not be placed', () => {
    const order = (minMinutes: number, giver = 'near'): PlanRule[] => [
      { id: 'q', kind: 'quota', giver, receiver: 'far', minutesPerMonth: 5000, minMinutes },
    ]
    expect(sumTo(order(300), 'far')).toBeGreaterThanOrEqual(300)
    const placed = plan(makeSmall(order(300)))
    expect(placed.flows.filter(({ from }) => from === 'near').map(({ minutes }) => minutes)).toEqual([300])
    expect(placed.unmet).toEqual([])
    expect(plan(makeSmall(order(1000))).unmet).toEqual([{ rule: 'q', minutes: 600 }])
    // Also from an office that has hands for all its work today.
    const idle = makeSmall(order(300), { work: [makeRow({ office: 'near', minutes: 240 })] })
    expect(plan(idle)).toMatchObject({ flows: [{ minutes: 240 }], unmet: [{ minutes: 60 }] })
  })
})

it('less goes far when far ways are dearer for their length', () => {
  const sendFar = (far: number) => sumTo([], 'far', { costs: { far } })
  expect(sendFar(50)).toBeLessThan(sendFar(0))
})

describe('hands', () => {
  it('are needed today or on a day known: a closed office gets nothing until its opening is in sight', () => {
    const closed = makePool('far', { minutesPerDay: 0 })
    const pools = ['jam', 'near', 'next'].map((office) => makePool(office))
    const goesFar = (pool: typeof closed): boolean =>
      plan(makeSmall([], { pools: [...pools, pool] })).flows.some(({ to }) => to === 'far')
    expect(goesFar(closed)).toBe(false)
    expect(goesFar({ ...closed, minutesByDay: [0, 0] })).toBe(false)
    expect(goesFar({ ...closed, minutesByDay: [0, 400] })).toBe(true)
  })
})

describe('stuck work', () => {
  const stuckOf = (row: Parameters<typeof makeRow>[0], rules: PlanRule[] = []) =>
    plan(makeSmall(rules, { work: [makeRow(row)] })).stuck

  it('names the hands that are missing', () => {
    expect(stuckOf({ office: 'jam', benefit: 'KH' })[0]?.cause).toEqual({ code: 'noSkill', rules: [] })
    expect(stuckOf({ office: 'jam', language: 'sv' })[0]?.cause).toEqual({ code: 'noLanguage', rules: [] })
    expect(stuckOf({ office: 'jam', protected: true })[0]?.cause).toEqual({ code: 'noClearance', rules: [] })
    expect(stuckOf({ office: 'jam', benefit: 'KH' })[0]).toMatchObject({ minutes: 400, tasks: 10, protected: false })
  })

  it('names the rules that keep it from those who could', () => {
    const pools = [makePool('near'), makePool('jam', { benefits: ['YA'] })]
    const cause = (rules: PlanRule[], movable = true) =>
      plan(makeSmall(rules, { pools, work: [makeRow({ office: 'jam', movable })] })).stuck[0]?.cause
    expect(cause([])).toBeUndefined()
    expect(cause([], false)).toEqual({ code: 'pinned', rules: [] })
    expect(cause([{ id: 'a', kind: 'export', allow: false }])).toEqual({ code: 'export', rules: ['a'] })
    expect(cause([{ id: 'b', kind: 'accept', benefits: [] }])).toEqual({ code: 'accept', rules: ['b'] })
    expect(cause([{ id: 'c', kind: 'shareOut', max: 0 }])).toEqual({ code: 'shareOut', rules: ['c'] })
  })

  it('is only what a limit leaves over when the rest may go', () => {
    const pools = [makePool('near')]
    const snapshot = makeSmall([{ id: 'c', kind: 'shareOut', max: 0.25 }], {
      pools,
      work: [makeRow({ office: 'jam' })],
    })
    const { flows, stuck } = plan(snapshot)
    expect(flows.map(({ minutes }) => minutes)).toEqual([100])
    expect(stuck.map(({ minutes, cause }) => ({ minutes, cause }))).toEqual([
      { minutes: 300, cause: { code: 'shareOut', rules: ['c'] } },
    ])
  })
})
