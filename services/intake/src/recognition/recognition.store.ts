import type { ReadingFailure } from '@tasain/contracts'
import type { Read } from '@tasain/kit'
import type { IntakeTx, Schema } from '../schema.ts'

export type PageToRead = { number: number; sha256: string; mediaType: string }

/** Where the page's bytes lie; undefined when it does not wait for reading. */
export async function findPageToRead(db: Read<Schema>, pageId: string): Promise<PageToRead | undefined> {
  return await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .select(['page.number', 'scan.sha256', 'scan.media_type as mediaType'])
    .where('page.id', '=', pageId)
    .where('page.state', '=', 'stored')
    .executeTakeFirst()
}

/**
 * Settles a page that waits for reading, once however often its job is delivered. Pages of one batch are settled one after
 * another, whoever reads them: whether a stack has been seen whole is then known to the last of them.
 * @returns the application it belongs to; undefined when it had been settled before.
 */
export async function settlePage(
  tx: IntakeTx,
  pageId: string,
  result: { state: 'read' } | { state: 'set_aside'; reason: ReadingFailure },
): Promise<string | undefined> {
  await lockBatchOf(tx, pageId)
  const settled = await tx
    .updateTable('page')
    // Its next turn is for its text.
    .set({ state: result.state, reason: result.state === 'set_aside' ? result.reason : null, turn_at: null })
    .where('id', '=', pageId)
    .where('state', '=', 'stored')
    .returning('application_id')
    .executeTakeFirst()
  return settled?.application_id ?? undefined
}

async function lockBatchOf(tx: IntakeTx, pageId: string): Promise<void> {
  await tx
    .selectFrom('batch')
    .select('batch.id')
    .where('batch.id', '=', (eb) =>
      eb
        .selectFrom('page')
        .innerJoin('scan', 'scan.id', 'page.scan_id')
        .select('scan.batch_id')
        .where('page.id', '=', pageId),
    )
    .forNoKeyUpdate()
    .execute()
}
