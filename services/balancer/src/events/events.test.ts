import { nextTask, type TaskEventPage, taskEventPage } from '@tasain/contracts'
import { connect, signCaller } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { up } from '../../migrations/0012-task-events.ts'
import { handlerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { freeExpired } from '../handling/claim.store.ts'
import { tidyOnce } from '../handling/handling.work.ts'
import { listEvents, placeEvents } from './event.store.ts'

const rounds = process.env['TASAIN_LONG'] === '1' ? 10_000 : 300
const anna = handlerCaller('north-1-handler-1')
const bertil = handlerCaller('north-1-handler-2')
const intakeCaller = { subject: 'intake', name: 'intake', roles: ['service' as const], office: null, district: null }

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterAll(() => house.close())

async function readLog(after = 0, { address, intakePrivateKey } = house): Promise<TaskEventPage> {
  const headers = { authorization: `Bearer ${await signCaller('intake', intakePrivateKey, intakeCaller)}` }
  return taskEventPage.parse(await (await fetch(`${address}/events?after=${after}`, { headers })).json())
}

/** What the log says of one application, in its order. */
async function listKinds(applicationId: string): Promise<string[]> {
  const { events } = await readLog()
  return events.filter((event) => event.applicationId === applicationId).map(({ kind, epoch }) => `${kind} ${epoch}`)
}

async function claim(who = anna) {
  const { task } = nextTask.parse((await house.ask(who, 'POST', '/tasks/next')).body)
  if (!task) throw new Error('nothing was given')
  return task
}

const act = (taskId: string, path: string, body: object, who = anna) =>
  house.ask(who, 'POST', `/tasks/${taskId}/${path}`, body)

async function receive(change = {}): Promise<string> {
  const snapshot = makeSnapshot({ applicationId: newId(), ...change })
  await house.receive(snapshot)
  return snapshot.applicationId
}

/** So that the next test is given its own task. */
const clear = () => house.db.updateTable('task').set({ identified: false }).where('state', '=', 'open').execute()

describe('Rights end at once', () => {
  test('every act on a task stands in the log, in its order', async () => {
    const applicationId = await receive()
    const first = await claim()
    await act(first.id, 'return', { epoch: 1, reason: 'unclear' })
    const second = await claim(bertil)
    await act(second.id, 'recusal', { epoch: 2, reason: 'A relative.' }, bertil)
    await house.db.deleteFrom('exclusion').execute()
    const third = await claim()
    await act(third.id, 'information-request', { epoch: 3, missing: ['Bank statement'], deadlineOn: '2026-12-04' })
    house.clock.at = new Date('2026-12-05T10:00:00Z')
    await tidyOnce(house)
    const fourth = await claim()
    expect(fourth.applicationId).toBe(applicationId)
    await sql`update task set lease_ends_at = now() - interval '1 second' where id = ${fourth.id}`.execute(house.db)
    await house.db.transaction().execute(freeExpired)
    const fifth = await claim()
    await act(fifth.id, 'decision', { epoch: 5, outcome: 'rejected', grounds: 'No right to it.' })
    house.clock.at = new Date('2026-11-23T10:00:00Z')
    expect(await listKinds(applicationId)).toEqual([
      'received 0',
      'claimed 1',
      'returned 1',
      'claimed 2',
      'recused 2',
      'claimed 3',
      'information_requested 3',
      'resumed 3',
      'claimed 4',
      'lease_lost 4',
      'claimed 5',
      'decided 5',
    ])
    const { events } = await readLog()
    expect(events.find(({ kind }) => kind === 'claimed')).toMatchObject({ holder: anna.subject, outcome: null })
    expect(events.at(-1)).toMatchObject({ kind: 'decided', holder: anna.subject, outcome: 'rejected' })
  })

  test('what a snapshot does to a task in hands stands in the log too', async () => {
    await clear()
    const snapshot = makeSnapshot()
    await house.receive(snapshot)
    await claim()
    await house.receive({ ...snapshot, version: 2, restricted: true })
    await house.receive({ ...snapshot, version: 3, restricted: true, withdrawn: true })
    expect(await listKinds(snapshot.applicationId)).toEqual(['received 0', 'claimed 1', 'lease_lost 1', 'withdrawn 1'])
    const { events } = await readLog()
    expect(events.filter(({ applicationId }) => applicationId === snapshot.applicationId).at(-1)?.restricted).toBe(true)
  })

  test('an act that does not end well leaves no event', async () => {
    await clear()
    const applicationId = await receive()
    const task = await claim()
    const stale = { epoch: task.epoch - 1, outcome: 'granted', grounds: 'Yes.' }
    expect((await act(task.id, 'decision', stale)).code).toBe('task.not_held')
    expect(await listKinds(applicationId)).toEqual(['received 0', 'claimed 1'])
    await act(task.id, 'decision', { ...stale, epoch: task.epoch })
  })

  test('only a service may read the log', async () => {
    for (const who of [anna, { ...anna, roles: ['admin' as const] }])
      expect((await house.ask(who, 'GET', '/events')).code).toBe('right.missing')
  })

  test('what was in hands or decided before the log began is in it', async () => {
    const { urlsOf } = await ownDatabase()
    const older = await openHouse({ urls: urlsOf('balancer'), nation: makeNation() })
    const [first, second] = [makeSnapshot({ arrivedOn: '2026-11-16' }), makeSnapshot()]
    await older.receive(first, second, makeSnapshot({ arrivedOn: '2026-11-21' }))
    const { task } = nextTask.parse((await older.ask(anna, 'POST', '/tasks/next')).body)
    await older.ask(anna, 'POST', `/tasks/${task?.id}/decision`, { epoch: 1, outcome: 'granted', grounds: 'Yes.' })
    await older.ask(bertil, 'POST', '/tasks/next')
    const owner = connect<unknown>({ url: urlsOf('balancer').ownerUrl, schema: 'balancer', log: older.log })
    await sql`drop table outgoing_event`.execute(owner.db)
    await up(owner.db)
    await owner.close()
    const { events } = await readLog(0, older)
    expect(events).toMatchObject([
      { position: 1, kind: 'decided', applicationId: first.applicationId, holder: anna.subject, outcome: 'granted' },
      { position: 2, kind: 'claimed', applicationId: second.applicationId, holder: bertil.subject, epoch: 1 },
    ])
    await older.close()
  })

  test(`a cursor never passes an open transaction though two end in reverse order, ${rounds} times`, async () => {
    const ids = (await house.db.selectFrom('task').select('id').limit(2).execute()).map(({ id }) => id)
    let cursor = (await readLog()).cursor
    const append = async (taskId: string) => {
      const tx = await house.db.startTransaction().execute()
      await sql`
        insert into outgoing_event (kind, application_id, epoch, restricted)
        select 'resumed', application_id, epoch, restricted from task where id = ${taskId}`.execute(tx)
      return tx
    }
    let seen = 0
    const read = async () => {
      await placeEvents(house.db)
      const page = await listEvents(house.db, cursor, 100)
      for (const { position } of page.events) {
        expect(position).toBe(cursor + 1)
        cursor = position
        seen += 1
      }
    }
    for (let round = 0; round < rounds; round += 1) {
      const one = await append(ids[0] ?? '')
      const other = await append(ids[1] ?? '')
      await other.commit().execute()
      await read()
      await one.commit().execute()
      await read()
    }
    expect(seen).toBe(2 * rounds)
  }, 600_000)
})
