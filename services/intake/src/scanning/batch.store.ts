import type { Batch, CountSheets } from '@tasain/contracts'
import { type Read, refuse } from '@tasain/kit'
import { type InferResult, type Insertable, sql } from 'kysely'
import { isToCheck } from '../grant.store.ts'
import type { IntakeTx, Schema } from '../schema.ts'
import { noPages, type PageCounts, tallyPages } from './tally.ts'

const longestList = 200

export async function insertBatch(tx: IntakeTx, batch: Insertable<Schema['batch']>): Promise<void> {
  await tx.insertInto('batch').values(batch).execute()
}

/** The office's batches, newest first. */
export async function listBatches(db: Read<Schema>, office: string): Promise<Batch[]> {
  const rows = await selectBatches(db)
    .where('batch.office', '=', office)
    .orderBy('batch.opened_at', 'desc')
    .limit(longestList)
    .execute()
  return rows.map(describeBatch)
}

/** @throws request.not_found, also when the batch is another office's. */
export async function getBatch(db: Read<Schema>, office: string, id: string): Promise<Batch> {
  const row = await selectBatches(db).where('batch.office', '=', office).where('batch.id', '=', id).executeTakeFirst()
  if (!row) throw refuse('request.not_found')
  return describeBatch(row)
}

/** @throws request.not_found, batch.closed */
export async function assertOpenBatch(db: Read<Schema>, office: string, id: string): Promise<void> {
  const row = await db
    .selectFrom('batch')
    .select('closed_at')
    .where('office', '=', office)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw refuse('request.not_found')
  if (row.closed_at) throw refuse('batch.closed')
}

export async function isOpenBatch(db: Read<Schema>, id: string): Promise<boolean> {
  const row = await db.selectFrom('batch').select('closed_at').where('id', '=', id).executeTakeFirst()
  return row !== undefined && row.closed_at === null
}

/**
 * Closes the batch; closing it again changes nothing.
 * @throws batch.does_not_tally when other pages are stored than were counted in and nobody says why.
 */
export async function closeBatch(tx: IntakeTx, office: string, id: string, reason: string | undefined): Promise<void> {
  await lockBatch(tx, office, id)
  const { closedAt, tally } = await getBatch(tx, office, id)
  if (closedAt !== null) return
  const differs = (tally.difference ?? 0) !== 0
  if (differs && reason === undefined) throw refuse('batch.does_not_tally')
  await tx
    .updateTable('batch')
    .set({ closed_at: sql<Date>`now()`, closed_because: differs ? reason : null })
    .where('id', '=', id)
    .execute()
}

/** @throws request.not_found, batch.closed */
export async function recountSheets(
  tx: IntakeTx,
  office: string,
  id: string,
  { sheetsCounted, bothSides = false }: CountSheets,
): Promise<void> {
  const batch = await lockBatch(tx, office, id)
  if (!batch) throw refuse('request.not_found')
  if (batch.closed_at) throw refuse('batch.closed')
  await tx
    .updateTable('batch')
    .set({ sheets_counted: sheetsCounted, both_sides: bothSides })
    .where('id', '=', id)
    .execute()
}

/**
 * Removes a batch that holds nothing, with what is left of uploads into it that were refused.
 * @throws request.not_found, and batch.not_empty also while an upload is under way
 */
export async function discardBatch(tx: IntakeTx, office: string, id: string): Promise<void> {
  // Against everybody who is just beginning an upload into it, too.
  const batch = await selectBatch(tx, office, id).forUpdate().executeTakeFirst()
  if (!batch) throw refuse('request.not_found')
  const held = await tx
    .selectFrom('scan')
    .select('id')
    .where('batch_id', '=', id)
    .unionAll(tx.selectFrom('upload').select('id').where('batch_id', '=', id).where('status', 'is', null))
    .limit(1)
    .executeTakeFirst()
  if (held) throw refuse('batch.not_empty')
  await tx.deleteFrom('upload').where('batch_id', '=', id).execute()
  await tx.deleteFrom('batch').where('id', '=', id).execute()
}

/** Takes hold of the batch until the transaction ends, so that two uploads do not both take its last place. */
export async function lockBatch(tx: IntakeTx, office: string, id: string) {
  return await selectBatch(tx, office, id).forNoKeyUpdate().executeTakeFirst()
}

function selectBatch(tx: IntakeTx, office: string, id: string) {
  return tx.selectFrom('batch').selectAll().where('office', '=', office).where('id', '=', id)
}

export async function countPages(tx: IntakeTx, batchId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('scan.batch_id', '=', batchId)
    .executeTakeFirstOrThrow()
  return count
}

function selectBatches(db: Read<Schema>) {
  return db
    .selectFrom('batch')
    .selectAll('batch')
    .select((eb) => [
      eb
        .selectFrom('scan')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .whereRef('scan.batch_id', '=', 'batch.id')
        .as('scans'),
      eb
        .selectFrom('page')
        .innerJoin('scan', 'scan.id', 'page.scan_id')
        .select(
          sql<PageCounts>`json_build_object(
            'pages', count(*),
            'read', count(*) filter (where page.state = 'read'),
            'unreadable', count(*) filter (where page.state = 'set_aside'),
            'copies', count(*) filter (where page.state = 'duplicate'),
            'copiesSettled', count(*) filter (where page.state = 'duplicate' and scan.settled_as is not null),
            'asked', count(*) filter (where page.question is not null and page.answer is null),
            'covers', count(*) filter (where page.role = 'cover'),
            'separators', count(*) filter (where page.role = 'separator'),
            'blanks', count(*) filter (where page.left_out = 'blank'),
            'sameAgain', count(*) filter (where page.left_out = 'duplicate'),
            'setAside', count(*) filter (where page.left_out = 'set_aside'),
            'unread', count(*) filter (where page.application_id is not null and scan.divided_at is null),
            'inApplications', count(*) filter (
              where page.application_id is not null and page.left_out is null and scan.divided_at is not null))`.as(
            'counts',
          ),
        )
        .whereRef('scan.batch_id', '=', 'batch.id')
        .as('page_counts'),
      eb
        .selectFrom('application')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .whereRef('application.batch_id', '=', 'batch.id')
        .where(isToCheck)
        .as('to_check'),
    ])
}

function describeBatch(row: InferResult<ReturnType<typeof selectBatches>>[number]): Batch {
  const counts = row.page_counts ?? noPages
  return {
    id: row.id,
    number: row.number,
    office: row.office,
    channel: row.channel,
    benefit: row.benefit,
    language: row.language,
    arrivedOn: row.arrived_on,
    sheetsCounted: row.sheets_counted,
    bothSides: row.both_sides,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    closedBecause: row.closed_because,
    counts: {
      scans: row.scans ?? 0,
      pages: counts.pages,
      read: counts.read,
      setAside: counts.unreadable,
      duplicates: counts.copies,
      toCheck: row.to_check ?? 0,
      asked: counts.asked + counts.copies - counts.copiesSettled,
    },
    tally: tallyPages(row.sheets_counted, row.both_sides, counts),
  }
}

export async function getBatchRow(tx: IntakeTx, id: string) {
  return await tx.selectFrom('batch').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
