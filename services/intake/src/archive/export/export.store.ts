import type { Read } from '@tasain/kit'
import type { KeptWord, Schema } from '../../schema.ts'

export type StoredPage = {
  id: string
  number: number
  sha256: string
  mediaType: string
  /** What was last read from it; without words until the whole text has been read. */
  read: { width: number; height: number; rotation: number; skew: number; words: KeptWord[] } | null
}

/** Where the bytes of these pages lie and what was read from them, in the order asked for. */
export async function listStoredPages(db: Read<Schema>, ids: readonly string[]): Promise<StoredPage[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .leftJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.id', 'page.number', 'scan.sha256', 'scan.media_type'])
    .select(['reading.width', 'reading.height', 'reading.rotation', 'reading.skew', 'reading.words'])
    .where('page.id', 'in', ids)
    .execute()
  const places = new Map(ids.map((id, place) => [id, place]))
  const place = ({ id }: { id: string }) => places.get(id) ?? 0
  return rows
    .sort((one, other) => place(one) - place(other))
    .map(({ id, number, sha256, media_type, width, height, rotation, skew, words }) => ({
      id,
      number,
      sha256,
      mediaType: media_type,
      read: width && height ? { width, height, rotation: rotation ?? 0, skew: skew ?? 0, words: words ?? [] } : null,
    }))
}
