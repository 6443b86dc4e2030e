import { heldTask, nextTask } from '@tasain/contracts'
import { readViewGrant } from '@tasain/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'

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
