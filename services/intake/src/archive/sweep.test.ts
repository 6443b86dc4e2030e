import { chmod, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { stored } from '@tasain/contracts'
import { contentKey, hashFile, hashIdempotencyKey, sealAccessLog } from '@tasain/kit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { followPage } from '../applications/follow.work.ts'
import { readOnePage } from '../recognition/recognition.work.ts'
import { sweepTemporary } from '../temporary.ts'
import { drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'
import { sweepHouse } from './sweep.work.ts'
import { verifyHouse } from './verify.api.ts'

let intake: TestHouse
let batchId: string
beforeAll(async () => {
  intake = await startTestHouse((await ownDatabase()).urlsOf('intake').appUrl)
  batchId = await openTestBatch(intake.ask)
})
afterAll(async () => intake.stop())

const listFaults = async () => (await verifyHouse(intake.house)).checks.flatMap(({ faults }) => faults)
const pathOf = (sha256: string) => join(intake.folder, 'objects', 'objects', contentKey(sha256))
const age = async (path: string, hours: number) => {
  const then = new Date(Date.now() - hours * 3_600_000)
  await utimes(path, then, then)
}

async function storeOne(mark: string): Promise<{ scanId: string; path: string; bytes: Buffer }> {
  const bytes = await drawJpeg(mark)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, bytes)).json())
  const { sha256 } = await intake.house.db
    .selectFrom('scan')
    .select('sha256')
    .where('id', '=', scan.id)
    .executeTakeFirstOrThrow()
  return { scanId: scan.id, path: pathOf(sha256), bytes }
}

test('verification finds nothing in a house that is in order', async () => {
  await storeOne('in order')
  await sealAccessLog({ ...intake.house, headFile: intake.house.accessLogHead, key: intake.house.accessLogKey })
  expect(await listFaults()).toEqual([])
})

test('verification names the scan whose object is gone or has changed', async () => {
  const [gone, changed] = [await storeOne('gone'), await storeOne('changed')]
  await rm(gone.path)
  await chmod(changed.path, 0o600)
  await writeFile(changed.path, Buffer.from(changed.bytes.map((byte, index) => (index === 300 ? byte ^ 1 : byte))))
  const faults = await listFaults()
  expect(faults).toHaveLength(2)
  expect(faults.find((fault) => fault.includes(gone.scanId))).toContain('no object')
  expect(faults.find((fault) => fault.includes(changed.scanId))).toContain('have changed')
  for (const { path, bytes } of [gone, changed]) await writeFile(path, bytes)
  expect(await listFaults()).toEqual([])
})

test('a page whose object is gone is tried six times, then set aside in words, and named by the verification', async () => {
  const { scanId, path, bytes } = await storeOne('gone for good')
  const { db } = intake.house
  const getPage = async () =>
    await db.selectFrom('page').selectAll().where('scan_id', '=', scanId).executeTakeFirstOrThrow()
  const { id: pageId } = await getPage()
  const listTries = async () =>
    (
      await sql<{ missed: number }>`
        select (data->>'missed')::int as missed from intake_jobs.job
        where data->>'pageId' = ${pageId} and data ? 'missed' order by created_on`.execute(db)
    ).rows.map((row) => row.missed)
  await rm(path)
  for (let missed = 0; missed < 5; missed += 1) await readOnePage(intake.house, { pageId, missed }, followPage)
  expect([await listTries(), (await getPage()).state]).toEqual([[1, 2, 3, 4, 5], 'stored'])
  await readOnePage(intake.house, { pageId, missed: 5 }, followPage)
  expect(await getPage()).toMatchObject({ state: 'set_aside', reason: 'scan.object_missing' })
  expect(await listTries()).toHaveLength(5)
  for (const place of [`/pages/${pageId}/image`, `/scans/${scanId}/original`])
    expect((await intake.ask(place)).status).toBe(410)
  expect(await listFaults()).toEqual([expect.stringMatching(new RegExp(`${scanId}.*${pageId}.*no object`))])
  await writeFile(path, bytes)
  expect(await listFaults()).toEqual([])
})

test('an object without a scan is found when it is older than a day, and not touched', async () => {
  const file = join(intake.folder, 'orphan')
  await writeFile(file, 'nobody knows me')
  const path = pathOf(await hashFile(file))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, 'nobody knows me')
  expect(await listFaults()).toEqual([])
  await age(path, 25)
  expect(await listFaults()).toEqual([expect.stringContaining('without a scan')])
  await sweepHouse(intake.house)
  expect((await stat(path)).size).toBeGreaterThan(0)
  await rm(path)
})

test('a page that waits although nothing reads it gets a job again, once', async () => {
  const { scanId } = await storeOne('forgotten')
  const countJobs = async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from intake_jobs.job, page
      where page.scan_id = ${scanId} and job.data->>'pageId' = page.id::text and job.state < 'completed'`.execute(
      intake.house.db,
    )
    return rows[0]?.count
  }
  await sql`delete from intake_jobs.job where name = 'read-page'`.execute(intake.house.db)
  await sql`update page set turn_at = now() - interval '1 hour' where scan_id = ${scanId}`.execute(intake.house.db)
  expect(await countJobs()).toBe(0)
  await sweepHouse(intake.house)
  await sweepHouse(intake.house)
  expect(await countJobs()).toBe(1)
})

test('keys of requests are forgotten after a week', async () => {
  await sendScan(intake.ask, batchId, await drawJpeg('old key'), { key: 'an-old-key' })
  await sendScan(intake.ask, batchId, await drawJpeg('new key'), { key: 'a-newer-key' })
  await sql`update idempotency_key set created_at = now() - interval '8 days' where key = ${hashIdempotencyKey('an-old-key')}`.execute(
    intake.house.db,
  )
  await sweepHouse(intake.house)
  const kept = await intake.house.db.selectFrom('idempotency_key').select('key').execute()
  expect(kept).toEqual([{ key: hashIdempotencyKey('a-newer-key') }])
})

test('temporary files of a process that is gone are removed at once, others by age alone', async () => {
  const folder = join(intake.folder, 'temporary')
  const host = hostname().replace(/[^a-zA-Z0-9]/g, '')
  const write = async (kind: string, name: string, hours = 0) => {
    await writeFile(join(folder, kind, name), 'x')
    await age(join(folder, kind, name), hours)
  }
  await write('received', `${host}-${2 ** 22 + 1}-a.part`)
  await write('received', `${host}-${process.pid}-b.part`)
  await write('received', `elsewhere-1-c.part`)
  await write('received', `elsewhere-1-d.part`, 2)
  await write('uploads', 'unfinished', 167)
  await write('uploads', 'abandoned', 169)
  expect(await sweepTemporary(folder, new Date())).toBe(3)
  expect(new Set(await readdir(join(folder, 'received')))).toEqual(
    new Set([`${host}-${process.pid}-b.part`, 'elsewhere-1-c.part']),
  )
  expect(await readdir(join(folder, 'uploads'))).toEqual(['unfinished'])
})
