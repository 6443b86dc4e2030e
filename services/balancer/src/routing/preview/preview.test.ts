import { type PreviewRule, rulePreview } from '@tasain/contracts'
import { addDays } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../../testing/nation.ts'
import { noteArrivals } from '../../load/arrivals.store.ts'
import { saveOpenWork } from '../../offices/nation.store.ts'
import { planOnce } from '../routing.work.ts'
import { listArrivals } from './arrivals.store.ts'

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
  for (const homeOffice of ['north-2', 'east-1', 'south-1'])
    await house.receive(
      ...days.flatMap((arrivedOn) => Array.from({ length: 8 }, () => makeSnapshot({ homeOffice, arrivedOn }))),
    )
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

test('arrivals are those of the last twenty working days, by home office', async () => {
  expect(await listArrivals(house.db, '2026-11-23')).toEqual([
    { office: 'north-1', benefit: 'YA', language: 'fi', perDay: 15, minutes: 30, targetDays: 15 },
  ])
  expect(await listArrivals(house.db, '2027-02-01')).toEqual([])
})

test('only those who write rules may try them', async () => {
  for (const who of [auditorCaller, handlerCaller('north-1-handler-1')])
    expect((await house.ask(who, 'POST', '/rules/preview', rule)).code).toBe('right.missing')
  expect((await house.ask(managerCaller('north'), 'POST', '/rules/preview', { scope: {} })).code).toBe(
    'request.invalid',
  )
})
