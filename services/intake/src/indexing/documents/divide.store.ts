import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { getBatchRow } from '../../scanning/batch.store.ts'
import { insertApplication } from '../../scanning/new-application.store.ts'
import type { IntakeTx, KeptCover } from '../../schema.ts'
import { type Division, divideStack, type SeenPage } from './divide.ts'

/** The pages of a scan that are not documents yet; `isSeen`: none of them waits to be read any more. */
export type Stack = { scanId: string; batchId: string; applicationId: string; isSeen: boolean }

/** The stack that an application still is; undefined once its pages are documents. */
export async function findStack(tx: IntakeTx, applicationId: string): Promise<Stack | undefined> {
  const scan = await tx
    .selectFrom('scan')
    .select(['scan.id as scanId', 'scan.batch_id as batchId'])
    .select(
      sql<boolean>`not exists (select from page where page.scan_id = scan.id and page.state = 'stored')`.as('isSeen'),
    )
    .where('scan.divided_at', 'is', null)
    .where('scan.id', 'in', (eb) => eb.selectFrom('page').select('scan_id').where('application_id', '=', applicationId))
    .executeTakeFirst()
  return scan && { ...scan, applicationId }
}

/**
 * Makes documents of a stack that has been seen whole. Its first document is the application the stack has been so far, the
 * others become new ones; of a stack without any that application is left without pages.
 * @returns the ids of the applications whose pages changed, and of the pages in documents in their order.
 */
export async function divideSeenStack(
  tx: IntakeTx,
  stack: Stack,
): Promise<{ applications: string[]; pages: string[]; hasCover: boolean }> {
  const batch = await getBatchRow(tx, stack.batchId)
  const division = divideStack(await listSeenPages(tx, stack.scanId))
  await tx
    .updateTable('scan')
    .set({ divided_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', stack.scanId)
    .execute()
  await markSheets(tx, division, batch)
  const applications = [stack.applicationId]
  for (const pages of division.documents.slice(1)) {
    const id = newId()
    await insertApplication(tx, id, batch)
    await tx.updateTable('page').set({ application_id: id }).where('id', 'in', pages).execute()
    applications.push(id)
  }
  return { applications, pages: division.documents.flat(), hasCover: division.covers.length > 0 }
}

async function listSeenPages(tx: IntakeTx, scanId: string): Promise<SeenPage[]> {
  const rows = await tx
    .selectFrom('page')
    .leftJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.id', 'reading.barcodes', 'reading.form', 'reading.blank', 'reading.sheet'])
    .where('page.scan_id', '=', scanId)
    .orderBy('page.number')
    .execute()
  return rows.map(({ id, barcodes, form, blank, sheet }) => ({
    id,
    codes: (barcodes ?? []).flatMap((code) => (isCode(code) ? [code.text] : [])),
    form: form?.code ?? null,
    blank: blank ?? false,
    sheet: sheet ?? false,
  }))
}

function isCode(kept: unknown): kept is { text: string } {
  return typeof kept === 'object' && kept !== null && 'text' in kept && typeof kept.text === 'string'
}

async function markSheets(
  tx: IntakeTx,
  { covers, separators, doubtful }: Division,
  batch: { office: string; number: number },
): Promise<void> {
  if (separators.length > 0)
    await tx
      .updateTable('page')
      .set({ role: 'separator', application_id: null })
      .where('id', 'in', [...separators])
      .execute()
  if (doubtful.length > 0)
    await tx
      .updateTable('page')
      .set({ question: 'separator' })
      .where('id', 'in', [...doubtful])
      .execute()
  for (const { id, cover } of covers) {
    const holds = cover.office === batch.office && cover.batchNumber === batch.number
    const kept: KeptCover = { ...cover, holds }
    await tx
      .updateTable('page')
      .set({
        role: 'cover',
        application_id: null,
        cover: JSON.stringify(kept),
        question: holds ? null : 'other_cover',
      })
      .where('id', '=', id)
      .execute()
  }
}
