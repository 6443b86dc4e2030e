import type { BatchChange } from '@tasain/contracts'
import type { Read } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { getBatchRow } from '../../scanning/batch.store.ts'
import { insertApplication } from '../../scanning/new-application.store.ts'
import type { IntakeTx, PagePlace, Schema } from '../../schema.ts'
import { isDecided } from '../../tasks/standing.store.ts'
import type { PlacedPage } from './arrange.ts'

/** The pages of a batch in the order of the paper, with what decides about moving them. */
export async function listPlacedPages(db: Read<Schema>, batchId: string): Promise<PlacedPage[]> {
  const rows = await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .leftJoin('application', 'application.id', 'page.application_id')
    .select(['page.id', 'page.application_id', 'page.position', 'page.answer', 'page.left_out', 'page.cover'])
    .select(['page.question', 'scan.divided_at', 'application.state', isDecided.as('isDecided')])
    .where('scan.batch_id', '=', batchId)
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .execute()
  return rows.map((row) => ({
    pageId: row.id,
    applicationId: row.application_id,
    position: row.position,
    answer: row.answer,
    leftOut: row.left_out,
    holds: row.cover?.holds ?? null,
    question: row.question,
    isDivided: row.divided_at !== null,
    isHandedOver: row.state === 'handed_over' || row.isDecided,
    isDecided: row.isDecided,
  }))
}

/** Makes applications of the ids that are none yet, and puts the pages where they belong. */
export async function writePlaces(tx: IntakeTx, batchId: string, places: readonly PagePlace[]): Promise<void> {
  const wanted = new Set(places.flatMap(({ applicationId }) => applicationId ?? []))
  for (const id of wanted) {
    const known = await tx.selectFrom('application').select('id').where('id', '=', id).executeTakeFirst()
    if (!known) await insertApplication(tx, id, await getBatchRow(tx, batchId))
  }
  for (const { pageId, applicationId, position, answer, leftOut, holds } of places)
    await tx
      .updateTable('page')
      .set({
        application_id: applicationId,
        position,
        answer,
        left_out: leftOut,
        ...(holds !== null && { cover: sql`jsonb_set(cover, '{holds}', to_jsonb(${holds}::boolean))` }),
      })
      .where('id', '=', pageId)
      .execute()
}

type Moves = { before: readonly PagePlace[]; after: readonly PagePlace[] }
type Change = Moves & { id: string; batchId: string; kind: BatchChange }

export async function insertChange(tx: IntakeTx, change: Change, subject: string): Promise<void> {
  await tx
    .insertInto('batch_change')
    .values({
      id: change.id,
      batch_id: change.batchId,
      kind: change.kind,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
      made_by: subject,
      undone_by: null,
      undone_at: null,
    })
    .execute()
}

export async function findChange(
  tx: IntakeTx,
  id: string,
): Promise<{ before: PagePlace[]; after: PagePlace[] } | undefined> {
  return await tx.selectFrom('batch_change').select(['before', 'after']).where('id', '=', id).executeTakeFirst()
}

export async function markUndone(tx: IntakeTx, id: string, subject: string): Promise<void> {
  await tx
    .updateTable('batch_change')
    .set({ undone_by: subject, undone_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

/**
 * Gives another id to applications that were taken back from the balancer for good and are to have pages again: all their
 * pages and what clerks settled go along, and earlier changes of the batch speak of the new one.
 * @returns the places with the ids that hold from now on.
 */
export async function reviveWithdrawn(tx: IntakeTx, batchId: string, plan: Moves): Promise<Moves> {
  const ids = plan.after.flatMap(({ applicationId, leftOut }) => (leftOut === null ? (applicationId ?? []) : []))
  if (ids.length === 0) return plan
  const gone = await tx
    .selectFrom('application')
    .select(['id', 'restricted'])
    .where('id', 'in', ids)
    .where('state', '=', 'withdrawn')
    .where((eb) =>
      eb.exists(eb.selectFrom('handover').select('version').whereRef('handover.application_id', '=', 'application.id')),
    )
    .execute()
  const heirs = new Map<string, string>()
  for (const { id, restricted } of gone) {
    const heir = newId()
    heirs.set(id, heir)
    await insertApplication(tx, heir, await getBatchRow(tx, batchId), restricted)
    await tx.updateTable('page').set({ application_id: heir }).where('application_id', '=', id).execute()
    await tx
      .updateTable('application_field')
      .set({ application_id: heir })
      .where('application_id', '=', id)
      .where('source', '=', 'clerk')
      .execute()
    await sql`
      update batch_change set
        before = replace(before::text, ${id}, ${heir})::jsonb, after = replace(after::text, ${id}, ${heir})::jsonb
      where batch_id = ${batchId} and undone_at is null`.execute(tx)
  }
  const rename = (place: PagePlace) => ({
    ...place,
    applicationId: heirs.get(place.applicationId ?? '') ?? place.applicationId,
  })
  return { before: plan.before.map(rename), after: plan.after.map(rename) }
}
