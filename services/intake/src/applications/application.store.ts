import { type ApplicationState, type PageState, snapshot } from '@tasain/contracts'
import { sql } from 'kysely'
import type { IntakeTx } from '../schema.ts'
import type { Subject } from './application.ts'

/** Takes hold of an application until the transaction ends: its changes come one after another. */
export async function lockApplication(tx: IntakeTx, id: string) {
  return await tx.selectFrom('application').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
}

export async function listApplicationPages(tx: IntakeTx, id: string): Promise<{ id: string; state: PageState }[]> {
  return await tx
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .select(['page.id', 'page.state'])
    .where('page.application_id', '=', id)
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .execute()
}

export async function findCover(tx: IntakeTx, batchId: string) {
  return await tx
    .selectFrom('batch')
    .select(['benefit', 'language', 'arrived_on as arrivedOn'])
    .where('id', '=', batchId)
    .executeTakeFirstOrThrow()
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
