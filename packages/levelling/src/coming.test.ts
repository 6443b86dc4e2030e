import type { PlanComing, PlanSnapshot } from '@tasain/contracts'
import { describe, expect, it } from 'vitest'
import { makeSmall } from '../testing/small.ts'
import { expectComing, explain, plan } from './index.ts'
import { BUCKET_STARTS } from './nation/nation.ts'

const comingTo = (office: string, perDay: number): PlanComing[] =>
  expectComing([{ office, benefit: 'TO', language: 'fi', protected: false, minutesPerDay: perDay, targetDays: 10 }])

const planWith = (coming: PlanComing[], given: PlanSnapshot = makeSmall([])) => plan({ ...given, coming })

const sumTo = (office: string, { flows }: Pick<ReturnType<typeof plan>, 'flows'>) =>
  flows.filter(({ to }) => to === office).reduce((sum, { minutes }) => sum + minutes, 0)

describe('work to come', () => {
  it('is cut into stretches of the days ahead, due as it would be on arrival, and left out where next to nothing comes', () => {
    expect(comingTo('near', 100)).toEqual([
      { office: 'near', benefit: 'TO', language: 'fi', protected: false, inDays: 3, slackDays: 13, minutes: 600 },
      { office: 'near', benefit: 'TO', language: 'fi', protected: false, inDays: 7, slackDays: 17, minutes: 700 },
    ])
    const days = comingTo('near', 100).map(({ inDays }) => inDays)
    expect(BUCKET_STARTS).toEqual(expect.arrayContaining(days))
    expect(comingTo('near', 0.08)).toHaveLength(1)
    expect(comingTo('near', 0)).toEqual([])
  })

  it('keeps work away from hands that it will need, and is neither sent nor stuck itself', () => {
    const blind = plan(makeSmall([]))
    const aware = planWith(comingTo('near', 400))
    expect(sumTo('near', blind)).toBeGreaterThan(sumTo('near', aware))
    const open = makeSmall([]).work.reduce((sum, { minutes }) => sum + minutes, 0)
    expect(aware.flows.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThan(open)
    expect(aware.flows.every(({ from }) => from === 'jam')).toBe(true)
    expect(aware.stuck).toEqual(blind.stuck)
  })

  it('sends today’s work to hands that would be idle, where all of them will be needed', () => {
    const given = makeSmall([])
    const short = { slackDays: 6, tasks: 80, minutes: 3200 }
    const calm = { ...given, work: given.work.map((row) => (row.office === 'jam' ? { ...row, ...short } : row)) }
    const sum = (planned: Pick<ReturnType<typeof plan>, 'flows'>) =>
      planned.flows.reduce((all, { minutes }) => all + minutes, 0)
    expect(sum(planWith(comingTo('jam', 1800), calm))).toBeGreaterThan(sum(plan(calm)))
  })

  it('counts in no queue days and no share, and what is likely to come in is told beside them', () => {
    const { reasons } = planWith(comingTo('jam', 400)).flows[0] ?? {}
    expect(reasons).toMatchObject({ fromDaysBefore: 20, coming: { fromDays: 13, toDays: 0 } })
    const share = makeSmall([{ id: 'cap', kind: 'shareOut', scope: { office: 'jam' }, max: 0.1 }])
    const sent = planWith(comingTo('jam', 400), share).flows.reduce((sum, { minutes }) => sum + minutes, 0)
    expect(sent).toBe(800)
    expect(plan(makeSmall([])).flows[0]?.reasons.coming).toBeUndefined()
  })

  it('is told of in every language where a plan knew of it', () => {
    const snapshot = { ...makeSmall([]), coming: comingTo('jam', 400) }
    const planned = plan(snapshot)
    const work = { office: 'jam', benefit: 'TO', language: 'fi', protected: false }
    const say = (language: 'fi' | 'sv' | 'en') => explain(planned, snapshot, work, language).join('\n')
    expect(say('fi')).toContain(
      'Seuraavien 13 työpäivän aikana toimistoon jam saapuu arviolta 13 työpäivän verran töitä.',
    )
    expect(say('sv')).toContain(
      'Under de följande 13 arbetsdagarna väntas arbete för 13 arbetsdagar komma in till byrå jam.',
    )
    expect(say('en')).toContain('In the next 13 working days office jam is likely to get 13 working days of work.')
    expect(explain(plan(makeSmall([])), makeSmall([]), work, 'en').join('\n')).not.toContain('is likely to get')
  })

  it('needs hands elsewhere when there are none where it comes in', () => {
    const given = makeSmall([])
    const empty = {
      ...given,
      offices: given.offices.flatMap((office) =>
        office.id === 'near' ? [office, { ...office, id: 'empty' }] : [office],
      ),
    }
    expect(sumTo('near', planWith(comingTo('empty', 600), empty))).toBeLessThan(sumTo('near', plan(empty)))
  })

  it('is told by the hands of those days, and never that of people under protection', () => {
    const pools = makeSmall([]).pools.map((pool) => ({ ...pool, cleared: true }))
    const training = pools.map((pool) =>
      pool.office === 'jam' ? { ...pool, minutesPerDay: 40, minutesByDay: [400] } : pool,
    )
    const guarded = comingTo('jam', 400).map((row) => ({ ...row, protected: true }))
    const tell = (coming: PlanComing[]) => planWith(coming, makeSmall([], { pools: training })).flows[0]?.reasons.coming
    expect(tell(comingTo('jam', 400))).toEqual({ fromDays: 13, toDays: 0 })
    expect(tell([...comingTo('jam', 400), ...guarded])).toEqual({ fromDays: 13, toDays: 0 })
    expect(tell(guarded)).toBeUndefined()
  })

  it('is no row of open work that says when it comes', () => {
    const given = makeSmall([])
    const strayed = { ...given, work: given.work.map((row) => ({ ...row, inDays: 5 })) }
    expect(plan(strayed).flows).toEqual(plan(given).flows)
  })

  it('is left alone where nobody can do it, and where there is no such place', () => {
    const nobody = comingTo('jam', 400).map((row) => ({ ...row, benefit: 'YA' }))
    expect(planWith(nobody).flows.map(({ to, minutes }) => [to, minutes])).toEqual(
      plan(makeSmall([])).flows.map(({ to, minutes }) => [to, minutes]),
    )
    expect(planWith(comingTo('nowhere', 400)).flows).toEqual(plan(makeSmall([])).flows)
    expect(() => planWith([{ ...(comingTo('jam', 400)[0] ?? never()), inDays: 14 }])).toThrow(/coming\[0\].inDays/)
  })
})

function never(): never {
  throw new Error('there is none')
}
