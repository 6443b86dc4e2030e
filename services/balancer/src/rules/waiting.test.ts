import { listedRules, type RuleVersion, ruleCheck, ruleList, ruleVersion, type WriteRule } from '@tasain/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation } from '../../testing/nation.ts'

// Changes that wait beside what is in force, and rules that do nothing beside others.

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

const north = managerCaller('north')
const east = managerCaller('east')
const shared: WriteRule = { scope: {}, value: { kind: 'shareOut', max: 0.1 }, from: '2026-11-23', reason: 'Agreed.' }
const post = (path: string, body: object, who = north) => house.ask(who, 'POST', path, body)
const write = async (body: object, who = north): Promise<RuleVersion> =>
  ruleVersion.parse((await post('/rules', body, who)).body)
const change = (id: string, since: number, max: number, who = north) =>
  post(`/rules/${id}/versions`, { ...shared, value: { kind: 'shareOut', max }, since }, who)
const withdraw = (id: string, version: number, who = north) =>
  post(`/rules/${id}/withdraw`, { version, reason: 'On second thoughts.' }, who)
const list = async (who = north) => listedRules.parse((await house.ask(who, 'GET', '/rules')).body).rules
const states = async (id: string) => {
  const { rules } = ruleList.parse((await house.ask(north, 'GET', `/rules/${id}/versions`)).body)
  return rules.map(({ version, state }) => [version, state])
}
const shareInForce = async () => {
  const { id } = await write(shared)
  await post(`/rules/${id}/approve`, { version: 1 }, east)
  return id
}

test('a rule in force is listed as it binds, and the change that waits beside it, for managers and auditors alike', async () => {
  const id = await shareInForce()
  await change(id, 1, 0.2)
  for (const who of [north, east, auditorCaller]) {
    const [rule] = await list(who)
    expect(rule).toMatchObject({ version: 1, state: 'in_force', value: { max: 0.1 } })
    expect(rule?.ahead).toMatchObject([{ version: 2, state: 'draft', value: { max: 0.2 }, needsApproval: true }])
  }
  await post(`/rules/${id}/approve`, { version: 2 }, east)
  expect(await list()).toMatchObject([{ version: 2, state: 'in_force', ahead: [] }])
})

test('what is in force is listed with a version for a later day, and with an ending that waits', async () => {
  const closing: WriteRule = { ...shared, scope: { office: 'north-1' } }
  const own = await write(closing)
  await post(`/rules/${own.id}/versions`, { ...closing, from: '2026-12-01', since: 1 })
  expect(await list()).toMatchObject([{ version: 1, ahead: [{ version: 2, state: 'coming', from: '2026-12-01' }] }])
  const id = await shareInForce()
  await post(`/rules/${id}/end`, { reason: 'Enough.' })
  const [rule] = await list()
  expect(rule).toMatchObject({ id, version: 1, state: 'in_force', endNeedsApproval: true })
  expect(rule?.ahead).toMatchObject([{ version: 2, state: 'draft', endedBy: north.name }])
})

test('a change begun before somebody else’s is refused, and a draft it replaces is no longer told as waiting', async () => {
  const id = await shareInForce()
  expect((await change(id, 1, 0.2)).status).toBe(201)
  expect(await change(id, 1, 0.3, east)).toMatchObject({ status: 409, code: 'rule.changed_since' })
  expect((await change(id, 2, 0.3, east)).body).toMatchObject({ version: 3, state: 'draft' })
  expect(await states(id)).toEqual([
    [3, 'draft'],
    [2, 'replaced'],
    [1, 'in_force'],
  ])
  const { rules } = ruleList.parse((await house.ask(north, 'GET', `/rules/${id}/versions`)).body)
  expect(rules.map(({ needsApproval }) => needsApproval)).toEqual([true, false, false])
  expect((await list())[0]?.ahead.map(({ version }) => version)).toEqual([3])
})

test('who proposed a change or an ending takes it back, nobody else does, and what is in force goes on', async () => {
  const id = await shareInForce()
  await change(id, 1, 0.2)
  expect((await withdraw(id, 2, east)).code).toBe('rule.not_author')
  expect((await withdraw(id, 2)).body).toMatchObject({ version: 1, state: 'in_force', allows: ['change', 'end'] })
  expect((await withdraw(id, 2)).code).toBe('rule.not_draft')
  expect((await post(`/rules/${id}/approve`, { version: 2 }, east)).code).toBe('rule.not_draft')
  expect(await list()).toMatchObject([{ version: 1, ahead: [] }])
  await post(`/rules/${id}/end`, { reason: 'Enough.' })
  expect((await withdraw(id, 3)).status).toBe(200)
  expect((await change(id, 1, 0.2)).body).toMatchObject({ version: 4, state: 'draft' })
  expect(await states(id)).toEqual([
    [4, 'draft'],
    [3, 'withdrawn'],
    [2, 'withdrawn'],
    [1, 'in_force'],
  ])
})

test('a rule that was never in force is withdrawn, and there is nothing to end', async () => {
  const { id } = await write(shared)
  expect((await post(`/rules/${id}/end`, { reason: 'Enough.' })).code).toBe('rule.only_draft')
  expect((await withdraw(id, 1, east)).body).toMatchObject({
    state: 'withdrawn',
    withdrawn: { by: east.name, reason: 'On second thoughts.' },
  })
  expect((await withdraw(id, 1)).code).toBe('rule.not_draft')
})

test('a rule that another in force leaves nothing to do is saved, and told of beside the form and in the list', async () => {
  const at = { scope: { office: 'north-1' }, from: '2026-11-23', reason: 'A busy time.' }
  await write({ ...at, value: { kind: 'blackout' }, to: '2026-12-10' })
  const asked = { scope: at.scope, from: at.from, value: { kind: 'import', allow: true } }
  const { faults, warnings } = ruleCheck.parse((await post('/rules/check', asked)).body)
  expect(faults).toEqual([])
  expect(warnings.map(({ fi }) => fi)).toEqual([
    'Säännöllä ei ole vaikutusta (23.11.2026–10.12.2026), kun tämä on voimassa: north-1 fi: Siirtokielto: työtä ei siirretä pois eikä sisään, 23.11.2026–10.12.2026. Tiukin sääntö voittaa.',
  ])
  const { id } = await write({ ...at, value: asked.value })
  const told = async () => (await list()).map((rule) => [rule.id === id, rule.state, rule.warnings.length])
  expect(await told()).toEqual([
    [true, 'in_force', 1],
    [false, 'in_force', 0],
  ])
  house.clock.at = new Date('2026-12-11T10:00:00Z')
  expect(await told()).toEqual([
    [true, 'in_force', 0],
    [false, 'ended', 0],
  ])
})
