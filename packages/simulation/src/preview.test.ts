import type { PlanSnapshot } from '@tasain/contracts'
import { expect, it } from 'vitest'
import { previewRules } from './preview.ts'

const pool = (office: string) => ({ office, benefits: ['TO'], languages: ['fi'], minutesPerDay: 400 })
const snapshot: PlanSnapshot = {
  version: 1,
  at: '2026-11-21',
  offices: [
    { id: 'jam', district: 'd1', region: 'r', lat: 60.2, lon: 24.9 },
    { id: 'idle', district: 'd2', region: 'r', lat: 60.9, lon: 25.6 },
  ],
  pools: [pool('jam'), pool('idle')],
  work: [{ office: 'jam', benefit: 'TO', language: 'fi', slackDays: 3, minutes: 4000, tasks: 100 }],
  rules: [],
}
const arrivals = ['jam', 'idle'].map((office) => ({
  office,
  benefit: 'TO',
  language: 'fi',
  perDay: office === 'jam' ? 12 : 3,
  minutes: 40,
  targetDays: 7,
}))
const closed = [{ id: 'shut', kind: 'export' as const, scope: { office: 'jam' }, allow: false }]

it('shows what closing an office for export would do: it moves nothing, its queue grows and more comes late', () => {
  const request = { snapshot, arrivals, rulesAfter: closed, weeks: 4, seed: 1 }
  const { before, after } = previewRules(request)
  expect(before.nation.moved).toBeGreaterThan(0)
  expect(after.nation).toMatchObject({ moved: 0, tasks: before.nation.tasks })
  expect(after.nation.pastDue).toBeGreaterThan(before.nation.pastDue)
  const [jam, idle] = after.offices
  expect(jam?.queueDays).toHaveLength(4)
  expect(jam?.queueDays[3]).toBeGreaterThan(before.offices[0]?.queueDays[3] ?? 99)
  expect(idle).toMatchObject({ office: 'idle', movedIn: 0 })
  expect(before.offices[1]?.movedIn).toBe(before.offices[0]?.movedOut)
  expect(previewRules(request)).toEqual({ before, after })
})

it('knows what a quota has spent this month before the first day', () => {
  const quota = { id: 'q', kind: 'quota' as const, giver: 'jam', receiver: 'idle', minutesPerMonth: 400 }
  const spent = { ...snapshot, rules: [quota], used: [{ rule: 'q', minutes: 400 }] }
  const look = (at: PlanSnapshot, weeks: number) =>
    previewRules({ snapshot: at, arrivals, rulesAfter: [], weeks, seed: 1 }).before.nation.moved
  expect(look(spent, 1)).toBe(0)
  expect(look({ ...spent, used: [] }, 1)).toBe(10)
})
