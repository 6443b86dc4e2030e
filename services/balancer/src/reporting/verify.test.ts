import { gunzipSync, gzipSync } from 'node:zlib'
import { sealAccessLog } from '@tasain/kit'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { saveOpenWork } from '../offices/nation.store.ts'
import { planOnce } from '../routing/routing.work.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

const verify = async () => (await house.ask(auditorCaller, 'GET', '/verify')).body
const anna = handlerCaller('north-1-handler-1')

async function work(): Promise<void> {
  await house.receive(makeSnapshot(), makeSnapshot(), makeSnapshot({ withdrawn: true }))
  for (const outcome of ['granted', undefined]) {
    await house.ask(anna, 'POST', '/tasks/next')
    const held = await house.db.selectFrom('task').select('id').where('state', '=', 'claimed').executeTakeFirst()
    await house.ask(anna, 'GET', `/tasks/${held?.id}`)
    if (outcome) await house.ask(anna, 'POST', `/tasks/${held?.id}/decision`, { epoch: 1, outcome, grounds: 'Yes.' })
  }
  await sealAccessLog({ ...house, headFile: house.config.accessLogHeadFile, key: house.config.accessLogKey })
}

test('after ordinary work everything that must hold does', async () => {
  await work()
  expect(await verify()).toMatchObject({
    ok: true,
    checks: [
      // Two claims, two views and a decision.
      { name: 'access log', counted: 5, faults: [] },
      { name: 'conservation', counted: 3, faults: [] },
      { name: 'one task per application', counted: 3, faults: [] },
      { name: 'at most one automatic move', counted: 0, faults: [] },
      { name: 'one handler at a time', counted: 2, faults: [] },
      { name: 'sums of open work', counted: 1, faults: [] },
      { name: 'last plan made again', counted: 0, faults: [] },
      { name: 'hand-over from intake', counted: 3, faults: [] },
    ],
  })
})

test('a hold that outlives its task, and a task that lost its application, are found and named', async () => {
  await work()
  await sql`update task set state = 'open', claimed_by = null, lease_ends_at = null where state = 'claimed'`.execute(
    house.db,
  )
  expect(await verify()).toMatchObject({
    ok: false,
    checks: { 4: { faults: [/do not agree on whether it is taken/] } },
  })
  await sql`update task set application_id = gen_random_uuid() where state = 'open'`.execute(house.db)
  expect(await verify()).toMatchObject({ checks: { 2: { faults: [/has [01] tasks/, /has [01] tasks/] } } })
})

test('the last plan is made again from what is kept, and one that was tampered with is found', async () => {
  const work = {
    benefit: 'YA' as const,
    language: 'fi' as const,
    arrivedOn: '2026-10-20',
    minutes: 30,
    restricted: false,
  }
  for (let round = 0; round < 2; round += 1) {
    await saveOpenWork(
      house.db,
      Array.from({ length: 200 }, () => ({ ...work, officeId: 'north-1' })),
    )
    await planOnce(house.routing)
  }
  expect(await verify()).toMatchObject({ ok: true, checks: { 6: { name: 'last plan made again', counted: 1 } } })
  await sql`delete from plan_record where plan_id = (select id from plan order by planned_at desc limit 1)`.execute(
    house.db,
  )
  expect(await verify()).toMatchObject({ checks: { 6: { counted: 1, faults: [] } } })
  const { plan, snapshot } = await house.db.selectFrom('plan_record').selectAll().executeTakeFirstOrThrow()
  const other = JSON.parse(gunzipSync(snapshot).toString())
  other.work[0].minutes += 30
  await sql`delete from plan_record`.execute(house.db)
  const latest = sql`(select id from plan order by planned_at desc limit 1)`
  const forged = gzipSync(JSON.stringify(other))
  await sql`insert into plan_record values (${latest}, true, ${forged}, ${plan})`.execute(house.db)
  expect(await verify()).toMatchObject({ ok: false, checks: { 6: { faults: [/comes out otherwise/] } } })
})

test('only those who verify records may ask', async () => {
  expect((await house.ask(anna, 'GET', '/verify')).code).toBe('right.missing')
  expect((await house.ask(managerCaller('north'), 'GET', '/verify')).code).toBe('right.missing')
})
