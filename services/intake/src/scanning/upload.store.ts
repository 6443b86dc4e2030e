import type { Read } from '@tasain/kit'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from '../schema.ts'

export type Upload = Pick<
  Selectable<Schema['upload']>,
  'id' | 'subject' | 'batch_id' | 'file_name' | 'idempotency_key' | 'bytes' | 'status' | 'response'
>

export async function insertUpload(db: Kysely<Schema>, upload: Omit<Upload, 'status' | 'response'>): Promise<void> {
  await db
    .insertInto('upload')
    .values({ ...upload, finished_at: null, status: null, response: null })
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
