import { createHmac } from 'node:crypto'
import type { Caller } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql, type Transaction } from 'kysely'
import type { Witness } from './access-witness.ts'
import type { Tx } from './database.ts'
import type { HouseTables } from './migrate.ts'

/** What was seen or done: the ids only, never content. */
export type Seen = { kind: string; id: string; applicationId?: string; reason?: string }

export type AccessEntry = {
  id: string
  subject: string
  person: string
  office: string | null
  action: string
  object_kind: string
  object_id: string
  application_id: string | null
  reason: string | null
}

/**
 * Writes to the access log inside the caller's transaction: what is not logged is not shown. Each entry carries a keyed
 * code, so that a row slipped in past the service is found; order and completeness are the sealer's (see access-seal.ts),
 * and until an entry is sealed its writer's witness remembers it (see access-witness.ts).
 */
export type AccessLog = {
  append: <S>(tx: Tx<S>, caller: Caller, action: string, seen: readonly Seen[]) => Promise<void>
}

export function createAccessLog(base64Key: string, witness?: Witness): AccessLog {
  return {
    async append(tx, caller, action, seen) {
      if (seen.length === 0) return
      const rows = seen.map((one) => {
        const entry: AccessEntry = {
          id: newId(),
          subject: caller.subject,
          person: caller.name,
          office: caller.office,
          action,
          object_kind: one.kind,
          object_id: one.id,
          application_id: one.applicationId ?? null,
          reason: one.reason ?? null,
        }
        return { ...entry, mac: authenticate(base64Key, entry) }
      })
      // Every house's schema holds the tables of `HouseTables`; a room's own Tx type need not say so.
      const [inserted] = await (tx as unknown as Transaction<HouseTables>)
        .insertInto('access_entry')
        .values(rows.map((row) => ({ ...row, seen_at: sql<Date>`clock_timestamp()` })))
        .returning(sql<string>`pg_current_xact_id()::text`.as('transaction'))
        .execute()
      if (inserted) witness?.add(rows, inserted.transaction)
    },
  }
}

/** Whether the log says that the person did this with the thing within the last minute, as a page that refreshes does. */
export async function wasSeenLately<S>(
  tx: Tx<S>,
  { subject }: Caller,
  action: string,
  objectId: string,
): Promise<boolean> {
  const found = await (tx as unknown as Transaction<HouseTables>)
    .selectFrom('access_entry')
    .select('id')
    .where('subject', '=', subject)
    .where('seen_at', '>', sql<Date>`clock_timestamp() - interval '1 minute'`)
    .where('action', '=', action)
    .where('object_id', '=', objectId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** An entry whose object a statement finds by itself, so that both are written in one round; see `preparedEntrySql`. */
export type PreparedEntry = {
  /** For the statement: the entry's id, subject, person, office, action, the kind of the object, and the parts of its code. */
  values: [string, string, string, string | null, string, string, Buffer, Buffer, string, string, string]
  /** Remembers the entry until it is sealed, once the statement has said what it wrote. */
  remember: (written: { objectId: string; applicationId: string; transaction: string }) => void
}
export type PrepareEntry = (caller: Caller, action: string, kind: string) => PreparedEntry

const block = 64
const pad = (key: Buffer, byte: number) => Buffer.alloc(block, byte).map((one, index) => one ^ (key[index] ?? 0))

export function createPrepareEntry(base64Key: string, witness?: Witness): PrepareEntry {
  return (caller, action, kind) => {
    const { subject, name: person, office } = caller
    const id = newId()
    const entry = { id, subject, person, office, action, object_kind: kind, reason: null }
    const key = entryKey(base64Key, id)
    const before = `${JSON.stringify([id, subject, person, office, action, kind]).slice(0, -1)},"`
    return {
      values: [
        id,
        subject,
        person,
        office,
        action,
        kind,
        pad(key, 0x36),
        pad(key, 0x5c),
        before,
        '","',
        '",null]',
      ] as PreparedEntry['values'],
      remember({ objectId, applicationId, transaction }) {
        const written = { ...entry, object_id: objectId, application_id: applicationId }
        witness?.add([{ id, mac: authenticate(base64Key, written) }], transaction)
      },
    }
  }
}

/**
 * The insertion of a prepared entry as SQL. Its code is reckoned there, of the ids that are only known there, with the key
 * of this one entry: the log's own key never leaves the service.
 * @param from where `id` and `application_id` come from; `first`: the number of the first of the entry's parameters
 */
export function preparedEntrySql(from: string, first: number): string {
  const [id, subject, person, office, action, kind, inner, outer, before, between, after] = Array.from(
    { length: 11 },
    (_, index) => `$${first + index}`,
  )
  const content = `convert_to(${before}::text || id || ${between}::text || application_id || ${after}::text, 'UTF8')`
  return `insert into access_entry
      (id, subject, person, office, action, object_kind, object_id, application_id, mac, seen_at)
    select ${id}::uuid, ${subject}::text, ${person}::text, ${office}::text, ${action}::text, ${kind}::text, id,
      application_id, sha256(${outer}::bytea || sha256(${inner}::bytea || ${content})), clock_timestamp()
    from ${from}`
}

/** The keyed code of an entry, over everything the service wrote of it; each entry has a key of its own. */
export function authenticate(base64Key: string, entry: AccessEntry): Buffer {
  return createHmac('sha256', entryKey(base64Key, entry.id)).update(canonical(entry)).digest()
}

/** The keyed code of entries written before seals were keyed. */
export function authenticateEarly(base64Key: string, entry: AccessEntry): Buffer {
  return createHmac('sha256', Buffer.from(base64Key, 'base64')).update(canonical(entry)).digest()
}

function entryKey(base64Key: string, id: string): Buffer {
  return deriveKey(base64Key, `entry ${id}`)
}

/** A key for one purpose, from which the log's own key cannot be told. */
export function deriveKey(base64Key: string, purpose: string): Buffer {
  return createHmac('sha256', Buffer.from(base64Key, 'base64')).update(`access log: ${purpose}`).digest()
}

/** One spelling of an entry, so that its hash does not depend on the order of columns. */
export function canonical(entry: AccessEntry): string {
  const { id, subject, person, office, action, object_kind, object_id, application_id, reason } = entry
  return JSON.stringify([id, subject, person, office, action, object_kind, object_id, application_id, reason])
}
