import { expect, it } from 'vitest'
import { makeSmall } from '../testing/small.ts'
import { chooseTasks, type OpenTask, plan } from './index.ts'

const reasons = {
  rules: [],
  fromDaysBefore: 1,
  fromDaysAfter: 1,
  toDaysBefore: 1,
  toDaysAfter: 1,
  saving: 1,
  alternatives: [],
}

function makeFlow(to: string, minutes: number) {
  return { from: 'jam', to, benefit: 'TO', language: 'fi', slackDays: 3, protected: false, minutes, reasons }
}

function makeTask(id: string, dueOn: string, minutes = 40): OpenTask {
  return { id, office: 'jam', benefit: 'TO', language: 'fi', protected: false, slackDays: 3, minutes, dueOn }
}

it('sends the earliest due first, ties by id', () => {
  const tasks = [makeTask('c', '2026-11-25'), makeTask('b', '2026-11-24'), makeTask('a', '2026-11-25')]
  expect(chooseTasks([makeFlow('near', 80)], tasks).map(({ task }) => task)).toEqual(['b', 'a'])
})

it('sends the last task when at least half of it is planned, and not when less is', () => {
  const tasks = [makeTask('a', '2026-11-24'), makeTask('b', '2026-11-24')]
  expect(chooseTasks([makeFlow('near', 60)], tasks)).toHaveLength(2)
  expect(chooseTasks([makeFlow('near', 59)], tasks)).toHaveLength(1)
  expect(chooseTasks([makeFlow('near', 19)], tasks)).toHaveLength(0)
})

it('gives each task to one receiver and leaves other classes alone', () => {
  const tasks = [
    makeTask('a', '2026-11-24'),
    makeTask('b', '2026-11-24'),
    makeTask('c', '2026-11-24'),
    { ...makeTask('s', '2026-11-24'), language: 'sv' },
  ]
  const moves = chooseTasks([makeFlow('near', 40), makeFlow('far', 400)], tasks)
  expect(moves.map(({ task, to, flow }) => `${task}>${to}:${flow}`)).toEqual(['a>near:0', 'b>far:1', 'c>far:1'])
})

it('sends within one task a flow of what the plan says', () => {
  const snapshot = makeSmall()
  const { flows } = plan(snapshot)
  const tasks = Array.from({ length: 200 }, (_, i) => makeTask(`t${String(i).padStart(3, '0')}`, '2026-11-25'))
  const moves = chooseTasks(flows, tasks)
  flows.forEach((flow, index) => {
    const sent = moves.filter((move) => move.flow === index).length * 40
    expect(Math.abs(sent - flow.minutes)).toBeLessThanOrEqual(20)
  })
})
