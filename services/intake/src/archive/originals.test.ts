import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stored, verification } from '@tasain/contracts'
import { contentKey, createLog } from '@tasain/kit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { readOnePage } from '../recognition/recognition.work.ts'
import { auditor, clerk, drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'

type Sent = { scanId: string; pageId: string; applicationId: string; file: string; bytes: Buffer }

let intake: TestHouse
let one: Sent
let other: Sent
const alarms: unknown[] = []
let onFetch: () => Promise<unknown> = () => Promise.resolve()

beforeAll(async () => {
  const log = createLog('originals-test')
  log.error = (line: unknown) => void alarms.push(line)
  intake = await startTestHouse((await testDatabase('intake')).appUrl, ({ objects }) => ({
    log,
    objects: {
      ...objects,
      async get(key) {
        await onFetch()
        return await objects.get(key)
      },
    },
  }))
  const batchId = await openTestBatch(intake.ask)
  one = await send(batchId, 'one')
  other = await send(batchId, 'other')
})
afterAll(async () => intake.stop())
afterEach(async () => {
  for (const { file, bytes } of [one, other]) await overwrite(file, bytes)
  alarms.length = 0
  onFetch = () => Promise.resolve()
})

async function send(batchId: string, mark: string): Promise<Sent> {
  const bytes = await drawJpeg(mark)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, bytes)).json())
  const { sha256 } = await intake.house.db
    .selectFrom('scan')
    .select('sha256')
    .where('id', '=', scan.id)
    .executeTakeFirstOrThrow()
  const file = join(intake.folder, 'objects', 'objects', contentKey(sha256))
  return { scanId: scan.id, pageId: scan.pages[0]?.id ?? '', applicationId: scan.applicationId ?? '', file, bytes }
}

async function overwrite(file: string, bytes: Buffer): Promise<void> {
  await chmod(file, 0o600)
  await writeFile(file, bytes)
}

const listPaths = ({ scanId, pageId, applicationId }: Sent) => [
  `/scans/${scanId}/original`,
  `/pages/${pageId}/image`,
  `/pages/${pageId}/image?width=thumbnail`,
  `/applications/${applicationId}/pdf`,
]

async function expectRefused(sent: Sent): Promise<void> {
  for (const path of listPaths(sent)) {
    const response = await intake.ask(path)
    expect([path, response.status, await response.json()]).toEqual([
      path,
      500,
      { error: expect.objectContaining({ code: 'scan.object_changed', reference: expect.any(String) }) },
    ])
  }
  expect(alarms).toContainEqual(expect.objectContaining({ alarm: 'object_changed' }))
}

const countLooks = async () => (await intake.house.db.selectFrom('access_entry').select('id').execute()).length

describe('Originals', () => {
  test('with one bit turned nothing of it is sent in any form', async () => {
    const looks = await countLooks()
    const turned = Buffer.from(one.bytes)
    turned[turned.length - 20] = (turned.at(-20) ?? 0) ^ 1
    await overwrite(one.file, turned)
    await expectRefused(one)
    expect(await countLooks()).toBe(looks)
  })

  test('two that changed places are not shown for one another', async () => {
    await overwrite(one.file, other.bytes)
    await overwrite(other.file, one.bytes)
    await expectRefused(one)
    await expectRefused(other)
    const { checks } = verification.parse(await (await intake.ask('/verify', { by: auditor })).json())
    const faults = checks.flatMap((check) => check.faults).join(' ')
    expect([one, other].map(({ scanId }) => faults.includes(scanId))).toEqual([true, true])
  })

  test('an unread page whose file changed is set aside with that reason', async () => {
    await overwrite(one.file, other.bytes)
    await readOnePage(intake.house, { pageId: one.pageId, missed: 5 }, () => Promise.resolve())
    const page = await intake.house.db.selectFrom('page').selectAll().where('id', '=', one.pageId).executeTakeFirst()
    expect(page).toMatchObject({ state: 'set_aside', reason: 'scan.object_changed' })
  })

  test('put back as they were they are sent whole, and HEAD sends none', async () => {
    const copy = join(intake.folder, 'kept')
    await copyFile(one.file, copy)
    await overwrite(one.file, other.bytes)
    await overwrite(one.file, await readFile(copy))
    for (const path of listPaths(one)) expect([path, (await intake.ask(path)).status]).toEqual([path, 200])
    const original = await intake.ask(`/scans/${one.scanId}/original`)
    expect(Buffer.from(await original.arrayBuffer()).equals(one.bytes)).toBe(true)
    const head = await intake.ask(`/scans/${one.scanId}/original`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(one.bytes.length)])
    expect((await head.arrayBuffer()).byteLength).toBe(0)
  })
})

describe('One person cannot stop the others', { timeout: 60_000 }, () => {
  test('of one person’s originals two are fetched at a time, some wait, and more are refused to that person', async () => {
    const get = (by = clerk, signal?: AbortSignal) =>
      intake.ask(`/scans/${one.scanId}/original`, { by, ...(signal && { signal }) })
    const fetched: string[] = []
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    onFetch = async () => {
      fetched.push('fetch')
      await held
    }
    const answered: number[] = []
    const many = Array.from({ length: 12 }, async () => answered.push((await get()).status))
    await expect.poll(() => answered, { timeout: 30_000 }).toEqual([503, 503])
    const other = get({ ...clerk, subject: 'clerk-9' })
    await expect.poll(() => fetched, { timeout: 30_000 }).toHaveLength(3)
    release()
    expect((await other).status).toBe(200)
    await Promise.all(many)
    expect(answered).toEqual([503, 503, ...Array<number>(10).fill(200)])
  })

  test('an original nobody waits for any more leaves its place, and is no alarm', async () => {
    const fetched: string[] = []
    onFetch = () => {
      fetched.push('fetch')
      return new Promise(() => {})
    }
    const gone = new AbortController()
    const path = `/scans/${one.scanId}/original`
    const hanging = Promise.allSettled([1, 2].map(() => intake.ask(path, { signal: gone.signal })))
    await expect.poll(() => fetched, { timeout: 30_000 }).toHaveLength(2)
    gone.abort()
    expect((await hanging).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    onFetch = () => Promise.resolve()
    expect((await intake.ask(path)).status).toBe(200)
    expect(alarms).toEqual([])
  })
})

test('a right that ends while an original is fetched gives nothing of it', async () => {
  const close = (at: Date | null) => async () => {
    await intake.house.db.updateTable('batch').set({ closed_at: at }).execute()
    await intake.house.db.updateTable('application').set({ state: 'handed_over', doubtful_fields: 0 }).execute()
  }
  const looks = await countLooks()
  onFetch = close(new Date('2020-01-01'))
  const refused = await intake.ask(`/scans/${one.scanId}/original`)
  expect([refused.status, await countLooks()]).toEqual([404, looks + 1])
  await close(null)()
})
