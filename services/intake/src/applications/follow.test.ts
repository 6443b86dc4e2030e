import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { readOnePage } from '../recognition/recognition.work.ts'
import { writeCoverCode } from '../scanning/sheets/sheet-code.ts'
import { clerk, openTestBatch, startTestHouse, type TestHouse } from '../test-house.ts'
import { keepReading, madeUpReading } from '../test-reading.ts'
import {
  arrange,
  blank,
  describeDocuments,
  form,
  getDetail,
  helvi,
  letter,
  listSnapshots,
  maija,
  matti,
  scanAndRead,
  scanStack,
  separator,
  withCode,
} from '../test-stack.ts'
import { followPage } from './follow.work.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const findNumber = async (batchId: string) => (await getDetail(intake, batchId)).batch.number

test('a stack read by many at once in any order becomes the same documents, each handed over once', async () => {
  const stack = [form(maija), letter(), separator, letter(), form(matti), blank, form(helvi)]
  for (let round = 0; round < 6; round += 1) {
    const batchId = await openTestBatch(intake.ask)
    const pageIds = await scanAndRead(intake, batchId, stack)
    const detail = await getDetail(intake, batchId)
    expect(describeDocuments(detail, pageIds)).toEqual([
      ['handed_over', [1, 2]],
      ['incomplete', [4]],
      ['handed_over', [5, 6]],
      ['handed_over', [7]],
    ])
    for (const { applicationId, pageIds: own, state } of detail.documents)
      expect((await listSnapshots(intake, applicationId)).map((one) => one.pageIds)).toEqual(
        state === 'incomplete' ? [] : [own],
      )
    expect(detail.batch.tally).toMatchObject({ separators: 1, inApplications: 6 })
    expect(detail.batch.counts.asked).toBe(1)
  }
}, 60_000)

test('a stack waits as one until its last page has been seen, and a page that cannot be read is seen too', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanStack(intake, batchId, 3)
  const [first = '', second = '', third = ''] = pageIds
  await keepReading(intake.house, third, madeUpReading(form(matti)))
  await keepReading(intake.house, first, madeUpReading(form(maija)))
  const waiting = await getDetail(intake, batchId)
  expect(describeDocuments(waiting, pageIds)).toEqual([['reading', [1, 2, 3]]])
  expect(waiting.batch.tally).toMatchObject({ unread: 3, inApplications: 0 })
  const readFields = () => Promise.resolve({ ok: false as const, code: 'scan.took_too_long' as const })
  await readOnePage({ ...intake.house, readFields }, { pageId: second }, followPage)
  expect(describeDocuments(await getDetail(intake, batchId), pageIds)).toEqual([
    ['handed_over', [1, 2]],
    ['handed_over', [3]],
  ])
})

test('a worker that dies while it divides leaves nothing half done: the next one does it once', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanStack(intake, batchId, 3)
  const [first = '', second = '', third = ''] = pageIds
  await keepReading(intake.house, first, madeUpReading(form(maija)))
  await keepReading(intake.house, second, madeUpReading(form(matti)))
  const reading = madeUpReading(form(helvi))
  const { text, words, confidence, ...fields } = reading
  const readFields = () =>
    Promise.resolve({
      ok: true as const,
      reading: { ...fields, whole: { text, words, confidence } },
      engine: 'made up',
    })
  const dying: typeof followPage = async (tx, id) => {
    await followPage(tx, id)
    throw new Error('killed')
  }
  for (let kill = 0; kill < 3; kill += 1)
    await expect(readOnePage({ ...intake.house, readFields }, { pageId: third }, dying)).rejects.toThrow('killed')
  expect(describeDocuments(await getDetail(intake, batchId), pageIds)).toEqual([['reading', [1, 2, 3]]])
  for (let again = 0; again < 2; again += 1)
    await readOnePage({ ...intake.house, readFields }, { pageId: third }, followPage)
  const detail = await getDetail(intake, batchId)
  expect(describeDocuments(detail, pageIds)).toEqual([
    ['handed_over', [1]],
    ['handed_over', [2]],
    ['handed_over', [3]],
  ])
  for (const { applicationId } of detail.documents) expect(await listSnapshots(intake, applicationId)).toHaveLength(1)
})

test('a cover gives benefit and language to the papers behind it, also in files scanned after it or read before it', async () => {
  const batchId = await openTestBatch(intake.ask)
  const cover = { office: 'lahti', batchNumber: await findNumber(batchId), benefit: 'TO', language: 'sv' } as const
  const before = await scanAndRead(intake, batchId, [letter()])
  const [coverPage = ''] = await scanStack(intake, batchId, 1)
  const behind = await scanAndRead(intake, batchId, [letter(), separator, form(maija)])
  expect((await getDetail(intake, batchId)).documents.map(({ state }) => state)).toEqual([
    'incomplete',
    'reading',
    'incomplete',
    'handed_over',
  ])
  await keepReading(intake.house, coverPage, madeUpReading(withCode(writeCoverCode(cover))))
  const { documents, batch, scans } = await getDetail(intake, batchId)
  expect(documents.map(({ pageIds, state, benefit, language }) => [pageIds, state, benefit, language])).toEqual([
    [before, 'incomplete', null, null],
    [[behind[0]], 'unidentified', 'TO', 'sv'],
    [[behind[2]], 'handed_over', 'YA', 'fi'],
  ])
  expect(batch.tally).toMatchObject({ covers: 1, separators: 1, inApplications: 3 })
  expect(scans[1]?.pages).toMatchObject([{ role: 'cover', cover: { ...cover, holds: true }, question: null }])
  expect(scans[1]?.applicationId).toBeNull()
})

test('the cover of another office, or of another batch, moves nothing and is asked about', async () => {
  const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
  const number = await findNumber(batchId)
  const foreign = { benefit: 'TO', language: 'sv' } as const
  for (const cover of [
    { ...foreign, office: 'kuopio', batchNumber: number },
    { ...foreign, office: clerk.office ?? '', batchNumber: number + 1 },
  ]) {
    const pageIds = await scanAndRead(intake, batchId, [withCode(writeCoverCode(cover)), letter()])
    const { documents, scans } = await getDetail(intake, batchId)
    expect(scans.at(-1)?.pages[0]).toMatchObject({ role: 'cover', question: 'other_cover', cover: { holds: false } })
    // What the batch says of its papers may be as wrong for these as the cover: they wait.
    expect(documents.at(-1)).toMatchObject({ state: 'incomplete', benefit: null, pageIds: [pageIds[1]] })
  }
})

test('a stack of nothing but cover and separators is no application', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [separator, withCode('PATCHT')])
  const { documents, batch } = await getDetail(intake, batchId)
  expect(documents).toEqual([])
  expect(batch.tally).toMatchObject({ separators: pageIds.length })
  const list = await (await intake.ask(`/applications?state=all&batch=${batchId}`)).json()
  expect(list).toEqual({ applications: [], total: 0 })
})

describe('Wrong but sure', () => {
  test('a filled page with a separator’s code is kept, asked about and can be taken back', async () => {
    const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
    const stuck = { ...letter('Selvitys tilanteestani'), ...withCode('PATCHT'), sheet: false }
    const [first = '', second = ''] = await scanAndRead(intake, batchId, [form(maija), stuck])
    const kept = await getDetail(intake, batchId)
    expect(kept.documents.map(({ pageIds }) => pageIds)).toEqual([[first], [second]])
    expect(kept.scans[0]?.pages[1]).toMatchObject({ role: 'page', question: 'separator', answer: null })
    expect(kept.batch.counts).toMatchObject({ asked: 1 })
    await arrange(intake, batchId, { do: 'accept', pageId: second })
    expect((await getDetail(intake, batchId)).scans[0]?.pages[1]).toMatchObject({ leftOut: 'set_aside' })
    await arrange(intake, batchId, { do: 'take_back', pageId: second })
    expect((await getDetail(intake, batchId)).scans[0]?.pages[1]).toMatchObject({ leftOut: null, answer: 'kept' })
  })
})

test('a form scanned twice waits for the clerk the second time; another form of the same person does not', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [form(maija), form(matti), form(maija), form(maija, '1.3.2026')])
  const again = await scanAndRead(intake, batchId, [form(matti)])
  const detail = await getDetail(intake, batchId)
  expect(detail.documents.map(({ state }) => state)).toEqual([
    'handed_over',
    'handed_over',
    'incomplete',
    'handed_over',
    'incomplete',
  ])
  expect(detail.scans.flatMap(({ pages }) => pages.map(({ question, twinId }) => [question, twinId]))).toEqual([
    [null, null],
    [null, null],
    ['same_page', pageIds[0]],
    [null, null],
    ['same_page', pageIds[1]],
  ])
  expect(again).toHaveLength(1)
  const list = (await (await intake.ask(`/applications?batch=${batchId}`)).json()) as { applications: object[] }
  expect(list.applications).toMatchObject([{ reason: 'application.same_pages' }, { reason: 'application.same_pages' }])
})

test('a letter scanned twice is asked about, another letter is not', async () => {
  const batchId = await openTestBatch(intake.ask)
  const words =
    'Selvitys tilanteestani. Vuokrasopimus on voimassa toistaiseksi ja vuokra maksetaan kuukauden ensimmäisenä päivänä.'
  const other =
    'Kuitit ja tiliotteet toimitan, jos niitä tarvitaan. Minut tavoittaa puhelimitse arkisin kello kahdeksan jälkeen.'
  await scanAndRead(intake, batchId, [
    letter(words),
    separator,
    letter(other),
    separator,
    letter(words.replace('vuokra', 'vuokia')),
  ])
  const { scans } = await getDetail(intake, batchId)
  expect(scans[0]?.pages.map(({ question }) => question)).toEqual([null, null, null, null, 'same_page'])
})

test('a form scanned twice waits although the empty back of one came along', async () => {
  const batchId = await openTestBatch(intake.ask)
  await scanAndRead(intake, batchId, [form(maija), form(maija), blank])
  const { documents, batch } = await getDetail(intake, batchId)
  expect(documents.map(({ state }) => state)).toEqual(['handed_over', 'incomplete'])
  expect(batch.counts).toMatchObject({ asked: 2, toCheck: 1 })
})

test('blank pages alone wait in the office, unclaimable, and the list to check says that they look blank', async () => {
  const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
  await scanAndRead(intake, batchId, [blank, blank])
  expect((await getDetail(intake, batchId)).documents).toMatchObject([{ state: 'unidentified' }])
  const list = await (await intake.ask(`/applications?batch=${batchId}`)).json()
  expect(list).toMatchObject({ applications: [{ reason: 'application.blank_pages' }] })
})
