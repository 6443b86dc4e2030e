import { nextTask } from '@tasain/contracts'
import { sealAccessLog, verifyAccessLog } from '@tasain/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'

let house: TestHouse
const nation = makeNation(1)
const anna = { ...handlerCaller(nation.handlers[0]?.subject ?? ''), name: 'Anna "Å" \\ Ä' }
const manager = managerCaller('north')

beforeAll(async () => {
  house = await openHouse({ urls: await testDatabase('balancer'), nation })
})
afterAll(() => house.close())

const listEntries = async () =>
  await house.db
    .selectFrom('access_entry')
    .select(['person', 'action', 'object_kind', 'object_id', 'application_id', 'reason'])
    .orderBy('id')
    .execute()

describe('The log', () => {
  test('a claim is in it by its own statement, and its entry holds', async () => {
    await house.receive(makeSnapshot())
    const ask = async () => nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body).task
    const task = await ask()
    expect((await ask())?.id).toBe(task?.id)
    const entry = {
      person: anna.name,
      action: 'task.claim',
      object_kind: 'task',
      object_id: task?.id,
      application_id: task?.applicationId,
    }
    expect(await listEntries()).toEqual([
      { ...entry, reason: null },
      { ...entry, reason: 'held' },
    ])
    const { accessLogHeadFile: headFile, accessLogKey: key } = house.config
    expect(await sealAccessLog({ ...house, headFile, key })).toBe(2)
    expect(await verifyAccessLog(house.db, headFile, key)).toEqual({ entries: 2, faults: [] })
  })

  test('a rule that is written, changed and withdrawn is in it each time', async () => {
    const before = (await listEntries()).length
    const rule = { scope: { office: 'north-1' }, value: { kind: 'blackout' }, from: '2026-12-01', reason: 'Rauhaa' }
    const { body } = await house.ask(manager, 'POST', '/rules', rule)
    const { id } = body as { id: string }
    await house.ask(manager, 'POST', `/rules/${id}/end`, { reason: 'Riittää jo' })
    const entries = (await listEntries()).slice(before)
    expect(entries.map(({ action, object_id, reason }) => [action, object_id, reason?.split(' ')[0]])).toEqual([
      ['rule.write', id, 'write'],
      ['rule.write', id, 'end'],
    ])
  })
})
