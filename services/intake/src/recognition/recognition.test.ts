import { createHash } from 'node:crypto'
import { applicationDetail, batchDetail, stored } from '@tasain/contracts'
import { contentKey, hashFile } from '@tasain/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawForm } from '../../../../test/samples/form.ts'
import { ownDatabase } from '../../../../test/support/database.ts'
import { followPage } from '../applications/follow.work.ts'
import { drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'
import { keepReading, madeUpReading } from '../test-reading.ts'
import { startReading } from './recognition.work.ts'
import { startReadingTexts } from './text.work.ts'

let intake: TestHouse
// Objects that can be read back once, as they are stored, and then no more for a while.
const unreachable = new Map<string, number>()
const deadly = new Set<string>()
const tries: string[] = []

beforeAll(async () => {
  const url = (await ownDatabase()).urlsOf('intake').appUrl
  intake = await startTestHouse(url, (house) => ({
    objects: {
      ...house.objects,
      async get(key) {
        const asked = unreachable.get(key)
        if (asked === undefined) return await house.objects.get(key)
        unreachable.set(key, asked + 1)
        if (asked > 0) throw new Error('the store is down')
        return await house.objects.get(key)
      },
    },
    // Real reading in a real child, but for the pages that end it.
    async readFields(path, mediaType, page) {
      const sha256 = await hashFile(path)
      tries.push(sha256)
      if (deadly.has(sha256)) throw new Error('the child ended')
      return await house.readFields(path, mediaType, page)
    },
  }))
  await startReading(intake.house, 2, followPage)
})
afterAll(async () => intake.stop())

const getCounts = async (batchId: string) =>
  batchDetail.parse(await (await intake.ask(`/batches/${batchId}`)).json()).batch.counts

test('a page that takes its reader down is set aside after three tries and holds up no other', async () => {
  const batchId = await openTestBatch(intake.ask)
  const poison = await drawJpeg('poison')
  const hash = createHash('sha256').update(poison).digest('hex')
  deadly.add(hash)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, poison)).json())
  for (let page = 0; page < 5; page += 1) await sendScan(intake.ask, batchId, await drawJpeg(`innocent ${page}`))
  await expect.poll(() => getCounts(batchId), { timeout: 40_000 }).toMatchObject({ read: 5, setAside: 1 })
  expect(tries.filter((one) => one === hash)).toHaveLength(3)
  const detail = applicationDetail.parse(await (await intake.ask(`/applications/${scan.applicationId}`)).json())
  expect(detail).toMatchObject({
    application: { state: 'incomplete', reason: 'scan.not_readable' },
    pages: [{ state: 'set_aside', reason: 'scan.not_readable' }],
  })

  deadly.clear()
  const body = JSON.stringify({ as: 'read_again' })
  expect((await intake.ask(`/scans/${scan.id}/settle`, { method: 'POST', body })).status).toBe(200)
  await expect.poll(() => getCounts(batchId), { timeout: 40_000 }).toMatchObject({ read: 6, setAside: 0 })
}, 100_000)

test('an outage of the object store costs no page its tries: reading goes on when it is back', async () => {
  const batchId = await openTestBatch(intake.ask)
  const bytes = await drawJpeg('outage')
  const key = contentKey(createHash('sha256').update(bytes).digest('hex'))
  unreachable.set(key, 0)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, bytes)).json())
  const { db, jobs } = intake.house
  const plan = async () =>
    await db.transaction().execute((tx) => jobs.plan(tx, 'read-page', { pageId: scan.pages[0]?.id }))
  for (let delivery = 0; delivery < 4; delivery += 1) await plan()
  await expect.poll(() => unreachable.get(key), { timeout: 20_000 }).toBeGreaterThanOrEqual(5)
  expect(await getCounts(batchId)).toMatchObject({ read: 0, setAside: 0 })
  unreachable.clear()
  await expect.poll(() => getCounts(batchId), { timeout: 40_000 }).toMatchObject({ read: 1, setAside: 0 })
}, 80_000)

test('a job delivered twice changes nothing the second time', async () => {
  const batchId = await openTestBatch(intake.ask)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, await drawJpeg('twice'))).json())
  await expect.poll(() => getCounts(batchId), { timeout: 40_000 }).toMatchObject({ read: 1 })
  const pageId = scan.pages[0]?.id ?? ''
  const readings = async () =>
    await intake.house.db.selectFrom('reading').selectAll().where('page_id', '=', pageId).execute()
  const before = await readings()
  expect(before).toHaveLength(1)
  await keepReading(intake.house, pageId, madeUpReading())
  await intake.house.db.transaction().execute((tx) => intake.house.jobs.plan(tx, 'read-page', { pageId }))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect(await readings()).toEqual(before)
}, 60_000)

test('a page is read before its text is, which waits for the object store and is read once though asked for twice', async () => {
  const batchId = await openTestBatch(intake.ask)
  const { bytes } = await drawForm({ layout: 'housing-fi', seed: 4 })
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, bytes)).json())
  await expect.poll(() => getCounts(batchId), { timeout: 40_000 }).toMatchObject({ read: 1 })
  const pageId = scan.pages[0]?.id ?? ''
  const findReading = async () =>
    await intake.house.db
      .selectFrom('reading')
      .select(['text', 'text_read_at'])
      .where('page_id', '=', pageId)
      .executeTakeFirstOrThrow()
  expect(await findReading()).toEqual({ text: '', text_read_at: null })
  const key = contentKey(createHash('sha256').update(bytes).digest('hex'))
  unreachable.set(key, 1)
  await startReadingTexts(intake.house, 1)
  await expect.poll(() => unreachable.get(key), { timeout: 20_000 }).toBe(2)
  expect((await findReading()).text_read_at).toBeNull()
  unreachable.clear()
  await expect
    .poll(findReading, { timeout: 40_000 })
    .toMatchObject({ text: expect.stringContaining('Vuokrasopimuksesta') })
  const before = await findReading()
  await intake.house.db.transaction().execute((tx) => intake.house.jobs.plan(tx, 'read-text', { pageId }))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect(await findReading()).toEqual(before)
}, 100_000)
