import type { Read } from '@tasain/kit'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'

export type Upload = Pick<
  Selectable<Schema['upload']>,
  'id' | 'subject' | 'batch_id' | 'file_name' | 'idempotency_key' | 'bytes' | 'status' | 'response'
>

/** What unfinished uploads may hold between them: `bytes` as they will be when they are whole. */
export type Quota = { uploadsEach: number; bytesEach: number; bytes: number }

/**
 * Begins an upload, whose bytes are reserved from then on; one after another, so that nobody slips past the quota.
 * @returns whose quota it would exceed, in which case nothing has begun
 */
export async function insertUpload(
  tx: IntakeTx,
  upload: Omit<Upload, 'status' | 'response'>,
  quota: Quota,
): Promise<'own' | 'shared' | undefined> {
  await sql`lock table upload in share row exclusive mode`.execute(tx)
  const { uploads, own, all } = await tx
    .selectFrom('upload')
    .select((eb) => [
      sql<number>`count(*) filter (where ${eb.ref('subject')} = ${upload.subject})`.as('uploads'),
      sql<number>`coalesce(sum(bytes) filter (where ${eb.ref('subject')} = ${upload.subject}), 0)::int8`.as('own'),
      sql<number>`coalesce(sum(bytes), 0)::int8`.as('all'),
    ])
    .where('status', 'is', null)
    .executeTakeFirstOrThrow()
  if (uploads >= quota.uploadsEach || own + upload.bytes > quota.bytesEach) return 'own'
  if (all + upload.bytes > quota.bytes) return 'shared'
  await tx
    .insertInto('upload')
    .values({ ...upload, finished_at: null, status: null, response: null })
    .execute()
  return undefined
}

/** Notes that an upload goes on, so that it is not given up. */
export async function noteProgress(db: Kysely<Schema>, id: string): Promise<void> {
  await db.updateTable('upload').set({ progressed_at: sql<Date>`now()` }).where('id', '=', id).execute()
}

const minutesAgo = (minutes: number) => sql<Date>`now() - make_interval(mins => ${minutes})`

/** Unfinished uploads that have not gone on for so long. */
export async function listStalledUploads(db: Read<Schema>, minutes: number): Promise<Pick<Upload, 'id' | 'bytes'>[]> {
  return await db
    .selectFrom('upload')
    .select(['id', 'bytes'])
    .where('status', 'is', null)
    .where('progressed_at', '<', minutesAgo(minutes))
    .execute()
}

/** Gives up an unfinished upload, unless it has gone on since. */
export async function deleteStalledUpload(db: Kysely<Schema>, id: string, minutes: number): Promise<void> {
  await db
    .deleteFrom('upload')
    .where('id', '=', id)
    .where('status', 'is', null)
    .where('progressed_at', '<', minutesAgo(minutes))
    .execute()
}

/** The person's own upload; undefined for another's as for one that does not exist. */
export async function findUpload(db: Read<Schema>, subject: string, id: string): Promise<Upload | undefined> {
  return await db
    .selectFrom('upload')
    .selectAll()
    .where('id', '=', id)
    .where('subject', '=', subject)
    .executeTakeFirst()
}

/** An upload, whoever's it is. */
export async function findAnyUpload(db: Read<Schema>, id: string): Promise<Upload | undefined> {
  return await db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Keeps how the upload ended, so that whoever lost the answer can ask again. */
export async function finishUpload(
  db: Kysely<Schema>,
  id: string,
  answer: { status: number; body: unknown },
): Promise<void> {
  await db
    .updateTable('upload')
    .set({ status: answer.status, response: JSON.stringify(answer.body), finished_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

export async function deleteUpload(db: Kysely<Schema>, id: string): Promise<void> {
  await db.deleteFrom('upload').where('id', '=', id).execute()
}
