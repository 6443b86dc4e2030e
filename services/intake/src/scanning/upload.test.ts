import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RefusalBody, stored } from '@tasain/contracts'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  clerkElsewhere,
  drawJpeg,
  handler,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../test-house.ts'

let intake: TestHouse
let batchId: string
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
  batchId = await openTestBatch(intake.ask)
})
afterAll(async () => intake.stop())

const listTemporary = async () =>
  (
    await Promise.all(['received', 'reading', 'uploads'].map((kind) => readdir(join(intake.folder, 'temporary', kind))))
  ).flat()
afterEach(async () => {
  expect(await listTemporary()).toEqual([])
})

const codeOf = async (response: Response) => ((await response.json()) as RefusalBody).error.code

async function makeHostile(): Promise<[string, Buffer, number, string][]> {
  const empty = await PDFDocument.create()
  const jpeg = await drawJpeg('hostile')
  const png = await sharp({ create: { width: 50, height: 50, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  const gif = await sharp({ create: { width: 5, height: 5, channels: 3, background: 'white' } })
    .gif()
    .toBuffer()
  // A PNG header that claims 40,000 × 40,000 pixels, and nothing behind it.
  const huge = Buffer.from(png)
  huge.writeUInt32BE(40_000, 16)
  huge.writeUInt32BE(40_000, 20)
  return [
    ['an empty file', Buffer.alloc(0), 422, 'scan.empty'],
    ['plain text', Buffer.from('Hyvää päivää'), 415, 'scan.unknown_type'],
    [
      'a vector image with a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      415,
      'scan.unknown_type',
    ],
    ['a GIF called page.jpg', gif, 415, 'scan.unknown_type'],
    ['a JPEG cut in half', jpeg.subarray(0, jpeg.length / 2), 422, 'scan.damaged'],
    ['only the first bytes of a JPEG', jpeg.subarray(0, 4), 422, 'scan.damaged'],
    ['a PNG whose header lies about its size', huge, 422, 'scan.'],
    ['a PDF of noise', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000, 0x41)]), 422, 'scan.damaged'],
    ['a PDF without pages', Buffer.from(await empty.save({ addDefaultPage: false })), 422, 'scan.no_pages'],
    ['a broken PNG', Buffer.concat([png.subarray(0, 8), Buffer.alloc(72, 0x2f)]), 422, 'scan.damaged'],
    ['a TIFF that points into nowhere', Buffer.from('49492a00ffffff7f00000000', 'hex'), 422, 'scan.damaged'],
  ]
}

test('each hostile file is refused in words and leaves neither a temporary file nor a scan', async () => {
  for (const [what, bytes, status, code] of await makeHostile()) {
    const began = performance.now()
    const response = await sendScan(intake.ask, batchId, bytes)
    const told = await codeOf(response)
    expect([what, response.status, told.startsWith(code) ? code : told]).toEqual([what, status, code])
    expect(performance.now() - began).toBeLessThan(30_000)
  }
  expect(await (await intake.ask(`/batches/${batchId}`)).json()).toMatchObject({ scans: [] })
  expect((await fetch(`${intake.address}/health`)).status).toBe(200)
}, 120_000)

test('a form without a file, with a file too large, or with too many parts is refused', async () => {
  const ask = async (fill: (form: FormData) => void) => {
    const body = new FormData()
    fill(body)
    return await codeOf(await intake.ask(`/batches/${batchId}/scans`, { method: 'POST', body }))
  }
  expect(await ask((form) => form.append('note', 'x'))).toBe('scan.missing_file')
  expect(await ask((form) => form.append('file', new Blob([new Uint8Array(25_000_001)]), 'a.jpg'))).toBe(
    'scan.too_large_file',
  )
  const parts = Array.from({ length: 30 }, (_, index) => String(index))
  const fillParts = (form: FormData) => {
    for (const part of parts) form.append(part, part)
  }
  expect(await ask(fillParts)).toBe('request.invalid')
})

test('an upload that is cut off leaves no temporary file and no scan', async () => {
  const { port } = new URL(intake.address)
  const response = await intake.ask('/batches')
  expect(response.status).toBe(200)
  const authorization = await intake.authorize()
  for (let round = 0; round < 5; round += 1) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      [
        `POST /batches/${batchId}/scans HTTP/1.1`,
        'host: intake',
        `authorization: ${authorization}`,
        'content-type: multipart/form-data; boundary=b',
        'content-length: 9000000',
        '',
        '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n',
      ].join('\r\n'),
    )
    socket.write(Buffer.alloc(500_000, 1))
    await sleep(60)
    expect((await listTemporary()).length).toBe(1)
    socket.destroy()
    await expect.poll(listTemporary, { timeout: 5_000 }).toEqual([])
  }
})

test('a file name is kept for display only, without anything shaped like an identity code', async () => {
  const name = '../../010190-999W\u202egpj.exe'
  const response = await sendScan(intake.ask, batchId, await drawJpeg('name'), { name })
  const { scan } = stored.parse(await response.json())
  expect(scan.fileName).toBe('•••••••••••gpj.exe')
})

test('nobody but a clerk of the office uploads into a batch, and nobody into a closed one', async () => {
  const bytes = await drawJpeg('rights')
  expect((await sendScan(intake.ask, batchId, bytes, { by: clerkElsewhere })).status).toBe(404)
  expect(await codeOf(await sendScan(intake.ask, batchId, bytes, { by: handler }))).toBe('right.missing')
  const other = await openTestBatch(intake.ask)
  const key = 'before-it-was-closed'
  const first = await sendScan(intake.ask, other, bytes, { key })
  await intake.ask(`/batches/${other}/close`, { method: 'POST' })
  expect(await codeOf(await sendScan(intake.ask, other, await drawJpeg('late')))).toBe('batch.closed')
  expect(await (await sendScan(intake.ask, other, bytes, { key })).json()).toEqual(await first.json())
})

test('a batch with an unknown benefit is refused by name', async () => {
  const response = await intake.ask('/batches', { method: 'POST', body: JSON.stringify({ benefit: 'XX' }) })
  expect([response.status, await codeOf(response)]).toEqual([400, 'batch.unknown_benefit'])
})

test('a duplicate that the clerk settles as new counts from then on, once', async () => {
  const bytes = await drawJpeg('settled')
  await sendScan(intake.ask, batchId, bytes)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, bytes)).json())
  const settle = async (as: string) =>
    await intake.ask(`/scans/${scan.id}/settle`, { method: 'POST', body: JSON.stringify({ as }) })
  const settled = stored.parse(await (await settle('new')).json())
  expect(settled.scan.pages).toMatchObject([{ state: 'stored' }])
  expect(settled.scan.applicationId).not.toBeNull()
  expect(await codeOf(await settle('new'))).toBe('scan.not_waiting')
  expect(await codeOf(await settle('read_again'))).toBe('scan.not_waiting')
})

test('while the object store is out of reach nothing is acknowledged; the same key succeeds afterwards', async () => {
  let isDown = true
  const broken = await startTestHouse((await testDatabase('intake')).appUrl, ({ objects }) => ({
    objects: {
      ...objects,
      async put(key, file) {
        // What dies after the object was put must not show either.
        await objects.put(key, file)
        if (isDown) throw new Error('connect ECONNREFUSED')
      },
    },
  }))
  try {
    const mine = await openTestBatch(broken.ask)
    const bytes = await drawJpeg('outage')
    const refused = await sendScan(broken.ask, mine, bytes, { key: 'through-an-outage' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await (await broken.ask(`/batches/${mine}`)).json()).toMatchObject({ batch: { counts: { pages: 0 } } })
    isDown = false
    expect((await sendScan(broken.ask, mine, bytes, { key: 'through-an-outage' })).status).toBe(201)
  } finally {
    await broken.stop()
  }
})
