import { type Caller, type RuleVersion, ruleList, ruleVersion, type WriteRule } from '@tasain/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation } from '../../testing/nation.ts'
import { listInForce } from './rules.store.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

const north = managerCaller('north')
const east = managerCaller('east')
const closing: WriteRule = {
  scope: { office: 'north-1' },
  value: { kind: 'export', allow: false },
  from: '2026-11-23',
  reason: 'We want to keep our own work.',
}
const post = (path: string, body: object, who = north) => house.ask(who, 'POST', path, body)
const write = async (body: object, who = north): Promise<RuleVersion> =>
  ruleVersion.parse((await post('/rules', body, who)).body)
const inForceOn = async (day: string) => (await listInForce(house.db, day)).map(({ version }) => version)

test('a manager closes export of an office of their own at once, and a plan follows', async () => {
  const rule = await write(closing)
  expect(rule).toMatchObject({ version: 1, state: 'in_force', needsApproval: false, author: north.name, to: null })
  expect(house.planned).toEqual(['plan'])
  const listed = ruleList.parse((await house.ask(east, 'GET', '/rules')).body)
  expect(rule.allows).toEqual(['change', 'end'])
  expect(listed.rules).toEqual([{ ...rule, allows: [] }])
})

test('everybody is told what they may do with a rule, and nothing else is let through', async () => {
  const own = await write(closing)
  const across = await write({ ...closing, scope: {} })
  await post(`/rules/${own.id}/versions`, { ...closing, to: '2026-12-10', since: 1 })
  const allowed = async (who: Caller, id: string) => {
    const { rules } = ruleList.parse((await house.ask(who, 'GET', `/rules/${id}/versions`)).body)
    return rules.map(({ allows }) => allows)
  }
  expect(await allowed(north, own.id)).toEqual([['change', 'end'], ['restore']])
  expect(await allowed(north, across.id)).toEqual([['change', 'withdraw']])
  expect(await allowed(east, own.id)).toEqual([[], []])
  expect(await allowed(east, across.id)).toEqual([['approve', 'change', 'withdraw']])
  expect(await allowed(auditorCaller, own.id)).toEqual([[], []])
  expect(await allowed(auditorCaller, across.id)).toEqual([[]])
  expect((await post(`/rules/${own.id}/end`, { reason: 'Not mine.' }, east)).code).toBe('rule.not_your_district')
  expect((await post(`/rules/${own.id}/restore`, { version: 1, reason: 'No.' }, east)).code).toBe(
    'rule.not_your_district',
  )
  await post(`/rules/${own.id}/end`, { reason: 'Enough.' })
  expect(await allowed(north, own.id)).toEqual([[], ['restore'], ['restore']])
})

test('an office, district or region that is not theirs or not there is refused, and so are handlers', async () => {
  const codeFor = async (scope: WriteRule['scope']) => (await post('/rules', { ...closing, scope })).code
  expect(await codeFor({ office: 'east-1' })).toBe('rule.not_your_district')
  expect(await codeFor({ district: 'south' })).toBe('rule.not_your_district')
  expect(await codeFor({ office: 'nowhere' })).toBe('rule.unknown_scope')
  expect((await post('/rules', closing, handlerCaller('north-1-handler-1'))).code).toBe('right.missing')
})

test('a rule for a region or the nation is a draft until a second manager approves it', async () => {
  for (const scope of [{ region: 'upper' }, {}]) {
    const draft = await write({ ...closing, scope })
    expect(draft).toMatchObject({ state: 'draft', needsApproval: true })
    expect(await inForceOn('2026-11-23')).toEqual([])
    const approve = (who: typeof north) => post(`/rules/${draft.id}/approve`, { version: 1 }, who)
    expect((await approve(north)).code).toBe('rule.needs_another_manager')
    expect((await approve(east)).body).toMatchObject({ state: 'in_force', needsApproval: false, approvedBy: east.name })
    expect((await approve(east)).code).toBe('rule.not_draft')
    const end = ruleVersion.parse((await post(`/rules/${draft.id}/end`, { reason: 'Enough.' })).body)
    expect(end).toMatchObject({ state: 'draft', version: 2 })
    expect(await inForceOn('2026-11-23')).toEqual([1])
    expect((await post(`/rules/${draft.id}/approve`, { version: 2 }, east)).body).toMatchObject({ state: 'ended' })
    expect(await inForceOn('2026-11-23')).toEqual([])
  }
})

test('two rules of a kind never hold at one place on one day', async () => {
  await write({ ...closing, from: '2026-12-01', to: '2026-12-10' })
  const codeFor = async (change: object) => (await post('/rules', { ...closing, ...change })).code
  expect(await codeFor({ from: '2026-12-10' })).toBe('rule.contradicts')
  expect(await codeFor({ from: '2026-11-23', to: null })).toBe('rule.contradicts')
  expect(await codeFor({ from: '2026-11-23', to: '2026-11-30' })).toBeUndefined()
  expect(await codeFor({ from: '2026-12-11' })).toBeUndefined()
  expect(await codeFor({ scope: { district: 'north' } })).toBeUndefined()
  expect(await codeFor({ value: { kind: 'import', allow: false } })).toBeUndefined()
  const both = await Promise.all([0, 1].map(() => post('/rules', { ...closing, scope: { office: 'north-2' } })))
  expect(both.filter(({ code }) => code === 'rule.contradicts')).toHaveLength(1)
  expect(both.filter(({ status }) => status === 201)).toHaveLength(1)
})

test('a rule cannot begin in the past, end before it begins, or ask for a threshold upside down or in parts of a day', async () => {
  expect((await post('/rules', { ...closing, from: '2026-11-22' })).code).toBe('rule.starts_in_past')
  expect((await post('/rules', { ...closing, to: '2026-11-22' })).code).toBe('request.invalid')
  for (const [exportAboveDays, importBelowDays] of [
    [5, 5],
    [5, 0.5],
    [5.5, 2],
    [5, 0],
  ])
    expect(
      (await post('/rules', { ...closing, value: { kind: 'threshold', exportAboveDays, importBelowDays } })).code,
    ).toBe('request.invalid')
})

test('a rule lives by its versions: changed, ended, restored, and every version stays as it was written', async () => {
  const value = { kind: 'threshold', exportAboveDays: 10, importBelowDays: 5 }
  const { id } = await write({ ...closing, value })
  const later = {
    ...closing,
    value: { ...value, exportAboveDays: 12 },
    from: '2026-12-01',
    reason: 'Less haste.',
    since: 1,
  }
  expect((await post(`/rules/${id}/versions`, later)).body).toMatchObject({ version: 2, state: 'coming' })
  expect(await inForceOn('2026-11-30')).toEqual([1])
  expect(await inForceOn('2026-12-01')).toEqual([2])
  house.clock.at = new Date('2026-12-02T10:00:00Z')
  const ended = await post(`/rules/${id}/end`, { reason: 'No need now.' })
  expect(ended.body).toMatchObject({ version: 3, state: 'ended', endedBy: north.name })
  expect(await inForceOn('2026-12-02')).toEqual([])
  expect((await post(`/rules/${id}/end`, { reason: 'No need now.' })).code).toBe('rule.already_ended')
  const restored = await post(`/rules/${id}/restore`, { version: 1, reason: 'It was better before.' })
  expect(restored.body).toMatchObject({ version: 4, state: 'in_force', value, from: '2026-12-02', to: null })
  const { rules } = ruleList.parse((await house.ask(north, 'GET', `/rules/${id}/versions`)).body)
  expect(rules.map(({ version, state }) => [version, state])).toEqual([
    [4, 'in_force'],
    [3, 'ended'],
    [2, 'ended'],
    [1, 'ended'],
  ])
  expect(rules.at(-1)).toMatchObject({ reason: closing.reason, value })
  await expect(
    house.db.updateTable('rule_version').set({ version: 9 }).where('rule_id', '=', id).execute(),
  ).rejects.toThrow(/permission denied/)
})

test('a version whose last day has passed is not restored, and one whose days are left keeps its last day', async () => {
  const blackout = { ...closing, value: { kind: 'blackout' }, to: '2026-11-25' }
  const { id } = await write(blackout)
  await post(`/rules/${id}/versions`, { ...blackout, to: '2026-11-24', since: 1 })
  const restore = () => post(`/rules/${id}/restore`, { version: 1, reason: 'Once more.' })
  house.clock.at = new Date('2026-11-25T10:00:00Z')
  expect((await restore()).body).toMatchObject({ version: 3, from: '2026-11-25', to: '2026-11-25' })
  house.clock.at = new Date('2026-11-26T10:00:00Z')
  expect((await restore()).code).toBe('rule.days_are_over')
  const { rules } = ruleList.parse((await house.ask(north, 'GET', `/rules/${id}/versions`)).body)
  expect(rules.map(({ allows }) => allows)).toEqual([['change'], [], []])
  expect(
    (await post(`/rules/${id}/versions`, { ...blackout, from: '2026-11-26', to: '2026-11-27', since: 3 })).status,
  ).toBe(201)
})

test('dates are days in Helsinki: a rule from tomorrow holds from its midnight there', async () => {
  house.clock.at = new Date('2026-11-23T21:59:00Z')
  const { id } = await write({ ...closing, from: '2026-11-24', to: '2026-11-24' })
  const state = async () => {
    const { rules } = ruleList.parse((await house.ask(north, 'GET', '/rules')).body)
    return rules.find((rule) => rule.id === id)?.state
  }
  expect(await state()).toBe('coming')
  house.clock.at = new Date('2026-11-23T22:00:00Z')
  expect(await state()).toBe('in_force')
  house.clock.at = new Date('2026-11-24T22:00:00Z')
  expect(await state()).toBe('ended')
})
