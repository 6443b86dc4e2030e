import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { type CancelAnswer, openText, type RefusalBody } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccessLog } from './access-log.ts'
import { connect, type Database } from './database.ts'
import { openDoor } from './door.ts'
import { cancelRequest, findAnswer } from './idempotency.ts'
import { createLog } from './log.ts'
import type { HouseTables } from './migrate.ts'
import { refuse } from './refuse.ts'
import { type Running, serve } from './server.ts'
import { signCaller } from './token.ts'

const keys = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const log = createLog('test')
/** What the writes have done: a row of the access log is written in the transaction of each. */
const kind = `thing-${newId()}`
let database: Database<HouseTables>
let running: Running

beforeAll(async () => {
  const { appUrl } = await testDatabase('intake')
  database = connect<HouseTables>({ url: appUrl, schema: 'intake', log, max: 10 })
  const door = openDoor<HouseTables, 'act'>({
    db: database.db,
    log,
    actions: { act: { clerk: 'office' } },
    trusted: { desk: keys.publicKey },
    accessLog: createAccessLog(randomBytes(32).toString('base64')),
    checkReady: () => Promise.resolve(),
  })
  const body = z.object({ name: openText(80), seconds: z.number().default(0) })
  door.write('post', '/things', 'act', { body }, async ({ body: { name, seconds } }, tx) => {
    await sql`select pg_sleep(${seconds})`.execute(tx)
    if (name === 'refused') throw refuse('batch.closed')
    return { status: 201, body: { made: name }, seen: [{ kind, id: name }] }
  })
  running = await serve(door.close(), 0)
})
afterAll(async () => {
  await running.stop()
  await database.close()
})

async function post<T>(path: string, body: unknown, { key = '', subject = 'p1' } = {}) {
  const who = { subject, name: 'P', roles: ['clerk' as const], office: 'o1', district: 'd1' }
  const answer = await fetch(`http://127.0.0.1:${running.port}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await signCaller('desk', keys.privateKey, who)}`,
      ...(key !== '' && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as T & Partial<RefusalBody> }
}

const write = (key: string, name: string, seconds = 0) => post<{ made: string }>('/things', { name, seconds }, { key })
const cancel = (key: string, subject = 'p1') => post<CancelAnswer>('/requests/cancel', { key }, { subject })

async function countDone(name: string): Promise<number> {
  const found = await database.db
    .selectFrom('access_entry')
    .select('id')
    .where('object_kind', '=', kind)
    .where('object_id', '=', name)
    .execute()
  return found.length
}

describe('Nothing unmeant is done', () => {
  test('a write that arrives after it was cancelled is refused and does nothing', async () => {
    const key = newId()
    expect(await cancel(key)).toEqual({ status: 200, body: { outcome: 'cancelled' } })
    const late = await write(key, key)
    expect([late.status, late.body.error?.code]).toEqual([409, 'request.cancelled'])
    expect(await cancel(key)).toEqual({ status: 200, body: { outcome: 'cancelled' } })
    expect(await countDone(key)).toBe(0)
  })

  test('cancelling a write that is done says so, with its answer', async () => {
    const key = newId()
    expect((await write(key, key)).status).toBe(201)
    expect((await cancel(key)).body).toEqual({ outcome: 'done', body: { made: key } })
    expect((await write(key, key)).body).toEqual({ made: key })
    expect(await countDone(key)).toBe(1)
  })

  test('cancelling waits for a write that is running and tells how it ended', async () => {
    const key = newId()
    const running_ = write(key, key, 0.5)
    await waitForSleep()
    expect((await cancel(key)).body).toEqual({ outcome: 'done', body: { made: key } })
    expect((await running_).status).toBe(201)
    const refused = newId()
    const refusing = write(refused, 'refused', 0.5)
    await waitForSleep()
    expect((await cancel(refused)).body).toEqual({ outcome: 'cancelled' })
    expect((await refusing).body.error?.code).toBe('batch.closed')
  })

  test('of 200 writes raced by their cancelling each side says what happened', async () => {
    const won = { written: 0, cancelled: 0 }
    for (let round = 0; round < 20; round += 1)
      await Promise.all(
        Array.from({ length: 10 }, async (_, place) => {
          const key = newId()
          // Now the one has a head start, now the other, and now neither.
          const [writeAfter = 0, cancelAfter = 0] = heads[place % heads.length] ?? []
          const [written, cancelled] = await Promise.all([
            pause(writeAfter).then(() => write(key, key)),
            pause(cancelAfter).then(() => cancel(key)),
          ])
          const isDone = written.status === 201
          if (!isDone) expect(written.body.error?.code).toBe('request.cancelled')
          expect(cancelled.body).toEqual(isDone ? { outcome: 'done', body: { made: key } } : { outcome: 'cancelled' })
          expect(await countDone(key)).toBe(isDone ? 1 : 0)
          won[isDone ? 'written' : 'cancelled'] += 1
        }),
      )
    expect(won.written + won.cancelled).toBe(200)
    expect(Math.min(won.written, won.cancelled)).toBeGreaterThan(0)
  })

  test('a person cancels only what they sent themselves', async () => {
    const key = newId()
    expect((await write(key, key)).status).toBe(201)
    expect((await cancel(key, 'p2')).body).toEqual({ outcome: 'cancelled' })
    expect((await write(key, key)).status).toBe(201)
    expect(await countDone(key)).toBe(1)
  })

  test('work that looks for its answer first learns that it was cancelled', async () => {
    const key = newId()
    await cancelRequest(database.db, 'p1', key)
    const asked = { caller: { subject: 'p1' }, header: () => key }
    await expect(findAnswer(database.db, asked, 'form', null)).rejects.toMatchObject({ code: 'request.cancelled' })
  })

  test('cancelling without a key or a signature is refused', async () => {
    expect((await post('/requests/cancel', {})).body.error?.code).toBe('request.invalid')
    const unknown = await fetch(`http://127.0.0.1:${running.port}/requests/cancel`, { method: 'POST' })
    expect(unknown.status).toBe(401)
  })
})

/** How many milliseconds the write and its cancelling each wait before they leave. */
const heads = [
  [0, 0],
  [0, 2],
  [2, 0],
  [0, 5],
  [15, 0],
] as const
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Until a write is inside its transaction. */
async function waitForSleep(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from pg_stat_activity
      where datname = current_database() and query ilike '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid()
    `.execute(database.db)
    if (rows[0]?.count) return
    await pause(10)
  }
}
