import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Caller, type RefusalBody, stored } from '@tasain/contracts'
import { serve } from '@tasain/kit'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { clerk, drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'
import { settleLeftUploads } from './left-uploads.work.ts'
import { assertRoom, whileArriving } from './receiving.api.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const colleague: Caller = { ...clerk, subject: 'clerk-9' }
const codeOf = async (response: Response) => ((await response.json()) as RefusalBody).error.code
const encode = (text: string) => Buffer.from(text).toString('base64')

/** An upload that begins and does not go on. */
async function dribble(batchId: string): Promise<Socket> {
  const authorization = await intake.authorize()
  const socket = connect(Number(new URL(intake.address).port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    [
      `POST /batches/${batchId}/scans HTTP/1.1`,
      'host: intake',
      `authorization: ${authorization}`,
      'content-type: multipart/form-data; boundary=b',
      'content-length: 9000000',
      '',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nx',
    ].join('\r\n'),
  )
  return socket
}

const create = async (batchId: string, bytes: number, by = clerk) =>
  await intake.ask('/uploads', {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes),
      'upload-metadata': `batchId ${encode(batchId)},fileName ${encode('a.jpg')}`,
    },
    by,
  })

describe('One person cannot stop the others', () => {
  test('seventy uploads of one person that do not go on hold up nobody else', async () => {
    const batchId = await openTestBatch(intake.ask)
    const sockets = await Promise.all(Array.from({ length: 70 }, () => dribble(batchId)))
    const refused = sockets.map((socket) => once(socket, 'data').then(([data]) => String(data)))
    const busy = await Promise.any(refused)
    expect(busy).toMatch(/^HTTP\/1.1 503[\s\S]*Retry-After: 5[\s\S]*service.busy/)
    for (const mark of [1, 2, 3])
      expect((await sendScan(intake.ask, batchId, await drawJpeg(`beside ${mark}`), { by: colleague })).status).toBe(
        201,
      )
    for (const socket of sockets) socket.destroy()
    const after = () => sendScan(intake.ask, batchId, Buffer.from('x')).then(codeOf)
    await expect.poll(after, { timeout: 20_000 }).toBe('scan.unknown_type')
  })

  test('a body that comes in too slowly is refused in words, and its connection closed', async () => {
    const app = express()
    app.post('/', async (request, response) => {
      const slow = { bytes: 1_000, everyMs: 50 }
      const said = await whileArriving(request, response, () => new Promise<string>(() => {}), slow).catch(
        (error: { code: string }) => error.code,
      )
      response.status(408).send(said)
    })
    const running = await serve(app, 0)
    const socket = connect(running.port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nx')
    const chunks: string[] = []
    socket.on('data', (data) => chunks.push(String(data)))
    await once(socket, 'close')
    expect(chunks.join('')).toMatch(/^HTTP\/1.1 408[\s\S]*scan.too_slow/)
    await running.stop()
  })

  test('a person’s unfinished uploads have a quota, which is given back with each', async () => {
    const batchId = await openTestBatch(intake.ask)
    const created = await Promise.all(Array.from({ length: 12 }, () => create(batchId, 25_000_000)))
    expect(created.map(({ status }) => status).sort((a, b) => a - b)).toEqual([...Array(10).fill(201), 429, 429])
    const tooMany = created.find(({ status }) => status === 429)
    expect(tooMany && (await codeOf(tooMany))).toBe('scan.too_many_unfinished')
    expect((await create(batchId, 25_000_000, colleague)).status).toBe(201)
    const path = created.find(({ status }) => status === 201)?.headers.get('location') ?? ''
    await intake.ask(path, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } })
    expect((await create(batchId, 25_000_000)).status).toBe(201)
  })

  test('an unfinished upload that has not gone on for hours is given up', async () => {
    const created = await create(await openTestBatch(intake.ask), 100, colleague)
    const path = created.headers.get('location') ?? ''
    const { db } = intake.house
    await settleLeftUploads(intake.house)
    expect((await intake.ask(path, { by: colleague })).status).toBe(200)
    const id = path.split('/').at(-1) ?? ''
    await db
      .updateTable('upload')
      .set({ progressed_at: new Date(Date.now() - 3 * 3_600_000) })
      .where('id', '=', id)
      .execute()
    expect(await settleLeftUploads(intake.house)).toBe(1)
    expect((await intake.ask(path, { by: colleague })).status).toBe(404)
  })

  test('what the disk has no room for is refused before it is taken in', async () => {
    await expect(assertRoom(intake.folder, 2 ** 60)).rejects.toMatchObject({ code: 'service.no_room' })
    await assertRoom(intake.folder, 1)
    const answer = await sendScan(intake.ask, await openTestBatch(intake.ask), await drawJpeg('room'))
    expect(stored.parse(await answer.json()).state).toBe('stored')
  })
})
