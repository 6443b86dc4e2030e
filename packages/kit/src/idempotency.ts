import { createHash, createHmac } from 'node:crypto'
import { type Caller, type CancelAnswer, idempotencyHeader } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { Tx } from './database.ts'
import type { HouseTables } from './migrate.ts'
import { refusalBody, refuse } from './refuse.ts'

const lockNotAvailable = '55P03'
/** Stands where a request's hash would, in the row of a key whose request was cancelled. No hash reads like it. */
const cancelledMark = 'cancelled'

/**
 * Who sent a request, and its key: in its header, or as `hashIdempotencyKey` made it, of work that goes on after the request.
 */
type Sender = { caller: Pick<Caller, 'subject'> } & (
  | { header: (name: string) => string | undefined }
  | { hashedKey: string | undefined }
)
type Answered = { status: number; body: unknown }

/**
 * Runs a write once for each idempotency key of a person: the second time the first answer is given again. Two at the same
 * moment are put in a row by the key's unique row; another body under the same key is refused, and so is a write that its
 * sender has cancelled.
 */
export async function onceOnly<S>(
  tx: Tx<S>,
  asked: Sender,
  what: string,
  body: unknown,
  run: () => Promise<Answered>,
): Promise<Answered> {
  const key = readKey(asked)
  if (key === undefined) return await run()
  const house = tx as unknown as Tx<HouseTables>
  const requestHash = hashRequest(key.secret, what, body)
  const mine = { key: key.hashed, subject: asked.caller.subject }
  const inserted = await house
    .insertInto('idempotency_key')
    .values({ ...mine, request_hash: requestHash, status: null, response: null, created_at: undefined })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    const earlier = await findAnswer(tx, asked, what, body)
    if (earlier === undefined) throw refuse('request.key_reused')
    return earlier
  }
  const result = await run()
  await house
    .updateTable('idempotency_key')
    .set({ status: result.status, response: sql`${JSON.stringify(result.body)}::jsonb` })
    .where('key', '=', mine.key)
    .where('subject', '=', mine.subject)
    .execute()
  return result
}

/**
 * The answer a request was given before under its key, for one whose work is long and done before `onceOnly`. @throws
 * request.key_reused when the key was another request's, request.cancelled when its sender has taken it back.
 */
export async function findAnswer<S>(
  db: Kysely<S>,
  asked: Sender,
  what: string,
  body: unknown,
): Promise<Answered | undefined> {
  const key = readKey(asked)
  if (key === undefined) return undefined
  const earlier = await (db as unknown as Kysely<HouseTables>)
    .selectFrom('idempotency_key')
    .selectAll()
    .where('key', '=', key.hashed)
    .where('subject', '=', asked.caller.subject)
    .executeTakeFirst()
  if (earlier === undefined) return undefined
  if (earlier.request_hash === cancelledMark) throw refuse('request.cancelled')
  if (earlier.request_hash !== hashRequest(key.secret, what, body) || earlier.status === null)
    throw refuse('request.key_reused')
  return { status: earlier.status, body: earlier.response }
}

/**
 * Takes back the request that a person sent, or may have sent, under this key. Of a request and its cancelling exactly one
 * wins, by the key's unique row: a request that is running is waited for, and one that has not arrived yet is refused with
 * request.cancelled when it does, however late. @throws service.unavailable when a running request does not end in time
 */
export async function cancelRequest<S>(db: Kysely<S>, subject: string, key: string): Promise<CancelAnswer> {
  const house = db as unknown as Kysely<HouseTables>
  const mine = { key: hashIdempotencyKey(key), subject }
  const refusal = refuse('request.cancelled')
  const row = { ...mine, request_hash: cancelledMark, status: refusal.status, created_at: undefined }
  const response = sql`${JSON.stringify(refusalBody(refusal, newId()))}::jsonb`
  try {
    return await house.transaction().execute(async (tx) => {
      await sql`set local lock_timeout = '5s'`.execute(tx)
      await tx
        .insertInto('idempotency_key')
        .values({ ...row, response })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const found = await tx
        .selectFrom('idempotency_key')
        .selectAll()
        .where('key', '=', mine.key)
        .where('subject', '=', mine.subject)
        .executeTakeFirstOrThrow()
      if (found.request_hash === cancelledMark) return { outcome: 'cancelled' }
      return { outcome: 'done', body: found.response }
    })
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === lockNotAvailable) throw refuse('service.unavailable')
    throw error
  }
}

/** @throws request.invalid unless a key in a header has 8 to 255 characters */
function readKey(asked: Sender): { hashed: string; secret: string } | undefined {
  if ('hashedKey' in asked)
    return asked.hashedKey === undefined ? undefined : { hashed: asked.hashedKey, secret: asked.hashedKey }
  const key = asked.header(idempotencyHeader)
  if (key === undefined) return undefined
  if (key.length < 8 || key.length > 255)
    throw refuse('request.invalid', [{ path: idempotencyHeader, message: '8 to 255 characters' }])
  return { hashed: hashIdempotencyKey(key), secret: key }
}

function hashRequest(key: string, what: string, body: unknown): string {
  return createHmac('sha256', key)
    .update(`${what}\n${JSON.stringify(body ?? null)}`)
    .digest('hex')
}

/**
 * What is kept of an idempotency key. The key itself stays with its sender: it is the secret of the request's hash, for a
 * request may hold an identity code, and a plain hash of one is undone by trying all there are.
 */
export function hashIdempotencyKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
