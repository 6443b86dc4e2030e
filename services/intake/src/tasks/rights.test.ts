import { setTimeout as sleep } from 'node:timers/promises'
import { outgoingKinds, type RefusalBody, stored, type TaskEvent } from '@tasain/contracts'
import { createLog, getWorkHealth } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { drawJpeg, handler, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'
import { keepReading, madeUpReading } from '../test-reading.ts'
import { post } from '../test-stack.ts'
import { applyEvents, findStanding, getCursor } from './standing.store.ts'
import { createTasks } from './tasks.work.ts'

let intake: TestHouse
let id: string
let pageId: string
let scanId: string
let epoch = 0
beforeAll(async () => {
  intake = await startTestHouse((await ownDatabase()).urlsOf('intake').appUrl)
  const batchId = await openTestBatch(intake.ask)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, await drawJpeg('rights'))).json())
  scanId = scan.id
  pageId = scan.pages[0]?.id ?? ''
  id = scan.applicationId ?? ''
  await keepReading(intake.house, pageId, madeUpReading())
})
afterAll(async () => intake.stop())

const listPaths = () => [
  `/applications/${id}`,
  `/applications/${id}/pdf`,
  `/pages/${pageId}/image`,
  `/pages/${pageId}/text`,
  `/scans/${scanId}/original`,
]
const grantOf = (cleared = false) => ({ subject: handler.subject, application: id, epoch, cleared })

/** What a handler with a grant of the present epoch, or another, is answered at every route. */
async function look(grant = grantOf(), paths = listPaths()): Promise<number[]> {
  const answers = await Promise.all(paths.map((path) => intake.ask(path, { by: handler, grant })))
  await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  return answers.map(({ status }) => status)
}

const all = (status: number) => listPaths().map(() => status)

describe('Rights end at once', { timeout: 90_000 }, () => {
  beforeEach(() => {
    epoch += 1
    intake.events.claim(grantOf())
  })

  const ends = outgoingKinds.filter(
    (kind) => !['received', 'claimed', 'resumed', 'decided', 'withdrawn'].includes(kind),
  )
  test.each([...ends, 'decided', 'withdrawn'] as const)('%s ends every look within a second', async (kind) => {
    const paths = kind === 'decided' ? listPaths() : listPaths().filter((path) => !path.endsWith('/pdf'))
    expect(await look(grantOf(), paths)).toEqual(paths.map(() => 200))
    intake.events.add(id, kind, { epoch })
    await sleep(400)
    expect(await look(grantOf(), paths)).toEqual(paths.map(() => 404))
  })

  test('a handler who opens a page right after the claim sees it', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      intake.events.add(id, 'returned', { epoch })
      epoch += 1
      intake.events.claim(grantOf())
      expect(await look(grantOf(), [`/pages/${pageId}/text`])).toEqual([200])
    }
  })

  test('a grant of an earlier claim does not come back with a later one', async () => {
    const earlier = grantOf()
    epoch += 1
    intake.events.claim(grantOf())
    expect(await look(earlier)).toEqual(all(404))
    expect(await look()).toEqual(all(200))
  })

  test('without the balancer nothing is shown by grant, and clerks go on', async () => {
    expect(await look()).toEqual(all(200))
    intake.events.setDown(true)
    await sleep(400)
    expect(await look()).toEqual(all(503))
    const refused = await intake.ask(`/applications/${id}`, { by: handler, grant: grantOf() })
    const { error } = (await refused.json()) as RefusalBody
    expect(error).toMatchObject({ code: 'application.state_unknown' })
    expect(error.message.fi).toMatch(/Yritä hetken päästä uudelleen/)
    for (const path of listPaths()) expect((await intake.ask(path)).status).toBe(200)
    expect(await look({ ...grantOf(), subject: 'somebody-else' })).toEqual(all(404))
    intake.events.setDown(false)
    expect(await look()).toEqual(all(200))
  })

  test('non-disclosure shuts out a handler who is not cleared within a second', async () => {
    expect(await look()).toEqual(all(200))
    const { application } = (await (await intake.ask(`/applications/${id}`)).json()) as {
      application: { version: number }
    }
    const body = { version: application.version, fields: {}, restricted: true }
    expect((await post(intake, `/applications/${id}/corrections`, body)).status).toBe(200)
    expect(await look()).toEqual(all(404))
    expect(await look(grantOf(true))).toEqual(all(200))
    await intake.house.db.updateTable('application').set({ restricted: false }).where('id', '=', id).execute()
  })

  test('many who look at once ask the balancer a few times only', async () => {
    const paths = Array.from({ length: 80 }, () => `/pages/${pageId}/text`)
    const before = intake.events.asked()
    expect(await look(grantOf(), paths)).toEqual(paths.map(() => 200))
    expect(intake.events.asked() - before).toBeLessThan(40)
  })

  test('a pull that keeps failing stands among the work that fails, until it succeeds', async () => {
    const log = createLog('task-events-test')
    let isDown = true
    const listEvents = (cursor: number) =>
      isDown ? Promise.reject(new Error('the balancer is away')) : Promise.resolve({ cursor, events: [] })
    const pulling = createTasks({ db: intake.house.db, balancer: { listEvents }, log }).start()
    const listFailing = () =>
      getWorkHealth(log)
        .listFailing()
        .map(({ work }) => work)
    await expect.poll(listFailing, { timeout: 30_000 }).toEqual(['task_events'])
    isDown = false
    await expect.poll(listFailing, { timeout: 30_000 }).toEqual([])
    await pulling.stop()
  })

  test('of several intakes that pull at once each applies every event once, in order', async () => {
    const other = await startTestHouse((await ownDatabase()).urlsOf('intake').appUrl)
    const batchId = await openTestBatch(other.ask)
    const { scan } = stored.parse(await (await sendScan(other.ask, batchId, await drawJpeg('several'))).json())
    const applicationId = scan.applicationId ?? ''
    const log = Array.from({ length: 60 }, (_, index): TaskEvent => {
      const kind = index % 2 === 0 ? 'claimed' : 'returned'
      const holder = kind === 'claimed' ? 'handler-1' : null
      const rest = { applicationId, epoch: 1 + Math.floor(index / 2), holder, outcome: null, restricted: false }
      return { position: index + 1, kind, ...rest, happenedAt: new Date().toISOString() }
    })
    const { db } = other.house
    const pull = async (size: number) => {
      for (;;) {
        const after = await getCursor(db)
        const events = log.slice(after, after + size)
        if (events.length === 0) return
        await db.transaction().execute((tx) => applyEvents(tx, after, { cursor: after + events.length, events }))
        const cursor = await getCursor(db)
        expect(cursor).toBeGreaterThanOrEqual(after + events.length)
      }
    }
    await Promise.all([1, 2, 3, 5, 7].map(pull))
    expect(await getCursor(db)).toBe(60)
    expect(await findStanding(db, applicationId)).toMatchObject({ state: 'open', epoch: 30, holder: null })
    // Delivered again from the beginning nothing changes.
    await db.updateTable('task_event_cursor').set({ position: 0 }).execute()
    await db.transaction().execute((tx) => applyEvents(tx, 0, { cursor: 7, events: log.slice(0, 7) }))
    expect(await findStanding(db, applicationId)).toMatchObject({ state: 'open', epoch: 30 })
    await other.stop()
  })

  test('events of work that has no application here are passed over', async () => {
    intake.events.add(newId(), 'claimed', { holder: handler.subject })
    expect(await look()).toEqual(all(200))
  })
})
