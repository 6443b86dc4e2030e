import type { Read } from '@tasain/kit'
import { isOnTheDesk } from '../../grant.store.ts'
import type { Paper } from '../../grant.ts'
import type { KeptWord, Schema } from '../../schema.ts'

export type StoredPage = {
  number: number
  sha256: string
  mediaType: string
  /** What was last read from it; without words until the whole text has been read. */
  read: { width: number; height: number; rotation: number; skew: number; words: KeptWord[] } | null
}

/** What decides who may have an application's pages; undefined when there is no such application. */
export async function findPaper(db: Read<Schema>, applicationId: string): Promise<Paper | undefined> {
  const row = await db
    .selectFrom('application')
    .innerJoin('batch', 'batch.id', 'application.batch_id')
    .select(['application.scanning_office as office', isOnTheDesk.as('onTheDesk'), 'restricted'])
    .where('application.id', '=', applicationId)
    .executeTakeFirst()
  return row && { ...row, applicationId }
}

/** Where the bytes of an application's pages lie and what was read from them, in their order, without those left out. */
export async function listStoredPages(db: Read<Schema>, applicationId: string): Promise<StoredPage[]> {
  const rows = await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .leftJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.number', 'scan.sha256', 'scan.media_type as mediaType'])
    .select(['reading.width', 'reading.height', 'reading.rotation', 'reading.skew', 'reading.words'])
    .where('page.application_id', '=', applicationId)
    .where('page.left_out', 'is', null)
    .orderBy('page.position')
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .execute()
  return rows.map(({ number, sha256, mediaType, width, height, rotation, skew, words }) => ({
    number,
    sha256,
    mediaType,
    read: width && height ? { width, height, rotation: rotation ?? 0, skew: skew ?? 0, words: words ?? [] } : null,
  }))
}
