import { heldTask, nextTask } from '@tasain/contracts'
import { readViewGrant } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { saveOpenWork } from '../offices/nation.store.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterAll(() => house.close())

const anna = handlerCaller('north-1-handler-1')
const bertil = handlerCaller('north-1-handler-2')

test('a received application is claimed, shown with a grant for its pages, and decided once', async () => {
  const snapshot = makeSnapshot()
  await house.receive(snapshot)
  const { task, waiting } = nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body)
  expect(task).toMatchObject({ applicationId: snapshot.applicationId, state: 'claimed', epoch: 1, dueOn: '2026-12-11' })
  expect(waiting).toBe(0)
  expect(await readViewGrant(house.balancerPublicKey, task?.viewGrant ?? '')).toEqual({
    subject: anna.subject,
    application: snapshot.applicationId,
    epoch: 1,
    cleared: false,
  })
  const again = nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body)
  expect(again.task?.id).toBe(task?.id)
  expect((await house.ask(bertil, 'GET', `/tasks/${task?.id}`)).code).toBe('request.not_found')
  expect(heldTask.parse((await house.ask(anna, 'GET', `/tasks/${task?.id}`)).body).epoch).toBe(1)
  const decision = { epoch: 1, outcome: 'granted', grounds: 'All is in order.' }
  const decide = () => house.ask(anna, 'POST', `/tasks/${task?.id}/decision`, decision, 'decide-0001')
  expect(await decide()).toMatchObject({ status: 200, body: { state: 'decided' } })
  expect(await decide()).toMatchObject({ status: 200, body: { state: 'decided' } })
  expect((await house.ask(anna, 'POST', `/tasks/${task?.id}/decision`, decision)).code).toBe('task.not_held')
  const decisions = await house.db.selectFrom('decision').selectAll().execute()
  expect(decisions).toHaveLength(1)
})

test('a handler is told whether there are papers to open', async () => {
  const snapshot = makeSnapshot()
  await house.receive(snapshot)
  const claim = async () => nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body).task
  const handedOver = await claim()
  expect(handedOver).toMatchObject({ applicationId: snapshot.applicationId, hasApplication: true })
  const decision = { epoch: handedOver?.epoch, outcome: 'granted', grounds: 'All is in order.' }
  await house.ask(anna, 'POST', `/tasks/${handedOver?.id}/decision`, decision)
  const { benefit, language } = snapshot
  await saveOpenWork(house.db, [
    { benefit, language, officeId: 'north-1', arrivedOn: '2026-11-20', minutes: 20, restricted: false },
  ])
  const loaded = await claim()
  expect(loaded).toMatchObject({ hasApplication: false })
  await house.ask(anna, 'POST', `/tasks/${loaded?.id}/decision`, { ...decision, epoch: loaded?.epoch })
})

test('an identity code in what a handler writes is masked before it is kept', async () => {
  await house.receive(makeSnapshot())
  const { task } = nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body)
  const back = { epoch: task?.epoch, reason: 'other', note: 'The spouse is 010190-900P.' }
  expect((await house.ask(anna, 'POST', `/tasks/${task?.id}/return`, back)).status).toBe(200)
  const event = await house.db.selectFrom('task_event').select('note').where('kind', '=', 'returned').executeTakeFirst()
  expect(event?.note).toBe('other: The spouse is •••••••••••.')
})

describe('A return for missing skill does not pin an untouched task', () => {
  const claim = async () => nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body).task
  const find = async (id: string) =>
    await house.db.selectFrom('task').select(['pinned', 'movable']).where('id', '=', id).executeTakeFirstOrThrow()
  const claimAndReturn = async (reason: string) => {
    await house.receive(makeSnapshot({ arrivedOn: '2026-11-02' }))
    const task = await claim()
    const body = { epoch: task?.epoch, reason }
    expect((await house.ask(anna, 'POST', `/tasks/${task?.id}/return`, body)).status).toBe(200)
    return task?.id ?? ''
  }

  test('one for want of skill or language may be sent to another office', async () => {
    for (const reason of ['missing_skill', 'language'])
      expect(await find(await claimAndReturn(reason))).toEqual({ pinned: false, movable: true })
    for (const reason of ['unclear', 'out_of_time', 'other'])
      expect(await find(await claimAndReturn(reason))).toEqual({ pinned: true, movable: false })
  })

  test('one whose papers were asked for stays bound to its office', async () => {
    const snapshot = makeSnapshot({ arrivedOn: '2026-11-01' })
    await house.receive(snapshot)
    const task = await claim()
    const request = { epoch: task?.epoch, missing: ['A receipt'], deadlineOn: '2026-12-01' }
    const asked = await house.ask(anna, 'POST', `/tasks/${task?.id}/information-request`, request)
    expect(asked.status).toBe(200)
    await house.receive({ ...snapshot, version: 2, pageIds: [...snapshot.pageIds, newId()] })
    const again = await claim()
    expect(again?.id).toBe(task?.id)
    const back = { epoch: again?.epoch, reason: 'missing_skill' }
    expect((await house.ask(anna, 'POST', `/tasks/${task?.id}/return`, back)).status).toBe(200)
    expect(await find(task?.id ?? '')).toEqual({ pinned: true, movable: false })
  })
})
