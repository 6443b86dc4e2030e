import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { type Caller, ownWords, type RefusalBody, type Role } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccessLog } from './access-log.ts'
import { connect, type Database } from './database.ts'
import { type Door, openDoor } from './door.ts'
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
const actions = { look: { clerk: 'office' }, act: { clerk: 'office', manager: 'all' } } as const
type Action = keyof typeof actions
let database: Database<HouseTables>
let running: Running
let effects = 0

beforeAll(async () => {
  const { appUrl } = await testDatabase('intake')
  database = connect<HouseTables>({ url: appUrl, schema: 'intake', log })
  const door = open()
  door.list('/things', 'look', {}, ({ reach }) => Promise.resolve({ reach }))
  door.view('/things/:id', 'look', {}, ({ params }) =>
    Promise.resolve({ body: { id: params['id'] }, seen: [{ kind: 'thing', id: params['id'] ?? '' }] }),
  )
  door.write('post', '/things', 'act', { body: z.object({ name: ownWords(40, 2) }) }, async ({ body }, tx) => {
    effects += 1
    await sql`select pg_sleep(0.02)`.execute(tx)
    if (body.name === 'refused') throw refuse('batch.closed')
    if (body.name === 'broken') throw new Error('the secret detail 010594Y9032')
    return { status: 201, body: { made: body.name, number: effects }, seen: [] }
  })
  running = await serve(door.close(), 0)
})
afterAll(async () => {
  await running.stop()
  await database.close()
})

function open(): Door<HouseTables, Action> {
  return openDoor<HouseTables, Action>({
    db: database.db,
    log,
    actions,
    trusted: { desk: keys.publicKey },
    accessLog: createAccessLog(randomBytes(32).toString('base64')),
    checkReady: async () => void (await sql`select 1`.execute(database.db)),
  })
}

async function withOwner(revoke: string, run: () => Promise<void>): Promise<void> {
  const { ownerUrl } = await testDatabase('intake')
  const owner = connect<HouseTables>({ url: ownerUrl, schema: 'intake', log, max: 1 })
  await sql.raw(revoke).execute(owner.db)
  try {
    await run()
  } finally {
    await sql.raw(revoke.replace('revoke', 'grant').replace(' from ', ' to ')).execute(owner.db)
    await owner.close()
  }
}

async function ask(
  path: string,
  role: Role | undefined,
  init: { body?: unknown; key?: string; subject?: string } = {},
) {
  const who: Caller = {
    subject: init.subject ?? 'p1',
    name: 'P',
    roles: role ? [role] : [],
    office: 'o1',
    district: 'd1',
  }
  const answer = await fetch(`http://127.0.0.1:${running.port}${path}`, {
    method: init.body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      ...(role && { authorization: `Bearer ${await signCaller('desk', keys.privateKey, who)}` }),
      ...(init.key && { 'idempotency-key': init.key }),
    },
    ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> & Partial<RefusalBody> }
}

describe('the door', () => {
  test('lets in who has the right and says how far it reaches', async () => {
    expect(await ask('/things', 'clerk')).toEqual({ status: 200, body: { reach: 'office' } })
  })

  test('refuses who is unknown, who lacks the right, and what is not there', async () => {
    expect((await ask('/things', undefined)).body.error?.code).toBe('session.none')
    expect((await ask('/things', 'auditor')).body.error?.code).toBe('right.missing')
    expect((await ask('/nothing', 'clerk')).status).toBe(404)
  })

  test('names the field that is wrong', async () => {
    const { status, body } = await ask('/things', 'clerk', { body: { name: 'x' } })
    expect(status).toBe(400)
    expect(body.error?.fields?.[0]?.path).toBe('name')
  })

  test('logs a look before it answers, and shows nothing when the log cannot be written', async () => {
    const id = newId()
    expect((await ask(`/things/${id}`, 'clerk')).status).toBe(200)
    const entry = await database.db
      .selectFrom('access_entry')
      .selectAll()
      .where('object_id', '=', id)
      .executeTakeFirst()
    expect(entry?.action).toBe('look')
    await withOwner('revoke insert on access_entry from intake_app', async () => {
      const unlogged = await ask(`/things/${newId()}`, 'clerk')
      expect(unlogged.status).toBe(500)
      expect(unlogged.body).not.toHaveProperty('id')
    })
  })

  test('takes what cannot be an id for something that is not there', async () => {
    for (const id of ['%00', '1', "'--", 'a'.repeat(3_000)])
      expect((await ask(`/things/${id}`, 'clerk')).status).toBe(404)
  })

  test('does a write once for a key, however often and however fast it is sent', async () => {
    const before = effects
    const key = newId()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask('/things', 'clerk', { body: { name: 'one' }, key })),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(effects).toBe(before + 1)
    expect((await ask('/things', 'clerk', { body: { name: 'two' }, key })).body.error?.code).toBe('request.key_reused')
    expect((await ask('/things', 'clerk', { body: { name: 'one' }, key, subject: 'p2' })).status).toBe(201)
  })

  test('keeps nothing of a refused write, so that it may be sent again under its key', async () => {
    const key = newId()
    expect((await ask('/things', 'clerk', { body: { name: 'refused' }, key })).status).toBe(409)
    expect((await ask('/things', 'clerk', { body: { name: 'mended' }, key })).status).toBe(201)
  })

  test('hides the details of an unforeseen fault behind a reference', async () => {
    const { status, body } = await ask('/things', 'clerk', { body: { name: 'broken' } })
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('secret')
    expect(body.error?.reference).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('refuses to mount a route whose action is not in the table of rights', () => {
    expect(() => open().list('/other', 'unheard' as Action, {}, () => Promise.resolve({}))).toThrow('no action')
  })
})

describe('The log', () => {
  const listRefused = async (subject: string) =>
    await database.db
      .selectFrom('access_entry')
      .select(['object_kind', 'object_id', 'reason'])
      .where('subject', '=', subject)
      .where('action', '=', 'refused')
      .orderBy('id')
      .execute()

  test('an access refused to somebody known is in the access log', async () => {
    const id = newId()
    await ask(`/things/${id}`, 'auditor', { subject: 'prying' })
    await ask('/things', 'auditor', { subject: 'prying', body: { name: 'one' } })
    await ask('/things', 'clerk', { subject: 'prying', body: { name: 'x' } })
    expect(await listRefused('prying')).toEqual([
      { object_kind: 'look', object_id: id, reason: 'right.missing' },
      { object_kind: 'act', object_id: '/things', reason: 'right.missing' },
    ])
  })

  test('one person fills it with no more than so many refusals a minute', async () => {
    for (let i = 0; i < 60; i += 1) await ask(`/things/${newId()}`, 'auditor', { subject: 'knocking' })
    const refused = await listRefused('knocking')
    // The minute may turn meanwhile.
    expect(refused.length).toBeLessThanOrEqual(42)
    expect(refused.filter(({ object_id }) => object_id === 'more').length).toBeGreaterThan(0)
  })
})
