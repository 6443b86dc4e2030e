import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CancelAnswer, type RefusalBody, stored } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { sweepHouse } from '../archive/sweep.work.ts'
import { clerk, drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'
import { settleLeftUploads } from './left-uploads.work.ts'
import { uploadQuota } from './resumable.api.ts'
import { insertUpload } from './upload.store.ts'
import { hideKey } from './upload-key.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())
afterEach(async () => {
  await intake.house.db.deleteFrom('upload').execute()
  await settleLeftUploads(intake.house)
  expect(await listUploads()).toEqual([])
})

const folder = () => join(intake.folder, 'temporary', 'uploads')
const listUploads = async () => await readdir(folder())
const settle = async () => await settleLeftUploads(intake.house)
const look = async (id: string) => await intake.ask(`/uploads/${id}`)

/** What a process that was killed leaves of an upload of which `received` bytes had come in. */
async function leaveUpload(batchId: string, bytes: Buffer, key: string, received = bytes.length): Promise<string> {
  const id = newId()
  const upload = { id, subject: clerk.subject, batch_id: batchId, file_name: 'sivu.jpg', idempotency_key: hideKey(key) }
  await intake.house.db.transaction().execute((tx) => insertUpload(tx, { ...upload, bytes: bytes.length }, uploadQuota))
  await writeFile(join(folder(), id), bytes.subarray(0, received))
  await writeFile(join(folder(), `${id}.json`), '{}')
  return id
}

test('a whole upload whose scan is stored goes at once, and its sender still hears that it is stored', async () => {
  const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('stored before the kill')]
  const answer = stored.parse(await (await sendScan(intake.ask, batchId, bytes, { key: 'stored-key' })).json())
  const id = await leaveUpload(batchId, bytes, 'stored-key')
  expect([await settle(), await listUploads()]).toEqual([1, []])
  const told = await look(id)
  expect([told.status, stored.parse(await told.json())]).toEqual([201, answer])
  expect(await settle()).toBe(0)
})

test('a whole upload that was never stored stays, and is stored when its sender asks', async () => {
  const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('killed before it was stored')]
  const id = await leaveUpload(batchId, bytes, 'never-stored-key')
  expect(await settle()).toBe(0)
  expect(await listUploads()).toContain(id)
  expect(stored.parse(await (await look(id)).json()).state).toBe('stored')
  expect(await listUploads()).toEqual([])
})

test('a whole upload that was never stored outlasts an outage of a day, and half an upload does not', async () => {
  const { db } = intake.house
  const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('the store was away')]
  const whole = await leaveUpload(batchId, bytes, 'whole-in-the-outage')
  const half = await leaveUpload(batchId, bytes, 'half-in-the-outage', 100)
  const longAgo = new Date(Date.now() - 26 * 3_600_000)
  await db.updateTable('upload').set({ opened_at: longAgo, progressed_at: longAgo }).execute()
  await sweepHouse(intake.house)
  expect(await settle()).toBe(1)
  expect((await listUploads()).sort()).toEqual([whole, `${whole}.json`])
  expect((await look(half)).status).toBe(404)
  expect(stored.parse(await (await look(whole)).json()).state).toBe('stored')
})

test('an upload that has only begun stays for its sender to go on', async () => {
  const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('half')]
  const id = await leaveUpload(batchId, bytes, 'half-an-upload', 100)
  expect(await settle()).toBe(0)
  expect(await (await look(id)).json()).toMatchObject({ state: 'receiving', received: 100 })
})

test('another file sent under the key of a stored one is not taken for stored', async () => {
  const batchId = await openTestBatch(intake.ask)
  await sendScan(intake.ask, batchId, await drawJpeg('the first'), { key: 'one-key-for-two' })
  const id = await leaveUpload(batchId, await drawJpeg('the second'), 'one-key-for-two')
  expect(await settle()).toBe(0)
  const told = await look(id)
  expect([told.status, ((await told.json()) as RefusalBody).error.code]).toEqual([422, 'request.key_reused'])
})

test('what nobody can go on with goes at once: refused, unknown, or for a batch that has been closed', async () => {
  const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('too late')]
  const late = await leaveUpload(batchId, bytes, 'too-late-key')
  const refused = await leaveUpload(batchId, bytes, 'refused-key')
  await intake.house.db.updateTable('upload').set({ status: 415, response: '{}' }).where('id', '=', refused).execute()
  await writeFile(join(folder(), newId()), 'of an upload that is forgotten')
  await intake.ask(`/batches/${batchId}/close`, { method: 'POST' })
  expect([await settle(), await listUploads()]).toEqual([3, []])
  const told = await look(late)
  expect([told.status, ((await told.json()) as RefusalBody).error.code]).toEqual([409, 'batch.closed'])
})

describe('Nothing unmeant is done', () => {
  const codeOf = async (response: Response) => ((await response.json()) as RefusalBody).error.code
  const cancel = async (key: string) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await intake.ask('/requests/cancel', { method: 'POST', headers, body: JSON.stringify({ key }) })
    return (await answer.json()) as CancelAnswer
  }

  test('a whole upload whose key was cancelled is not stored and goes at once', async () => {
    const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('cancelled and swept')]
    const id = await leaveUpload(batchId, bytes, 'cancelled-key')
    expect(await cancel('cancelled-key')).toEqual({ outcome: 'cancelled' })
    expect([await settle(), await listUploads()]).toEqual([1, []])
    const told = await look(id)
    expect([told.status, await codeOf(told)]).toEqual([409, 'request.cancelled'])
  })

  test('a resumed upload whose key was cancelled is refused, and one in a single piece too', async () => {
    const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('cancelled and resumed')]
    await cancel('cancelled-before-it-came')
    const id = await leaveUpload(batchId, bytes, 'cancelled-before-it-came')
    expect(await codeOf(await look(id))).toBe('request.cancelled')
    const whole = await sendScan(intake.ask, batchId, bytes, { key: 'cancelled-before-it-came' })
    expect([whole.status, await codeOf(whole)]).toEqual([409, 'request.cancelled'])
    const scans = intake.house.db.selectFrom('scan').select('id').where('batch_id', '=', batchId)
    expect(await scans.execute()).toEqual([])
  })

  test('cancelling an upload that is stored says what was stored', async () => {
    const [batchId, bytes] = [await openTestBatch(intake.ask), await drawJpeg('too late to cancel')]
    const answer: unknown = await (await sendScan(intake.ask, batchId, bytes, { key: 'stored-first' })).json()
    expect(await cancel('stored-first')).toEqual({ outcome: 'done', body: answer })
  })
})
