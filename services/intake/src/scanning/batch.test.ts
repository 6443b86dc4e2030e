import { batch, batchList, type RefusalBody } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  clerkElsewhere,
  drawJpeg,
  expectWaiting,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../test-house.ts'
import { uploadQuota } from './resumable.api.ts'
import { insertUpload } from './upload.store.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const post = async (path: string, options: { key?: string; by?: typeof clerkElsewhere } = {}) => {
  const { key, ...rest } = options
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  return await intake.ask(path, { method: 'POST', body: '{}', headers, ...rest })
}
const listIds = async () => batchList.parse(await (await intake.ask('/batches')).json()).batches.map(({ id }) => id)
const codeOf = async (response: Response) => ((await response.json()) as RefusalBody).error.code

test('a form sent twice under one key opens one batch', async () => {
  const before = await listIds()
  const answers = await Promise.all([0, 1, 2].map(() => post('/batches', { key: 'form-clicked-twice' })))
  const opened = await Promise.all(answers.map(async (answer) => batch.parse(await answer.json()).id))
  expect([new Set(opened).size, (await listIds()).length]).toEqual([1, before.length + 1])
})

test('a batch that holds nothing can be discarded, once however often it is asked for', async () => {
  const id = await openTestBatch(intake.ask)
  await sendScan(intake.ask, id, Buffer.from('no scan at all'))
  expect((await post(`/batches/${id}/discard`, { by: clerkElsewhere })).status).toBe(404)
  for (let time = 0; time < 2; time += 1)
    expect((await post(`/batches/${id}/discard`, { key: 'discard-it-once' })).status).toBe(200)
  expect(await listIds()).not.toContain(id)
  expect((await sendScan(intake.ask, id, await drawJpeg('too late'))).status).toBe(404)
})

test('a batch with a page in it, or one on its way, is not discarded', async () => {
  const [stored, sending] = [await openTestBatch(intake.ask), await openTestBatch(intake.ask)]
  await sendScan(intake.ask, stored, await drawJpeg('kept'))
  const metadata = `batchId ${Buffer.from(sending).toString('base64')}`
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '100', 'upload-metadata': metadata }
  expect((await intake.ask('/uploads', { method: 'POST', headers })).status).toBe(201)
  for (const id of [stored, sending]) {
    const answer = await post(`/batches/${id}/discard`)
    expect([answer.status, await codeOf(answer)]).toEqual([409, 'batch.not_empty'])
  }
  expect(await listIds()).toEqual(expect.arrayContaining([stored, sending]))
})

test('a batch into which an upload is just beginning is not discarded', async () => {
  const batchId = await openTestBatch(intake.ask)
  const upload = { id: newId(), subject: 'clerk-1', batch_id: batchId, file_name: 'sivu.jpg', bytes: 100 }
  const discarding = await intake.house.db.transaction().execute(async (tx) => {
    await insertUpload(tx, { ...upload, idempotency_key: 'just-beginning' }, uploadQuota)
    const answer = post(`/batches/${batchId}/discard`)
    await expectWaiting(intake.house)
    return { answer }
  })
  const answer = await discarding.answer
  expect([answer.status, await codeOf(answer)]).toEqual([409, 'batch.not_empty'])
})
