import { type PreviewRule, rulePreview, type Snapshot } from '@tasain/contracts'
import { addDays } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../../testing/nation.ts'
import { noteArrivals } from '../../load/arrivals.store.ts'
import { saveOpenWork } from '../../offices/nation.store.ts'
import { readPlanInput } from '../routing.store.ts'
import { planOnce } from '../routing.work.ts'
import { listRates } from '../snapshot.ts'
import { guessArrivals } from './arrivals.store.ts'
import { mergeRates } from './preview.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
  const work = Array.from({ length: 300 }, (_, index) => ({
    benefit: 'YA' as const,
    language: 'fi' as const,
    officeId: 'north-1',
    arrivedOn: addDays('2026-11-06', index % 15),
    minutes: 30,
    restricted: false,
  }))
  await saveOpenWork(house.db, work)
})
afterEach(() => house.close())

const rule: PreviewRule = {
  scope: { office: 'north-1' },
  value: { kind: 'reach', within: 'district' },
  from: '2026-12-01',
}
const preview = async (asked: PreviewRule = rule) =>
  rulePreview.parse((await house.ask(managerCaller('north'), 'POST', '/rules/preview', asked)).body)

test('a rule is tried on the next plan and on four weeks, beside things as they are, and nothing is written', async () => {
  const { now, weeks } = await preview()
  const receivers = (flows: readonly { to: string }[]) => new Set(flows.map(({ to }) => to))
  expect(receivers(now.before.flows).size).toBeGreaterThan(1)
  expect(receivers(now.after.flows)).toEqual(new Set(['north-2']))
  expect(now.after.tasks).toBeLessThan(now.before.tasks)
  const planned = await planOnce(house.routing)
  // A preview reckons with mean tasks; whole ones are chosen when they are sent.
  expect(Math.abs(now.before.tasks - (planned?.moved ?? 0))).toBeLessThanOrEqual(2)
  for (const { offices, nation } of [weeks.before, weeks.after]) {
    expect(offices.map(({ office }) => office)).toEqual(['north-1', 'north-2', 'east-1', 'south-1'])
    expect(nation.queueDays).toHaveLength(4)
  }
  expect(await house.db.selectFrom('rule').selectAll().execute()).toEqual([])
  expect(await house.db.selectFrom('plan').selectAll().execute()).toHaveLength(1)
})

test('the next plan is tried with what is likely to come in, as it is made with it', async () => {
  const near: PreviewRule = { ...rule, value: { kind: 'reach', within: 'region' } }
  const days = Array.from({ length: 30 }, (_, index) => addDays('2026-10-24', index))
  const homes = ['north-2', 'east-1', 'south-1'].flatMap((homeOffice) => Array.from({ length: 8 }, () => homeOffice))
  for (const day of days)
    await house.receiveAt(`${day}T10:00:00Z`, ...homes.map((homeOffice) => makeSnapshot({ homeOffice })))
  await sql`update task set state = 'decided' where home_office_id <> 'north-1'`.execute(house.db)
  const { now: unaware } = await preview(near)
  await house.db.transaction().execute((tx) => noteArrivals(tx, '2026-11-23'))
  const { now } = await preview(near)
  expect(now.before.tasks).toBeLessThan(unaware.before.tasks)
  expect(now.after.tasks).toBeLessThan(unaware.after.tasks)
  const planned = await planOnce(house.routing)
  expect(planned?.moved).toBeGreaterThan(0)
  expect(Math.abs(now.before.tasks - (planned?.moved ?? 0))).toBeLessThanOrEqual(2)
  const { body } = await house.ask(auditorCaller, 'GET', '/verify')
  expect(body).toMatchObject({ checks: { 6: { name: 'last plan made again', counted: 1, faults: [] } } })
})

test('a new version of a rule is tried in place of the one in force', async () => {
  const body = { ...rule, from: '2026-11-23', reason: 'Near home.' }
  const written = await house.ask(managerCaller('north'), 'POST', '/rules', body)
  const { id } = written.body as { id: string }
  const { now } = await preview({ ...rule, rule: id, value: { kind: 'reach', within: 'nation' } })
  expect(now.before.tasks).toBeLessThan(now.after.tasks)
})

test('where nothing is counted, what comes in is guessed from the last twenty working days, by home office', async () => {
  expect(await guessArrivals(house.db, '2026-11-23')).toEqual([{ queueKey: 1010, tasksPerDay: 15, minutesPerDay: 450 }])
  expect(await guessArrivals(house.db, '2027-02-01')).toEqual([])
})

test('what comes in during the weeks is what the planner reckons with, under protection or not, and nothing loaded', async () => {
  await house.receiveAt('2026-10-01T10:00:00Z', makeSnapshot())
  const bring = (count: number, change: Partial<Snapshot>) =>
    house.receiveAt('2026-11-20T10:00:00Z', ...Array.from({ length: count }, () => makeSnapshot(change)))
  await bring(40, { benefit: 'TO', language: 'sv' })
  await bring(60, { benefit: 'TO', language: 'sv', restricted: true })
  await bring(20, { homeOffice: 'south-1' })
  await sql`update task set minutes = 90 where restricted`.execute(house.db)
  await house.db.updateTable('task').set({ state: 'decided' }).where('channel', '=', 'office_paper').execute()
  const { weeks: guessed } = await preview()
  await house.db.transaction().execute((tx) => noteArrivals(tx, '2026-11-23'))
  const input = await readPlanInput(house.db, '2026-11-23')
  const social = { benefit: 'TO', language: 'sv', perDay: 5, minutes: (40 * 30 + 60 * 90) / 100, targetDays: 7 }
  expect(mergeRates(listRates(input))).toEqual([
    { office: 'north-1', ...social },
    { office: 'south-1', benefit: 'YA', language: 'fi', perDay: 1, minutes: 30, targetDays: 15 },
  ])
  const { weeks } = await preview()
  const lastWeek = ({ before }: typeof weeks) => before.nation.queueDays.at(-1)
  expect(lastWeek(weeks)).toBeLessThan(lastWeek(guessed) ?? 0)
})

test('only those who write rules may try them', async () => {
  for (const who of [auditorCaller, handlerCaller('north-1-handler-1')])
    expect((await house.ask(who, 'POST', '/rules/preview', rule)).code).toBe('right.missing')
  expect((await house.ask(managerCaller('north'), 'POST', '/rules/preview', { scope: {} })).code).toBe(
    'request.invalid',
  )
})

describe('One person cannot stop the others', () => {
  const ask = async (reach: 'district' | 'region' | 'nation', office: string, who = managerCaller('north')) => {
    const asked = { ...rule, scope: { office }, value: { kind: 'reach', within: reach } }
    const { status, code } = await house.ask(who, 'POST', '/rules/preview', asked)
    return status === 200 ? 'ok' : code
  }

  test('a manager’s previews beyond the next are refused, another’s comes in turn', { timeout: 180_000 }, async () => {
    const mine = (['district', 'region', 'nation'] as const).flatMap((reach) => [
      ask(reach, 'north-1'),
      ask(reach, 'north-2'),
    ])
    const other = ask('district', 'south-1', managerCaller('south'))
    const answers = await Promise.all(mine)
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(2)
    expect(answers.filter((answer) => answer === 'service.busy')).toHaveLength(4)
    expect(await other).toBe('ok')
  })

  test('the same preview asked for thirty times is made once', { timeout: 180_000 }, async () => {
    const bodies = await Promise.all(
      Array.from(
        { length: 30 },
        async () => (await house.ask(managerCaller('north'), 'POST', '/rules/preview', rule)).body,
      ),
    )
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(rulePreview.parse(bodies[0]).now.before.tasks).toBeGreaterThan(0)
  })
})
