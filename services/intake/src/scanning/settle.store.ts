import { sql } from 'kysely'
import type { IntakeTx } from '../schema.ts'

export async function markSettled(tx: IntakeTx, scanId: string, as: 'new' | 'duplicate'): Promise<void> {
  await tx.updateTable('scan').set({ settled_as: as }).where('id', '=', scanId).execute()
}

/** Lets the pages of a duplicate count as an application's. @returns their ids, which now wait to be read. */
export async function admitDuplicate(tx: IntakeTx, scanId: string, applicationId: string): Promise<string[]> {
  const pages = await tx
    .updateTable('page')
    .set({ state: 'stored', application_id: applicationId })
    .where('scan_id', '=', scanId)
    .where('state', '=', 'duplicate')
    .returning('id')
    .execute()
  return pages.map(({ id }) => id)
}

/** Lets pages that were set aside wait for reading once more. @returns their ids. */
export async function putBack(tx: IntakeTx, scanId: string): Promise<string[]> {
  const pages = await tx
    .updateTable('page')
    .set({ state: 'stored', reason: null })
    .where('scan_id', '=', scanId)
    .where('state', '=', 'set_aside')
    .returning('id')
    .execute()
  return pages.map(({ id }) => id)
}

/** What is not yet with the balancer is being read again; what is stays there. */
export async function reopenApplications(tx: IntakeTx, scanId: string): Promise<void> {
  await sql`
    update application set state = 'reading', version = version + 1
    where state = 'incomplete' and id in (select application_id from page where scan_id = ${scanId})`.execute(tx)
}
