import type { PlanFlow } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { damp, listHeld } from './damping.ts'

const makeFlow = (change: Partial<PlanFlow> & { saving?: number | null }): PlanFlow => {
  const { saving = 5, ...flow } = change
  return {
    from: 'a',
    to: 'b',
    benefit: 'YA',
    language: 'fi',
    slackDays: 3,
    protected: false,
    minutes: 100,
    ...flow,
    reasons: {
      rules: [],
      fromDaysBefore: 9,
      fromDaysAfter: 8,
      toDaysBefore: 1,
      toDaysAfter: 2,
      saving,
      alternatives: [],
    },
  }
}
const minutesOf = (flows: readonly { minutes: number }[]) => flows.map(({ minutes }) => minutes)

test('what saves the stated minimum goes at once, and so does what nobody can do where it lies', () => {
  for (const saving of [30, 31, null])
    expect(damp([makeFlow({ saving })], [], 30)).toMatchObject({ now: [{ minutes: 100 }], later: 0, small: [] })
  expect(damp([makeFlow({ saving: 29 })], [], 30)).toMatchObject({ now: [], later: 100, small: [{ minutes: 100 }] })
})

test('what the plan before asked for too goes now, and no more of it than that plan asked for', () => {
  const first = damp([makeFlow({ minutes: 60, slackDays: 1 }), makeFlow({ minutes: 40, slackDays: 5 })], [], 30)
  expect([minutesOf(first.now), first.later, minutesOf(first.small)]).toEqual([[], 100, [100]])
  const second = damp(
    [makeFlow({ minutes: 80, slackDays: 0 }), makeFlow({ minutes: 50, slackDays: 4 })],
    first.small,
    30,
  )
  expect([minutesOf(second.now), second.later]).toEqual([[80, 20], 30])
  const held = listHeld(second.small, new Map(second.now.map((flow) => [flow, flow.minutes])), 30)
  expect(minutesOf(held)).toEqual([30])
  expect(damp([makeFlow({ minutes: 30 })], held, 30)).toMatchObject({ now: [{ minutes: 30 }], later: 0 })
})

test('less than half a task stands as long as it is planned, and makes nobody plan again', () => {
  const crumb = makeFlow({ minutes: 10 })
  const first = damp([crumb], [], 30)
  const held = listHeld(first.small, new Map(), 30)
  const second = damp([crumb], held, 30)
  expect(second).toMatchObject({ now: [{ minutes: 10 }], later: 0 })
  expect(listHeld(second.small, new Map(), 30)).toEqual(held)
})

test('another receiver, language or secrecy is another move, and a plan that drops a move forgets it', () => {
  const { small } = damp([makeFlow({})], [], 30)
  for (const change of [{ to: 'c' }, { language: 'sv' }, { protected: true }, { benefit: 'TT' }, { from: 'd' }])
    expect(damp([makeFlow(change)], small, 30).now).toEqual([])
  const between = damp([], small, 30)
  expect(damp([makeFlow({})], between.small, 30).now).toEqual([])
})

test('what goes at once on a way does not make what is held on it be forgotten', () => {
  const urgent = makeFlow({ minutes: 300, saving: 50, slackDays: 0 })
  const small = makeFlow({ minutes: 200, saving: 10, slackDays: 5 })
  const first = damp([urgent, small], [], 30)
  const held = listHeld(first.small, new Map([[urgent, 300]]), 30)
  expect(held).toMatchObject([{ minutes: 200 }])
  expect(damp([urgent, small], held, 30).now).toMatchObject([{ minutes: 300 }, { minutes: 200 }])
})
