import type { Read } from '@tasain/kit'
import { sql } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'

export async function markSettled(tx: IntakeTx, scanId: string, as: 'new' | 'duplicate' | null): Promise<void> {
  await tx.updateTable('scan').set({ settled_as: as }).where('id', '=', scanId).execute()
}

/** Lets the pages of a duplicate count as an application's. @returns their ids, which now wait to be read. */
export async function admitDuplicate(tx: IntakeTx, scanId: string, applicationId: string): Promise<string[]> {
  const pages = await tx
    .updateTable('page')
    .set({ state: 'stored', application_id: applicationId, turn_at: null })
    .where('scan_id', '=', scanId)
    .where('state', '=', 'duplicate')
    .returning('id')
    .execute()
  return pages.map(({ id }) => id)
}

/** The applications that pages of a scan which could not be read belong to. */
export async function listApplicationsOf(db: Read<Schema>, scanId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('page')
    .select('application_id')
    .distinct()
    .where('scan_id', '=', scanId)
    .where('state', '=', 'set_aside')
    .execute()
  return rows.flatMap(({ application_id }) => application_id ?? [])
}

/** Lets pages that were set aside wait for reading once more. @returns their ids. */
export async function putBack(tx: IntakeTx, scanId: string): Promise<string[]> {
  const pages = await tx
    .updateTable('page')
    .set({ state: 'stored', reason: null, turn_at: null })
    .where('scan_id', '=', scanId)
    .where('state', '=', 'set_aside')
    .returning('id')
    .execute()
  return pages.map(({ id }) => id)
}

/**
 * What is not yet with the balancer is being read again; what is stays there. A single page that could not be read may turn
 * out to be a cover or a separator; of several the clerk may have arranged the others by now, and one left out stays left out.
 */
export async function reopenApplications(tx: IntakeTx, scanId: string): Promise<void> {
  await sql`
    update scan set divided_at = null
    where id = ${scanId} and (select count(*) from page where scan_id = scan.id) = 1
      and not exists (
        select from handover join page on page.application_id = handover.application_id
        where page.scan_id = scan.id)
      and not exists (select from page where page.scan_id = scan.id and page.left_out is not null)
      and not exists (
        select from page join page as other on other.application_id = page.application_id and other.id <> page.id
        where page.scan_id = scan.id)`.execute(tx)
  await sql`
    update application set state = 'reading', version = version + 1
    where state = 'incomplete' and id in (select application_id from page where scan_id = ${scanId})`.execute(tx)
}
