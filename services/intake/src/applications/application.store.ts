import { type ApplicationState, type PageQuestion, type PageState, snapshot } from '@tasain/contracts'
import type { Read } from '@tasain/kit'
import { sql } from 'kysely'
import type { Cover } from '../indexing/fields.ts'
import type { IntakeTx, Schema } from '../schema.ts'
import type { Subject } from './application.ts'

/** Takes hold of an application until the transaction ends: its changes come one after another. */
export async function lockApplication(tx: IntakeTx, id: string) {
  return await tx.selectFrom('application').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
}

/** Takes hold of all applications of a batch, so that none is corrected and handed over while its pages are moved. */
export async function lockApplications(tx: IntakeTx, batchId: string): Promise<void> {
  await tx
    .selectFrom('application')
    .select('id')
    .where('batch_id', '=', batchId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/** Whether the balancer may have a task of one of the batch's applications. */
export async function hasHandedOver(db: Read<Schema>, batchId: string): Promise<boolean> {
  const found = await db
    .selectFrom('application')
    .innerJoin('handover', 'handover.application_id', 'application.id')
    .select('application.id')
    .where('application.batch_id', '=', batchId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Whether one of them is under non-disclosure: then pages of it may make known where somebody lives. */
export async function isAnyRestricted(tx: IntakeTx, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false
  const found = await tx
    .selectFrom('application')
    .select('id')
    .where('id', 'in', [...ids])
    .where('restricted', '=', true)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export type ApplicationPage = { id: string; state: PageState; asked: PageQuestion | null }

/** The pages of an application in their order, without those left out, with what is asked about them. */
export async function listApplicationPages(tx: IntakeTx, id: string): Promise<ApplicationPage[]> {
  return await tx
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .select(['page.id', 'page.state'])
    .select(sql<PageQuestion | null>`case when page.answer is null then page.question end`.as('asked'))
    .where('page.application_id', '=', id)
    .where('page.left_out', 'is', null)
    .orderBy('page.position')
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .execute()
}

/** Applications of the batch that still lack something. */
export async function listIncomplete(tx: IntakeTx, batchId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('application')
    .select('id')
    .where('batch_id', '=', batchId)
    .where('state', '=', 'incomplete')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * What is known of an application from its batch, and from the cover sheet before its first page. A cover that was made for
 * another office or batch says nothing until a clerk has answered; one that does not hold is as if it were not there.
 */
export async function findCover(tx: IntakeTx, application: { id: string; batch_id: string }): Promise<Cover> {
  const batch = await tx
    .selectFrom('batch')
    .select(['benefit', 'language', 'arrived_on as arrivedOn'])
    .where('id', '=', application.batch_id)
    .executeTakeFirstOrThrow()
  const sheet = await findCoverSheet(tx, application)
  if (!sheet) return batch
  const { holds, benefit, language } = sheet
  if (!holds) return { benefit: null, language: null, arrivedOn: batch.arrivedOn }
  return { benefit: benefit ?? batch.benefit, language: language ?? batch.language, arrivedOn: batch.arrivedOn }
}

async function findCoverSheet(tx: IntakeTx, application: { id: string; batch_id: string }) {
  const found = await tx
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .select('page.cover')
    .where('scan.batch_id', '=', application.batch_id)
    .where('page.role', '=', 'cover')
    .where(sql<boolean>`page.answer is distinct from 'kept'`)
    .where(
      sql<boolean>`(scan.stored_at, page.number) < (
        select scan.stored_at, page.number from page join scan on scan.id = page.scan_id
        where page.application_id = ${application.id} order by scan.stored_at, page.number limit 1)`,
    )
    .orderBy('scan.stored_at', 'desc')
    .orderBy('page.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.cover ?? undefined
}

export async function updateApplication(
  tx: IntakeTx,
  id: string,
  change: {
    subject: Subject
    state: ApplicationState
    homeOffice: string
    restricted: boolean
    doubtful: number
    form: { code: string; confidence: number } | null
  },
): Promise<void> {
  const { subject, form } = change
  await tx
    .updateTable('application')
    .set({
      state: change.state,
      version: sql<number>`version + 1`,
      benefit: subject.benefit,
      language: subject.language,
      arrived_on: subject.arrivedOn,
      due_on: subject.dueOn,
      home_office: change.homeOffice,
      identified: subject.identified,
      applicant_index: subject.applicantIndex,
      restricted: change.restricted,
      form_code: form?.code ?? null,
      form_confidence: form?.confidence ?? null,
      doubtful_fields: change.doubtful,
      changed_at: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', id)
    .execute()
}

export async function setRestricted(tx: IntakeTx, id: string, restricted: boolean): Promise<void> {
  await tx
    .updateTable('application')
    .set({ restricted, version: sql<number>`version + 1`, changed_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

/** An application that no page is left of; what clerks settled in it is kept, should its pages come back. */
export async function withdrawApplication(tx: IntakeTx, id: string): Promise<void> {
  await tx
    .updateTable('application')
    .set({
      state: 'withdrawn',
      version: sql<number>`version + 1`,
      doubtful_fields: 0,
      changed_at: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', id)
    .where('state', '<>', 'withdrawn')
    .execute()
}

/** The newest snapshot that was handed over. */
export async function findLastSnapshot(tx: IntakeTx, applicationId: string) {
  const row = await tx
    .selectFrom('handover')
    .select('snapshot')
    .where('application_id', '=', applicationId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && snapshot.parse(row.snapshot)
}
