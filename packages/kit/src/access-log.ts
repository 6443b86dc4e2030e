import { createHmac } from 'node:crypto'
import type { Caller } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql, type Transaction } from 'kysely'
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
 * code, so that a row slipped in past the service is found; order and completeness are the sealer's (see access-seal.ts).
 */
export type AccessLog = {
  append: <S>(tx: Tx<S>, caller: Caller, action: string, seen: readonly Seen[]) => Promise<void>
}

export function createAccessLog(base64Key: string): AccessLog {
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
      await (tx as unknown as Transaction<HouseTables>)
        .insertInto('access_entry')
        .values(rows.map((row) => ({ ...row, seen_at: sql<Date>`clock_timestamp()` })))
        .execute()
    },
  }
}

/** The keyed code of an entry, over everything the service wrote of it. */
export function authenticate(base64Key: string, entry: AccessEntry): Buffer {
  return createHmac('sha256', Buffer.from(base64Key, 'base64')).update(canonical(entry)).digest()
}

/** One spelling of an entry, so that its hash does not depend on the order of columns. */
export function canonical(entry: AccessEntry): string {
  const { id, subject, person, office, action, object_kind, object_id, application_id, reason } = entry
  return JSON.stringify([id, subject, person, office, action, object_kind, object_id, application_id, reason])
}
