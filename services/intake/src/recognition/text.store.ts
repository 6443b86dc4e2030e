import type { Upright } from '@tasain/contracts'
import type { Read } from '@tasain/kit'
import type { Kysely } from 'kysely'
import type { KeptField, KeptForm, Schema } from '../schema.ts'
import type { describeText } from './kept-reading.store.ts'

export type TextToRead = {
  readingId: string
  number: number
  sha256: string
  mediaType: string
  rotation: Upright['rotation']
  skew: number
  form: KeptForm | null
  fields: Record<string, KeptField>
}

/** A page whose fields have been read and whose text has not; undefined when there is nothing left to do. */
export async function findTextToRead(db: Read<Schema>, pageId: string): Promise<TextToRead | undefined> {
  const row = await db
    .selectFrom('reading')
    .innerJoin('page', 'page.id', 'reading.page_id')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .select(['reading.id as readingId', 'page.number', 'scan.sha256', 'scan.media_type as mediaType'])
    .select(['reading.rotation', 'reading.skew', 'reading.form', 'reading.fields'])
    .where('reading.page_id', '=', pageId)
    .where('reading.latest', '=', true)
    .where('reading.text_read_at', 'is', null)
    .executeTakeFirst()
  return row && { ...row, rotation: row.rotation as Upright['rotation'] }
}

export async function areFieldsWaiting(db: Read<Schema>): Promise<boolean> {
  const waiting = await db.selectFrom('page').select('id').where('state', '=', 'stored').limit(1).execute()
  return waiting.length > 0
}

/** Keeps the text of a reading, or that it has none. What had been kept before stays. */
export async function keepText(
  db: Kysely<Schema>,
  readingId: string,
  text: ReturnType<typeof describeText> | undefined,
): Promise<void> {
  await db
    .updateTable('reading')
    .set({ ...text, text_read_at: new Date() })
    .where('id', '=', readingId)
    .where('text_read_at', 'is', null)
    .execute()
}
