import { officeQueue } from '@tasain/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterAll(() => house.close())

test('a manager sees what waits in an office of their district, the most urgent first, and nobody under protection', async () => {
  await house.receive(
    makeSnapshot({ arrivedOn: '2026-11-20' }),
    makeSnapshot({ arrivedOn: '2026-11-02' }),
    makeSnapshot({ arrivedOn: '2026-11-01', restricted: true }),
    makeSnapshot({ arrivedOn: '2026-11-01', identified: false }),
    makeSnapshot({ homeOffice: 'south-1' }),
  )
  const { body } = await house.ask(managerCaller('north'), 'GET', '/queues/north-1')
  expect(officeQueue.parse(body).tasks.map(({ arrivedOn }) => arrivedOn)).toEqual(['2026-11-02', '2026-11-20'])
  expect((await house.ask(auditorCaller, 'GET', '/queues/south-1')).body).toMatchObject({
    tasks: [{ office: 'south-1' }],
  })
})

test('an office of another district is not there, and handlers have no right to see a queue', async () => {
  expect((await house.ask(managerCaller('south'), 'GET', '/queues/north-1')).code).toBe('request.not_found')
  expect((await house.ask(managerCaller('north'), 'GET', '/queues/nowhere')).code).toBe('request.not_found')
  expect((await house.ask(handlerCaller('north-1-handler-1'), 'GET', '/queues/north-1')).code).toBe('right.missing')
})
