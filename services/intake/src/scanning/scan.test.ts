import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type RefusalBody, stored } from '@tasain/contracts'
import { connect, createLog } from '@tasain/kit'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import type { Schema } from '../schema.ts'
import { clerkElsewhere, drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const listTemporary = async () => await readdir(join(intake.folder, 'temporary', 'received'))

test('a JPEG that is uploaded is stored: its object, its rows and one job for its page', async () => {
  const batchId = await openTestBatch(intake.ask)
  const response = await sendScan(intake.ask, batchId, await drawJpeg(1), { name: 'sivu 1.jpg' })
  expect(response.status).toBe(201)
  const { state, scan } = stored.parse(await response.json())
  expect(state).toBe('stored')
  expect(scan).toMatchObject({ fileName: 'sivu 1.jpg', mediaType: 'image/jpeg', duplicateOf: null })
  expect(scan.pages).toMatchObject([{ number: 1, state: 'stored', reason: null }])
  expect(scan.applicationId).not.toBeNull()
  expect(await listTemporary()).toEqual([])
})

test('the same bytes again in the same office are a duplicate that points to the first, without an application', async () => {
  const bytes = await drawJpeg(2)
  const batchId = await openTestBatch(intake.ask)
  const first = stored.parse(await (await sendScan(intake.ask, batchId, bytes)).json())
  const response = await sendScan(intake.ask, batchId, bytes)
  expect(response.status).toBe(200)
  const second = stored.parse(await response.json())
  expect(second.state).toBe('duplicate')
  expect(second.scan).toMatchObject({ applicationId: null, duplicateOf: { scanId: first.scan.id, batchId } })
  expect(second.scan.pages).toMatchObject([{ state: 'duplicate' }])
})

test('another office does not learn that the same bytes were stored elsewhere', async () => {
  const bytes = await drawJpeg(3)
  await sendScan(intake.ask, await openTestBatch(intake.ask), bytes)
  const theirs = await openTestBatch(intake.ask, {}, clerkElsewhere)
  const response = await sendScan(intake.ask, theirs, bytes, { by: clerkElsewhere })
  expect(response.status).toBe(201)
})

test('a repeated upload under the same key is given the first answer and changes nothing', async () => {
  const bytes = await drawJpeg(4)
  const batchId = await openTestBatch(intake.ask)
  const key = 'upload-of-page-four'
  const answers = await Promise.all([0, 1, 2].map(() => sendScan(intake.ask, batchId, bytes, { key })))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  const [one, ...others] = await Promise.all(answers.map((answer) => answer.json()))
  for (const other of others) expect(other).toEqual(one)
  const detail = await (await intake.ask(`/batches/${batchId}`)).json()
  expect(detail).toMatchObject({ batch: { counts: { scans: 1, pages: 1 } } })
})

async function drawPdf(pages: number, title: string): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(title)
  for (let page = 0; page < pages; page += 1) pdf.addPage([595, 842])
  return Buffer.from(await pdf.save())
}

test('a PDF of many pages is one scan and one application; a batch takes no more than 300 pages', async () => {
  const batchId = await openTestBatch(intake.ask)
  const first = await sendScan(intake.ask, batchId, await drawPdf(299, 'first'), { name: 'liitteet.pdf' })
  const { scan } = stored.parse(await first.json())
  expect([scan.mediaType, scan.pages.length]).toEqual(['application/pdf', 299])
  expect(new Set(scan.pages.map(({ id }) => id)).size).toBe(299)
  const tooMuch = await sendScan(intake.ask, batchId, await drawPdf(2, 'second'))
  expect([tooMuch.status, ((await tooMuch.json()) as RefusalBody).error.code]).toEqual([409, 'batch.full'])
  expect((await sendScan(intake.ask, batchId, await drawPdf(1, 'third'))).status).toBe(201)
  const tooLong = await sendScan(intake.ask, await openTestBatch(intake.ask), await drawPdf(301, 'fourth'))
  expect(((await tooLong.json()) as RefusalBody).error.code).toBe('scan.too_many_pages')
}, 60_000)

test('while the database is out of reach every write is refused for now, never accepted', async () => {
  const nowhere = connect<Schema>({
    url: 'postgres://intake_app@127.0.0.1:1/none',
    schema: 'intake',
    log: createLog('test'),
  })
  const cut = await startTestHouse((await testDatabase('intake')).appUrl, () => ({ db: nowhere.db }))
  try {
    const opened = await cut.ask('/batches', { method: 'POST', body: '{}' })
    expect([opened.status, ((await opened.json()) as RefusalBody).error.code]).toEqual([503, 'service.unavailable'])
    const batchId = await openTestBatch(intake.ask)
    expect((await sendScan(cut.ask, batchId, await drawJpeg('cut'))).status).toBe(503)
  } finally {
    await cut.stop()
    await nowhere.close()
  }
})
