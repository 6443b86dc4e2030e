import type { Outlook, PlannedNow } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { listFlowChanges, listOfficeChanges } from './differences.ts'

const flow = (from: string, to: string, tasks: number) =>
  ({ from, to, benefit: 'YA', language: 'fi', tasks, minutes: tasks * 30 }) as const
const planned = (...flows: ReturnType<typeof flow>[]): PlannedNow => ({ tasks: 0, minutes: 0, flows, stuck: [] })

test('of the flows only those are told that a rule changes: what would stay, what would go, most first', () => {
  const before = planned(flow('a', 'b', 5), flow('a', 'c', 30), flow('d', 'b', 7))
  const after = planned(flow('a', 'b', 10), flow('d', 'b', 7), flow('d', 'c', 2))
  expect(listFlowChanges({ before, after }).map((one) => [one.from, one.to, one.before, one.after])).toEqual([
    ['a', 'c', 30, 0],
    ['a', 'b', 5, 10],
    ['d', 'c', 0, 2],
  ])
})

test('of the offices only those whose queue changes visibly or endlessly, or more of whose work is late', () => {
  const office = (name: string, queueDays: (number | null)[], pastDue = 0) => ({
    office: name,
    queueDays,
    movedIn: 0,
    movedOut: 0,
    pastDue,
  })
  const outlook = (...offices: ReturnType<typeof office>[]): Outlook => ({
    offices,
    nation: { queueDays: [], moved: 0, pastDue: 0, tasks: 0 },
  })
  const before = outlook(
    office('same', [1, 2]),
    office('longer', [1, 2]),
    office('late', [1, 1]),
    office('shut', [1, 9]),
  )
  const after = outlook(
    office('same', [1.04, 2]),
    office('longer', [1, 5]),
    office('late', [1, 1], 0.2),
    office('shut', [1, null]),
  )
  expect(listOfficeChanges({ before, after }).map((one) => one.office)).toEqual(['shut', 'longer', 'late'])
})
