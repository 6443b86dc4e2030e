import type { Read } from '@tasain/kit'
import { type Kysely, sql } from 'kysely'
import { readPage } from '../queues.ts'
import { type IntakeTx, jobSchema, type Schema } from '../schema.ts'

/** Of these hashes, those of which no scan has the bytes. */
export async function listUnreferenced(db: Read<Schema>, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await db
    .selectFrom('scan')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', [...hashes])
    .execute()
  const known = new Set(rows.map(({ sha256 }) => sha256))
  return hashes.filter((hash) => !known.has(hash))
}

/** Forgets keys that are too old to be sent again. @returns how many. */
export async function deleteOldKeys(db: Kysely<Schema>, olderThanHours: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('idempotency_key')
    .where('created_at', '<', sql<Date>`now() - make_interval(hours => ${olderThanHours})`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Forgets resumable uploads that ended so long ago. @returns how many. */
export async function deleteOldUploads(db: Kysely<Schema>, olderThanHours: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('upload')
    .where('finished_at', '<', sql<Date>`now() - make_interval(hours => ${olderThanHours})`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Pages whose turn to be read came long ago and for which no job is waiting or at work. */
export async function listForgottenPages(tx: IntakeTx, olderThanMinutes: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select page.id from page
    where page.state = 'stored' and page.turn_at < now() - make_interval(mins => ${olderThanMinutes})
      and not exists (
        select from ${sql.table(`${jobSchema}.job`)} as job
        where job.name = ${readPage} and job.state < 'completed' and job.data->>'pageId' = page.id::text)
    limit 1000`.execute(tx)
  return rows.map(({ id }) => id)
}
