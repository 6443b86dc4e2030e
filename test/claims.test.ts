import { createPrepareEntry } from '@tasain/kit'
import { addDays } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimNext, freeExpired } from '../services/balancer/src/handling/claim.store.ts'
import { saveOpenWork } from '../services/balancer/src/offices/nation.store.ts'
import { findHandler } from '../services/balancer/src/offices/offices.store.ts'
import { checkConservation, checkReservations } from '../services/balancer/src/reporting/verify.store.ts'
import { handlerCaller, openHouse, type TestHouse } from '../services/balancer/testing/house.ts'
import { makeNation } from '../services/balancer/testing/nation.ts'
import { sized } from './faults/size.ts'
import { ownDatabase } from './support/database.ts'

const handlersPerOffice = 16
const tasks = sized(1_500, 20_000)
const today = '2026-11-23'
const nation = makeNation(handlersPerOffice)
let house: TestHouse

beforeAll(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation, connections: 32 })
})
afterAll(() => house?.close())

test(`64 claimers take ${tasks} tasks, every twentieth lease lost on the way: no task twice, no late completion`, async () => {
  const waiting = Array.from({ length: tasks }, (_, index) => ({
    benefit: 'YA' as const,
    language: 'fi' as const,
    officeId: nation.offices[index % 4]?.id ?? '',
    arrivedOn: addDays('2026-11-20', -(index % 30)),
    minutes: 20,
    restricted: false,
  }))
  await saveOpenWork(house.db, waiting)
  const claims: string[] = []
  const decided: string[] = []
  let lost = 0
  const work = async (subject: string, number: number) => {
    const handler = await findHandler(house.db, subject, today)
    const prepareEntry = createPrepareEntry(house.config.accessLogKey)
    if (!handler) throw new Error(`${subject} is not a handler`)
    const claim = {
      handlerId: handler.id,
      today,
      requestKey: null,
      queueKeys: handler.queueKeys,
      prepareEntry: () => prepareEntry(handlerCaller(subject), 'task.claim', 'task'),
    }
    for (let round = number; decided.length < tasks; round += 1) {
      const task = await claimNext(house.database.pool, claim, 'queue')
      if (task === 'held') throw new Error(`${subject} holds two tasks`)
      if (!task) {
        // Whatever is left lies in other hands, or its lease has been lost and somebody must free it.
        await house.db.transaction().execute(freeExpired)
        await new Promise((resolve) => setTimeout(resolve, 20))
        continue
      }
      claims.push(`${task.id} ${task.epoch}`)
      const isLost = round % 20 === 0
      if (isLost) {
        lost += 1
        await sql`update task set lease_ends_at = clock_timestamp() where id = ${task.id}`.execute(house.db)
        // Nobody else may wait for it for ever, and its handler must be free to go on.
        while ((await house.db.transaction().execute(freeExpired)) > 0);
      }
      const decision = { epoch: task.epoch, outcome: 'granted', grounds: 'Ehdot täyttyvät.' }
      const reply = await house.ask(handlerCaller(subject), 'POST', `/tasks/${task.id}/decision`, decision)
      expect([reply.status, reply.code]).toEqual(isLost ? [409, 'task.not_held'] : [200, undefined])
      if (!isLost) decided.push(task.id)
    }
  }
  await Promise.all(nation.handlers.map(({ subject }, number) => work(subject, number)))
  expect(lost).toBeGreaterThan(tasks / 40)
  expect(new Set(claims).size).toBe(claims.length)
  expect(new Set(decided).size).toBe(tasks)
  expect(await house.db.selectFrom('decision').select('task_id').execute()).toHaveLength(tasks)
  expect((await checkReservations(house.db)).faults).toEqual([])
  expect((await checkConservation(house.db)).faults).toEqual([])
}, 900_000)
