import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stored } from '@tasain/contracts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../../test/support/database.ts'
import { withPdf } from '../../recognition/picture/pdf.ts'
import {
  auditor,
  clerk,
  clerkElsewhere,
  drawJpeg,
  handler,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../../test-house.ts'
import { keepReading, madeUpReading, testHetu } from '../../test-reading.ts'
import { dpi, drawPaper, listPdfWords } from './pdf/test-papers.ts'

let intake: TestHouse
let applicationId: string
let pageId: string
let original: Buffer
let logIsBroken = false
let atLog: Promise<unknown> = Promise.resolve()
let cameToLog = 0
let onFetch: () => Promise<unknown> = () => Promise.resolve()

/** An auditor says why they look. */
const audited = { by: auditor, headers: { 'x-reason': 'Valvonta' } }

beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl, ({ accessLog, objects }) => ({
    accessLog: {
      async append(tx, caller, action, seen) {
        if (caller.subject === auditor.subject) {
          cameToLog += 1
          await atLog
        }
        if (logIsBroken) throw new Error('no entry')
        await accessLog.append(tx, caller, action, seen)
      },
    },
    objects: {
      ...objects,
      async get(key) {
        await onFetch()
        return await objects.get(key)
      },
    },
  }))
  const { image } = await drawPaper()
  original = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .toColourspace('b-w')
    .withMetadata({ density: dpi })
    .jpeg()
    .toBuffer()
  const { scan } = stored.parse(await (await sendScan(intake.ask, await openTestBatch(intake.ask), original)).json())
  applicationId = scan.applicationId ?? ''
  pageId = scan.pages[0]?.id ?? ''
})
afterAll(async () => intake.stop())

const get = (options: Parameters<TestHouse['ask']>[1] = {}) => intake.ask(`/applications/${applicationId}/pdf`, options)
const listWords = async (response: Response) => {
  const bytes = new Uint8Array(await response.arrayBuffer())
  return (await withPdf(bytes, (open) => listPdfWords(open, 1, 1))).map(({ text }) => text)
}

test('before it is read a paper goes out as it is', async () => {
  const response = await get()
  expect(response.status).toBe(200)
  expect(await listWords(response)).toEqual([])
})

test('the PDF holds the paper byte for byte, the words as they are kept, and no identity code', async () => {
  const { image, words } = await drawPaper()
  const { width, height } = image
  const [first] = words
  if (first === undefined) throw new Error('the paper has no words')
  const [x, y, wide, high] = first.box
  const hetu = { text: testHetu, confidence: 1, box: [x, y + 3 * high, wide, high] as typeof first.box }
  const read = [...words.map((word) => ({ ...word, confidence: 1 })), hetu]
  const text = read.map((word) => word.text).join(' ')
  await keepReading(intake.house, pageId, madeUpReading({ width, height, dpi, fields: {}, text, words: read }))
  const response = await get()
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="tasain-${applicationId}.pdf"`)
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.includes(original)).toBe(true)
  const found = (await withPdf(bytes, (open) => listPdfWords(open, 1, 1))).map((word) => word.text)
  expect(found.sort()).toEqual([...words.map((word) => word.text), '•'.repeat(testHetu.length)].sort())
})

test('it is given by the same rights as the pages, and nobody else learns that it exists', async () => {
  const grant = { subject: handler.subject, application: applicationId, epoch: 1 }
  intake.events.claim(grant)
  const other = { ...grant, application: '01900000-0000-7000-8000-000000000001' }
  expect((await get({ by: handler, grant })).status).toBe(200)
  for (const refused of [{ by: handler }, { by: handler, grant: other }, { by: clerkElsewhere }])
    expect((await get(refused)).status).toBe(404)
  expect((await get({ by: { ...clerk, roles: ['manager'] } })).status).toBe(403)
  expect((await get(audited)).status).toBe(200)
  const looks = await intake.house.db
    .selectFrom('access_entry')
    .select(['object_kind', 'object_id', 'application_id', 'reason'])
    .where('subject', '=', handler.subject)
    .where('action', '<>', 'refused')
    .execute()
  expect(looks).toEqual([
    { object_kind: 'application', object_id: applicationId, application_id: applicationId, reason: 'pdf' },
  ])
})

test('a download that cannot be logged gives nothing', async () => {
  logIsBroken = true
  const response = await get()
  logIsBroken = false
  expect([response.status, response.headers.get('content-type')]).toEqual([503, 'application/json; charset=utf-8'])
})

test('whoever is long in taking a PDF keeps nobody waiting for theirs', async () => {
  let release = () => {}
  atLog = new Promise<void>((resolve) => {
    release = resolve
  })
  const slow = get(audited)
  try {
    expect((await get()).status).toBe(200)
  } finally {
    release()
  }
  expect((await slow).status).toBe(200)
})

describe('One person cannot stop the others', () => {
  test('a PDF asked for many times at once is made once, and goes on while somebody waits', async () => {
    const started: string[] = []
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    onFetch = async () => {
      started.push('fetch')
      await held
    }
    const gone = new AbortController()
    const first = get({ signal: gone.signal })
    await expect.poll(() => started).toHaveLength(1)
    const others = Array.from({ length: 40 }, (_, index) => get(index % 2 === 0 ? {} : audited))
    await sleep(2_000)
    gone.abort()
    await expect(first).rejects.toThrow('aborted')
    release()
    expect(new Set((await Promise.all(others)).map(({ status }) => status))).toEqual(new Set([200]))
    expect(started).toHaveLength(1)
    onFetch = () => Promise.resolve()
  })

  test('fourteen applications exported at once by fourteen people all come', { timeout: 180_000 }, async () => {
    const applications = await scanMany(14)
    const asked = applications.map((id, index) =>
      intake.ask(`/applications/${id}/pdf`, { by: { ...clerk, subject: `clerk-${index}` } }),
    )
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(applications.map(() => 200))
  })

  test('one person’s many exports are refused to that person, and another’s comes in its turn', async () => {
    const [mine = '', ...others] = await scanMany(9)
    const fetched: string[] = []
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    onFetch = async () => {
      fetched.push('fetch')
      await held
    }
    const many = others.map(async (id) => (await intake.ask(`/applications/${id}/pdf`)).status)
    await expect.poll(() => fetched).toHaveLength(1)
    const one = intake.ask(`/applications/${mine}/pdf`, { by: { ...clerk, subject: 'clerk-9' } })
    await expect.poll(() => fetched).toHaveLength(2)
    release()
    expect((await one).status).toBe(200)
    const statuses = await Promise.all(many)
    expect(statuses.filter((status) => status === 200)).toHaveLength(5)
    expect(statuses.filter((status) => status === 503)).toHaveLength(3)
    onFetch = () => Promise.resolve()
  }, 120_000)

  test('of one person’s made exports two lie on the disk at a time, however slowly they are taken', async () => {
    const [first = '', second = '', ...others] = await scanMany(6)
    let release = () => {}
    atLog = new Promise<void>((resolve) => {
      release = resolve
    })
    cameToLog = 0
    const take = async (id: string) => (await intake.ask(`/applications/${id}/pdf`, audited)).status
    const taking = [first, second].map(take)
    await expect.poll(() => cameToLog, { timeout: 30_000 }).toBe(2)
    const waiting = others.map(take)
    expect(await Promise.any(waiting)).toBe(503)
    expect(cameToLog).toBe(2)
    release()
    expect(await Promise.all(taking)).toEqual([200, 200])
    expect((await Promise.all(waiting)).sort((a, b) => a - b)).toEqual([200, 200, 200, 503])
  }, 120_000)
})

async function scanMany(count: number): Promise<string[]> {
  const batchId = await openTestBatch(intake.ask)
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const { scan } = stored.parse(
      await (await sendScan(intake.ask, batchId, await drawJpeg(`${batchId} ${index}`))).json(),
    )
    ids.push(scan.applicationId ?? '')
  }
  return ids
}

test('what the store does not give holds nobody up once nobody waits for it', async () => {
  const asked: string[] = []
  onFetch = () => {
    asked.push('fetch')
    return new Promise(() => {})
  }
  const gone = new AbortController()
  const hanging = get({ signal: gone.signal })
  await expect.poll(() => asked).toHaveLength(1)
  gone.abort()
  await expect(hanging).rejects.toThrow('aborted')
  onFetch = () => Promise.reject(new Error('the store is down'))
  expect((await get()).status).toBe(503)
  onFetch = () => Promise.resolve()
  expect((await get()).status).toBe(200)
})

/** The processes that make a PDF for this one. */
const listMaking = () =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter((pid) => pid !== '' && existsSync(`/proc/${pid}/cmdline`))
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('export.process.ts'))
    .map(Number)

test('a PDF being made is given up when nobody waits for it, and its process has none of our settings', async () => {
  onFetch = () => Promise.resolve()
  const gone = new AbortController()
  const leaving = get({ signal: gone.signal })
  await expect.poll(listMaking, { interval: 5 }).toHaveLength(1)
  const [pid = 0] = listMaking()
  process.kill(pid, 'SIGSTOP')
  expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('PATH=')
  gone.abort()
  await expect(leaving).rejects.toThrow('aborted')
  await expect.poll(listMaking).toEqual([])
  expect((await get()).status).toBe(200)
})

test('a right that ends while the PDF is being made gives nothing', async () => {
  const { db } = intake.house
  const close = (at: Date | null) => async () => {
    await db.updateTable('batch').set({ closed_at: at }).execute()
    await db.updateTable('application').set({ state: 'handed_over', doubtful_fields: 0 }).execute()
  }
  onFetch = close(new Date('2020-01-01'))
  const refused = await get()
  onFetch = close(null)
  expect([refused.status, (await get(audited)).status, (await get()).status]).toEqual([404, 200, 200])
})

test('nothing is left behind, and what is not there is refused', async () => {
  await expect.poll(() => readdir(join(intake.folder, 'temporary', 'reading'))).toEqual([])
  expect((await intake.ask('/applications/01900000-0000-7000-8000-000000000000/pdf')).status).toBe(404)
})
