import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Caller, type RefusalBody, stored } from '@tasain/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { clerk, drawJpeg, openTestBatch, startTestHouse, type TestHouse } from '../test-house.ts'

let intake: TestHouse
let storeIsDown = false
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl, ({ objects }) => ({
    objects: {
      ...objects,
      put: (key, file) => (storeIsDown ? Promise.reject(new Error('the store is down')) : objects.put(key, file)),
    },
  }))
})
afterAll(async () => intake.stop())

const listUploads = async () => await readdir(join(intake.folder, 'temporary', 'uploads'))
const encode = (text: string) => Buffer.from(text).toString('base64')

async function create(batchId: string, bytes: Buffer, key?: string): Promise<Response> {
  const metadata = [`batchId ${encode(batchId)}`, `fileName ${encode('sivu.jpg')}`]
  if (key) metadata.push(`idempotencyKey ${encode(key)}`)
  return await intake.ask('/uploads', {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'upload-metadata': metadata.join(','),
    },
  })
}

async function send(path: string, bytes: Buffer, from: number, to: number, by: Caller = clerk): Promise<Response> {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': String(from),
    'content-type': 'application/offset+octet-stream',
  }
  return await intake.ask(path, { method: 'PATCH', headers, body: new Uint8Array(bytes.subarray(from, to)), by })
}

async function look(path: string, by: Caller = clerk): Promise<Response> {
  return await intake.ask(path, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' }, by })
}

test('an upload in two parts goes on where it stopped and ends as stored, with a relative address', async () => {
  const bytes = await drawJpeg('two parts')
  const batchId = await openTestBatch(intake.ask)
  const created = await create(batchId, bytes)
  const path = created.headers.get('location') ?? ''
  expect([created.status, path]).toEqual([201, expect.stringMatching(/^\/uploads\/[0-9a-f-]{36}$/)])
  expect((await send(path, bytes, 0, 700)).status).toBe(204)
  expect((await look(path)).headers.get('upload-offset')).toBe('700')
  const last = await send(path, bytes, 700, bytes.length)
  expect(last.status).toBe(201)
  const answer = stored.parse(await last.json())
  expect(answer).toMatchObject({ state: 'stored', scan: { fileName: 'sivu.jpg', bytes: bytes.length } })
  expect(await listUploads()).toEqual([])

  const again = await look(path)
  expect([again.status, again.headers.get('upload-offset')]).toEqual([200, String(bytes.length)])
  expect(stored.parse(await (await intake.ask(path)).json())).toEqual(answer)
})

test('an upload belongs to its person: for anybody else it does not exist', async () => {
  const bytes = await drawJpeg('mine')
  const created = await create(await openTestBatch(intake.ask), bytes)
  const path = created.headers.get('location') ?? ''
  const colleague = { ...clerk, subject: 'clerk-9' }
  expect((await look(path, colleague)).status).toBe(404)
  expect((await send(path, bytes, 0, bytes.length, colleague)).status).toBe(404)
  expect((await intake.ask(path, { by: colleague })).status).toBe(404)
  expect((await intake.ask(path, { method: 'DELETE', by: colleague })).status).toBe(404)
  expect((await intake.ask(path, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } })).status).toBe(204)
  expect(await listUploads()).toEqual([])
})

test('a whole upload that cannot be stored does not look whole, and is stored when it is asked for again', async () => {
  const bytes = await drawJpeg('outage')
  const batchId = await openTestBatch(intake.ask)
  const path = (await create(batchId, bytes, 'one-and-the-same')).headers.get('location') ?? ''
  storeIsDown = true
  expect((await send(path, bytes, 0, bytes.length)).status).toBe(503)
  expect((await look(path)).status).toBe(503)
  storeIsDown = false
  expect((await look(path)).status).toBe(200)
  const other = (await create(batchId, bytes, 'one-and-the-same')).headers.get('location') ?? ''
  const answers = [await (await send(other, bytes, 0, bytes.length)).json(), await (await intake.ask(path)).json()]
  expect(answers[0]).toEqual(answers[1])
  expect(await (await intake.ask(`/batches/${batchId}`)).json()).toMatchObject({ batch: { counts: { scans: 1 } } })
})

test('what is no scan is refused at its end in words, and never looks stored', async () => {
  const bytes = Buffer.from('not a scan at all, however long one waits')
  const path = (await create(await openTestBatch(intake.ask), bytes)).headers.get('location') ?? ''
  const answer = await send(path, bytes, 0, bytes.length)
  expect(answer.status).toBe(415)
  expect(((await answer.json()) as RefusalBody).error.code).toBe('scan.unknown_type')
  expect((await look(path)).status).toBe(415)
  expect(await listUploads()).toEqual([])
})

test('an upload that is too long, or into a batch that is not one’s own, does not begin', async () => {
  const batchId = await openTestBatch(intake.ask)
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-length': '25000001',
    'upload-metadata': `batchId ${encode(batchId)}`,
  }
  expect((await intake.ask('/uploads', { method: 'POST', headers })).status).toBe(413)
  expect((await create('01900000-0000-7000-8000-000000000000', Buffer.from('x'))).status).toBe(404)
})
