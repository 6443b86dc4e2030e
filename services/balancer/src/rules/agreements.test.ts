import {
  type Caller,
  type PreviewRule,
  type RuleVersion,
  ruleCheck,
  ruleVersion,
  type WriteRule,
} from '@tasain/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { ownDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation } from '../../testing/nation.ts'
import { listInForce } from './rules.store.ts'

// What managers agree on with one another: quotas between places, exceptions, and rules that would not go together.

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

const north = managerCaller('north')
const east = managerCaller('east')
const south = managerCaller('south')
const quota: WriteRule = {
  scope: {},
  value: { kind: 'quota', giver: 'north', receiver: 'south-1', minutesPerMonth: 6_000, minMinutes: 600 },
  from: '2026-12-01',
  reason: 'The south helps the north.',
}
const closing: WriteRule = { ...quota, scope: { office: 'south-1' }, value: { kind: 'import', allow: false } }
const post = (path: string, body: object, who = north) => house.ask(who, 'POST', path, body)
const write = async (body: object, who = north): Promise<RuleVersion> =>
  ruleVersion.parse((await post('/rules', body, who)).body)
const approve = (rule: RuleVersion, who: Caller) => post(`/rules/${rule.id}/approve`, { version: rule.version }, who)
const refusal = z.object({ error: z.object({ message: z.object({ fi: z.string(), sv: z.string(), en: z.string() }) }) })

test('rules of every kind are written and come into force', async () => {
  const values: WriteRule['value'][] = [
    { kind: 'accept', benefits: ['YA'] },
    { kind: 'reach', within: 'region' },
    { kind: 'threshold', exportAboveDays: 10, importBelowDays: 5 },
    { kind: 'shareOut', max: 0.1 },
    { kind: 'shareIn', max: 0.5 },
    { kind: 'quota', giver: 'north-1', receiver: 'north-2', minutesPerMonth: 600 },
    { kind: 'blackout' },
    { kind: 'weight', benefit: 'TO', factor: 2 },
  ]
  for (const value of values) {
    const scope = value.kind === 'quota' ? {} : { office: 'north-1' }
    expect(await write({ ...quota, scope, value })).toMatchObject({ state: 'coming', needsApproval: false })
  }
  const inForce = await listInForce(house.db, '2026-12-01')
  expect(inForce.map(({ value }) => value.kind).toSorted()).toEqual(values.map(({ kind }) => kind).toSorted())
})

test('lateness never counts for nothing, and no more is taken in than a day’s work', async () => {
  const codeFor = async (value: object) =>
    (await post('/rules', { ...quota, scope: { office: 'north-1' }, value })).code
  for (const factor of [0, 0.05, 11]) {
    expect(await codeFor({ kind: 'weight', benefit: 'TO', factor })).toBe('request.invalid')
  }
  expect(await codeFor({ kind: 'weight', benefit: 'TO', factor: 0.1 })).toBeUndefined()
  expect(await codeFor({ kind: 'shareIn', max: 1.01 })).toBe('request.invalid')
  expect(await codeFor({ kind: 'shareIn', max: 1 })).toBeUndefined()
  expect(await codeFor({ kind: 'shareOut', max: 0.00004 })).toBe('request.invalid')
  expect(await codeFor({ kind: 'shareOut', max: 0.0029 })).toBeUndefined()
})

test('a version that says what may no longer be written is not restored', async () => {
  const weight = (factor: number) => ({ kind: 'weight' as const, benefit: 'TO' as const, factor })
  const own = { ...quota, scope: { office: 'north-1' } }
  const { id } = await write({ ...own, value: weight(2) })
  const old = await house.db.selectFrom('rule_version').selectAll().where('rule_id', '=', id).executeTakeFirstOrThrow()
  const value = JSON.stringify(weight(0))
  await house.db
    .insertInto('rule_version')
    .values({ ...old, version: 2, value })
    .execute()
  await post(`/rules/${id}/versions`, { ...own, value: weight(3), since: 2 })
  const restore = (version: number) => post(`/rules/${id}/restore`, { version, reason: 'Once more.' })
  expect((await restore(2)).code).toBe('request.invalid')
  expect((await restore(1)).status).toBe(200)
})

test('a quota between two districts waits for a manager of one of them', async () => {
  const draft = await write(quota)
  expect(draft).toMatchObject({ state: 'draft', needsApproval: true })
  expect((await approve(draft, north)).code).toBe('rule.needs_another_manager')
  expect((await approve(draft, east)).code).toBe('rule.not_your_district')
  expect((await approve(draft, south)).body).toMatchObject({ state: 'coming', approvedBy: south.name })
  expect((await post('/rules', quota, east)).code).toBe('rule.not_your_district')
  const nowhere = { ...quota, value: { ...quota.value, receiver: 'nowhere' } }
  expect((await post('/rules', nowhere)).code).toBe('rule.unknown_scope')
})

test('a quota orders no more than it allows, names two places, and has no scope of its own', async () => {
  const codeFor = async (change: object, value: object = {}) =>
    (await post('/rules', { ...quota, value: { ...quota.value, ...value }, ...change })).code
  expect(await codeFor({}, { minMinutes: 6_001 })).toBe('request.invalid')
  expect(await codeFor({}, { receiver: 'north' })).toBe('request.invalid')
  expect(await codeFor({ scope: { office: 'north-1' } })).toBe('request.invalid')
})

test('a rule in the way of an order is refused in a sentence that names the order, the days and what to do', async () => {
  await approve(await write(quota), south)
  const refused = await post('/rules', { ...closing, from: '2026-12-10', to: '2026-12-12' }, south)
  expect(refused.code).toBe('rule.contradicts')
  const { fi, sv } = refusal.parse(refused.body).error.message
  expect(fi).toBe(
    'Sääntöä ei voi tallentaa: se on ristiriidassa muiden kanssa. Sääntö estäisi määrätyn siirron (10.12.2026–12.12.2026): north fi → south-1 fi: Työtä siirretään vähintään 10 ja enintään 100 tuntia kuukaudessa, 1.12.2026 alkaen. Valitse muut päivät tai päätä määräys ensin.',
  )
  expect(sv).toContain('north sv → south-1 sv: Arbete överförs för minst 10 och högst 100 timmar i månaden')
  expect(await write({ ...closing, from: '2026-11-24', to: '2026-11-30' }, south)).toMatchObject({ state: 'coming' })
})

test('what was written since a draft may keep it from being approved', async () => {
  const draft = await write(quota)
  await write(closing, south)
  expect((await approve(draft, south)).code).toBe('rule.contradicts')
})

test('a rule two managers made is set aside by two; one of the district’s own by its manager alone', async () => {
  const ban: WriteRule = { ...quota, scope: {}, value: { kind: 'blackout' } }
  const shared = await write(ban)
  await approve(shared, east)
  const own = await write({ ...ban, scope: { district: 'north' }, value: { kind: 'reach', within: 'district' } })
  const open = { ...ban, scope: { office: 'north-1' }, value: { kind: 'export', allow: true } }
  expect(await write({ ...open, lifts: [own.id] })).toMatchObject({ needsApproval: false, lifts: [own.id] })
  const exception = await write({ ...open, scope: { office: 'north-2' }, lifts: [shared.id] })
  expect(exception).toMatchObject({ state: 'draft', needsApproval: true })
  await approve(exception, east)
  const ended = await post(`/rules/${exception.id}/end`, { reason: 'As all others again.' })
  expect(ended.body).toMatchObject({ state: 'ended', needsApproval: false })
  expect((await post('/rules', { ...open, scope: { office: 'east-1' }, lifts: [own.id] }, east)).code).toBe(
    'rule.contradicts',
  )
})

test('a rule is checked before it is saved: what it contradicts, what to think of, who must agree', async () => {
  const check = async (body: PreviewRule, who = north) => ruleCheck.parse((await post('/rules/check', body, who)).body)
  const { reason: _, ...asked } = quota
  expect(await check(asked)).toEqual({ faults: [], warnings: [], needsApproval: true })
  const only: PreviewRule = { scope: {}, value: { kind: 'accept', benefits: ['YA'] }, from: '2026-12-01' }
  const { faults, warnings } = await check(only)
  expect(faults).toEqual([])
  expect(warnings).toHaveLength(1)
  expect(warnings[0]?.sv).toContain('Grundläggande utkomststöd')
  const rule = await write({ ...closing, scope: { office: 'north-1' } })
  const again: PreviewRule = { scope: rule.scope, value: rule.value, from: '2026-12-05' }
  expect((await check(again)).faults[0]?.fi).toContain('Samassa paikassa on jo saman lajin sääntö (5.12.2026 alkaen)')
  expect((await check({ ...again, rule: rule.id })).faults).toEqual([])
  expect((await post('/rules/check', again, south)).code).toBe('rule.not_your_district')
  expect((await post('/rules/check', again, handlerCaller('north-1-handler-1'))).code).toBe('right.missing')
})
