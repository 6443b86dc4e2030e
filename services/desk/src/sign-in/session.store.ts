import type { Caller } from '@tasain/contracts'
import type { Read, Tx } from '@tasain/kit'
import { type RawBuilder, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import { absoluteHours, idleMinutes } from './session.ts'

const idle = sql<string>`make_interval(mins => ${idleMinutes})`
const absolute = sql<string>`make_interval(hours => ${absoluteHours})`
/** The session ends then unless something is done. */
const idleUntil: RawBuilder<Date> = sql`least(seen_at + ${idle}, signed_in_at + ${absolute})`

export type NewSession = Caller & { id: string; tokenHash: Buffer; language: 'fi' | 'sv' }
export type LiveSession = {
  id: string
  caller: Caller
  language: 'fi' | 'sv'
  idleUntil: Date
  /** Whether enough time has passed to note that the person is still there. */
  worthTouching: boolean
}

export async function insertSession(tx: Tx<Schema>, session: NewSession): Promise<void> {
  const { id, tokenHash, subject, name, roles, office, district, language } = session
  await tx
    .insertInto('session')
    .values({ id, token_hash: tokenHash, subject, person: name, roles, office, district, language })
    .execute()
}

/** The session of a token, unless it has been idle or has lasted too long. */
export async function findSession(read: Read<Schema>, tokenHash: Buffer): Promise<LiveSession | undefined> {
  const row = await read
    .selectFrom('session')
    .select(['id', 'subject', 'person', 'roles', 'office', 'district', 'language'])
    .select([idleUntil.as('idle_until'), sql<boolean>`seen_at < now() - interval '15 s'`.as('worth_touching')])
    .where('token_hash', '=', tokenHash)
    .where(sql<boolean>`${idleUntil} > now()`)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, subject, person, roles, office, district, language } = row
  return {
    id,
    caller: { subject, name: person, roles, office, district },
    language,
    idleUntil: row.idle_until,
    worthTouching: row.worth_touching,
  }
}

/** Notes that the person is still there. @returns until when the session now lasts; undefined when it has just ended. */
export async function touchSession(tx: Tx<Schema>, id: string): Promise<Date | undefined> {
  const row = await tx
    .updateTable('session')
    .set({ seen_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where(sql<boolean>`${idleUntil} > now()`)
    .returning(idleUntil.as('idle_until'))
    .executeTakeFirst()
  return row?.idle_until
}

export async function deleteSession(tx: Tx<Schema>, tokenHash: Buffer): Promise<void> {
  await tx.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
}

/** @returns how many sessions had ended. */
export async function deleteEndedSessions(tx: Tx<Schema>): Promise<number> {
  const result = await tx.deleteFrom('session').where(sql<boolean>`${idleUntil} <= now()`).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** The sessions there are, and the ids of those whose beginning the access log does not know. */
export async function countSessionsWithoutEntry(read: Read<Schema>): Promise<{ sessions: number; unlogged: string[] }> {
  const rows = await read
    .selectFrom('session')
    .leftJoin('access_entry', (join) =>
      join
        .on('access_entry.object_id', '=', sql<string>`session.id::text`)
        .on('access_entry.action', '=', 'session.sign_in'),
    )
    .select(['session.id', 'access_entry.id as entry_id'])
    .execute()
  return { sessions: rows.length, unlogged: rows.filter((row) => row.entry_id === null).map((row) => row.id) }
}
