import type { Caller } from '@tasain/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeDensePdf } from '../../../../test/faults/heavy-files.ts'
import { ownDatabase } from '../../../../test/support/database.ts'
import { followPage } from '../applications/follow.work.ts'
import { readPage, readText } from '../queues.ts'
import {
  clerk,
  clerkElsewhere,
  drawJpeg,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../test-house.ts'
import { madeUpReading } from '../test-reading.ts'
import { ChildStalled } from './child.work.ts'
import { readOnePage, startReading } from './recognition.work.ts'
import type { TurnQueue } from './turns.store.ts'
import { giveNextTurn } from './turns.work.ts'

let intake: TestHouse
let mark = 0
const colleague: Caller = { ...clerk, subject: 'clerk-3' }

beforeAll(async () => {
  intake = await startTestHouse((await ownDatabase()).urlsOf('intake').appUrl)
})
afterAll(async () => intake.stop())
beforeEach(async () => {
  await sql`delete from reading_turn`.execute(intake.house.db)
  await sql`delete from intake_jobs.job`.execute(intake.house.db)
  await sql`update page set turn_at = now()`.execute(intake.house.db)
})

/** A file of so many pages by this person. */
async function send(pages: number, by: Caller): Promise<void> {
  mark += 1
  const bytes = pages === 1 ? await drawJpeg(`turn ${mark}`) : makeDensePdf(pages, `turn ${mark}`)
  expect((await sendScan(intake.ask, await openTestBatch(intake.ask, {}, by), bytes, { by })).status).toBe(201)
}

const listWaiting = async (queue: TurnQueue) => {
  const { rows } = await sql<{ id: string; subject: string; data: object }>`
    select job.id, scan.stored_by as subject, job.data from intake_jobs.job
      join page on page.id::text = job.data->>'pageId' join scan on scan.id = page.scan_id
    where job.name = ${queue} and job.state = 'created'`.execute(intake.house.db)
  return rows
}

/** Whose pages are given turns, one after another, as workers take them. */
async function listTurns(queue: TurnQueue, turns: number): Promise<string[]> {
  const order: string[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    await giveNextTurn(intake.house, queue)
    const [job, ...others] = await listWaiting(queue)
    expect(others).toEqual([])
    if (!job) break
    order.push(job.subject)
    await sql`delete from intake_jobs.job where id = ${job.id}`.execute(intake.house.db)
  }
  return order
}

describe('One person cannot stop the others', () => {
  test('reading takes turns between offices, then between people of an office', async () => {
    await send(5, clerk)
    for (let page = 0; page < 2; page += 1) await send(1, colleague)
    for (let page = 0; page < 3; page += 1) await send(1, clerkElsewhere)
    const [one, two, other] = [clerk.subject, colleague.subject, clerkElsewhere.subject]
    expect(await listTurns(readPage, 20)).toEqual([one, other, two, other, one, other, two, one, one, one])
  })

  test('texts take turns as fields do', async () => {
    await send(3, clerk)
    await send(1, clerkElsewhere)
    const { db } = intake.house
    const pages = await db.selectFrom('page').select('id').where('turn_at', 'is', null).execute()
    const readFields = () => Promise.resolve({ ok: true as const, engine: 'made up', reading: { ...madeUpReading() } })
    for (const { id } of pages) await readOnePage({ ...intake.house, readFields }, { pageId: id }, followPage)
    const [one, other] = [clerk.subject, clerkElsewhere.subject]
    expect(await listTurns(readText, 9)).toEqual([one, other, one, one])
  })

  test('one turn is given at a time, however many ask for it', async () => {
    await send(4, clerk)
    await Promise.all(Array.from({ length: 8 }, () => giveNextTurn(intake.house, readPage)))
    expect(await listWaiting(readPage)).toHaveLength(1)
  })

  test('a page for which the machine had no time waits, and is no work for a clerk', async () => {
    await send(1, clerk)
    const { db } = intake.house
    const page = await db.selectFrom('page').select('id').where('turn_at', 'is', null).executeTakeFirstOrThrow()
    const job = { pageId: page.id }
    const readFields = () => Promise.reject(new ChildStalled(100_000))
    await readOnePage({ ...intake.house, readFields }, job, followPage)
    expect((await listWaiting(readPage)).map(({ data }) => data)).toEqual([{ ...job, missed: 0, stalled: 1 }])
    const state = async () =>
      (await db.selectFrom('page').select('state').where('id', '=', page.id).executeTakeFirst())?.state
    expect(await state()).toBe('stored')
    await readOnePage({ ...intake.house, readFields }, { ...job, stalled: 29 }, followPage)
    expect(await state()).toBe('set_aside')
  })

  test('a page waits for those in progress and one more, though another sent fifty', async () => {
    const read: string[] = []
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const readFields: TestHouse['house']['readFields'] = async (_path, mediaType, page) => {
      read.push(`${mediaType} ${page}`)
      await held
      return { ok: false, code: 'scan.not_readable' }
    }
    await startReading({ ...intake.house, readFields }, 2, followPage)
    await send(50, clerk)
    await expect.poll(() => read.length, { timeout: 20_000 }).toBe(2)
    await send(1, clerkElsewhere)
    release()
    await expect.poll(() => read, { timeout: 20_000 }).toContain('image/jpeg 1')
    expect(read.indexOf('image/jpeg 1')).toBeLessThanOrEqual(3)
  })
})
