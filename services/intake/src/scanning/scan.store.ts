import type { BatchPage, ScanSummary } from '@tasain/contracts'
import { type Read, refuse, waitForLock } from '@tasain/kit'
import { type InferResult, sql } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'
import { lockBatch } from './batch.store.ts'

export type NewScan = {
  id: string
  batchId: string
  office: string
  sha256: string
  fileName: string
  mediaType: string
  bytes: number
  storedBy: string
  duplicateOf: string | null
}
export type NewPage = { id: string; number: number }

/**
 * The earlier scan of the same bytes in this office. Holds the place until the transaction ends, so that of two uploads
 * of the same bytes at the same moment one is the first.
 */
export async function findTwin(tx: IntakeTx, office: string, sha256: string): Promise<string | undefined> {
  await waitForLock(tx, 'same_bytes', `${office} ${sha256}`)
  const twin = await tx
    .selectFrom('scan')
    .select('id')
    .where('office', '=', office)
    .where('sha256', '=', sha256)
    .where('duplicate_of', 'is', null)
    .executeTakeFirst()
  return twin?.id
}

export async function insertScan(tx: IntakeTx, scan: NewScan): Promise<void> {
  await tx
    .insertInto('scan')
    .values({
      id: scan.id,
      batch_id: scan.batchId,
      office: scan.office,
      sha256: scan.sha256,
      file_name: scan.fileName,
      media_type: scan.mediaType,
      bytes: scan.bytes,
      stored_by: scan.storedBy,
      duplicate_of: scan.duplicateOf,
      settled_as: null,
    })
    .execute()
}

export async function insertPages(
  tx: IntakeTx,
  scanId: string,
  pages: readonly NewPage[],
  applicationId: string | null,
): Promise<void> {
  await tx
    .insertInto('page')
    .values(
      pages.map(({ id, number }) => ({
        id,
        number,
        scan_id: scanId,
        application_id: applicationId,
        state: applicationId === null ? ('duplicate' as const) : ('stored' as const),
        reason: null,
      })),
    )
    .execute()
}

export async function listScans(db: Read<Schema>, batchId: string): Promise<ScanSummary[]> {
  const rows = await selectScans(db).where('scan.batch_id', '=', batchId).orderBy('scan.stored_at').execute()
  return rows.map(describeScan)
}

export async function getScan(db: Read<Schema>, id: string): Promise<ScanSummary> {
  const row = await selectScans(db).where('scan.id', '=', id).executeTakeFirst()
  if (!row) throw refuse('request.not_found')
  return describeScan(row)
}

/**
 * Takes hold of a scan of the office until the transaction ends, and of its batch first, as everybody does who places pages.
 */
export async function lockScan(tx: IntakeTx, office: string, id: string) {
  const scan = tx.selectFrom('scan').where('office', '=', office).where('id', '=', id)
  const found = await scan.select('batch_id').executeTakeFirst()
  if (!found || !(await lockBatch(tx, office, found.batch_id))) return undefined
  return await scan.selectAll().forNoKeyUpdate().executeTakeFirst()
}

function selectScans(db: Read<Schema>) {
  return db
    .selectFrom('scan')
    .leftJoin('scan as twin', 'twin.id', 'scan.duplicate_of')
    .selectAll('scan')
    .select(['twin.batch_id as twin_batch_id', 'twin.stored_at as twin_stored_at'])
    .select((eb) =>
      eb
        .selectFrom('page')
        .select(
          sql<BatchPage[]>`json_agg(json_build_object(
            'id', page.id, 'number', page.number, 'state', page.state, 'reason', page.reason,
            'applicationId', page.application_id, 'role', page.role, 'cover', page.cover, 'question', page.question,
            'answer', page.answer, 'twinId', page.twin_id, 'leftOut', page.left_out) order by page.number)`.as('pages'),
        )
        .whereRef('page.scan_id', '=', 'scan.id')
        .as('pages'),
    )
}

function describeScan(row: InferResult<ReturnType<typeof selectScans>>[number]): ScanSummary {
  const pages = row.pages ?? []
  const { duplicate_of: scanId, twin_batch_id: batchId, twin_stored_at: storedAt } = row
  return {
    id: row.id,
    fileName: row.file_name,
    mediaType: row.media_type,
    bytes: row.bytes,
    storedAt: row.stored_at.toISOString(),
    pages,
    applicationId: pages.find(({ applicationId }) => applicationId !== null)?.applicationId ?? null,
    duplicateOf: scanId && batchId && storedAt ? { scanId, batchId, storedAt: storedAt.toISOString() } : null,
    settledAs: row.settled_as,
  }
}
