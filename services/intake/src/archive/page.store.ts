import type { Read } from '@tasain/kit'
import { isOnTheDesk } from '../grant.store.ts'
import type { Paper } from '../grant.ts'
import type { KeptWord, Schema } from '../schema.ts'

export type StoredPage = {
  number: number
  sha256: string
  mediaType: string
  paper: Paper
  /** How to show it upright; what has not been read is shown as it lies. */
  view: { rotation: number; skew: number; reading: string | null }
}

export async function findPage(db: Read<Schema>, id: string): Promise<StoredPage | undefined> {
  const row = await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .innerJoin('batch', 'batch.id', 'scan.batch_id')
    .leftJoin('application', 'application.id', 'page.application_id')
    .leftJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.number', 'page.application_id', 'scan.sha256', 'scan.media_type', 'scan.office'])
    .select(['reading.id as reading', 'reading.rotation', 'reading.skew', isOnTheDesk.as('onTheDesk')])
    .select('application.restricted')
    .where('page.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      number: row.number,
      sha256: row.sha256,
      mediaType: row.media_type,
      paper: {
        office: row.office,
        applicationId: row.application_id,
        onTheDesk: row.onTheDesk,
        restricted: row.restricted ?? false,
      },
      view: { rotation: row.rotation ?? 0, skew: row.skew ?? 0, reading: row.reading },
    }
  )
}

export type PageWords = { text: string; words: KeptWord[]; width: number; height: number }

/** The masked text of a page with its words' places; undefined when it has not been read. */
export async function findPageText(db: Read<Schema>, id: string): Promise<PageWords | undefined> {
  return await db
    .selectFrom('reading')
    .select(['text', 'words', 'width', 'height'])
    .where('page_id', '=', id)
    .where('latest', '=', true)
    .executeTakeFirst()
}

export type StoredScan = {
  sha256: string
  mediaType: string
  bytes: number
  fileName: string
  /** The one application that all its pages belong to, if it is one. */
  paper: Paper
}

export async function findScan(db: Read<Schema>, id: string): Promise<StoredScan | undefined> {
  const rows = await db
    .selectFrom('scan')
    .innerJoin('batch', 'batch.id', 'scan.batch_id')
    .innerJoin('page', 'page.scan_id', 'scan.id')
    .leftJoin('application', 'application.id', 'page.application_id')
    .select(['scan.sha256', 'scan.media_type as mediaType', 'scan.bytes', 'scan.file_name as fileName', 'scan.office'])
    .select(['application.id as applicationId', 'application.restricted', isOnTheDesk.as('onTheDesk')])
    .distinct()
    .where('scan.id', '=', id)
    .execute()
  if (!rows[0]) return undefined
  const { office, applicationId, onTheDesk: _onTheDesk, restricted: _restricted, ...scan } = rows[0]
  const paper = {
    office,
    applicationId: rows.length === 1 ? applicationId : null,
    onTheDesk: rows.every((row) => row.onTheDesk),
    restricted: rows.some((row) => row.restricted === true),
  }
  return { ...scan, paper }
}
