import { type Snapshot, snapshot as snapshotShape } from '@tasain/contracts'
import { sql } from 'kysely'
import type { BalancerRead, BalancerTx } from '../schema.ts'

/**
 * Whoever has recused themselves from a task has a conflict of interest with its person, from the moment it is known who
 * that is; one that has been ended stays so. @returns the persons of whom that is new.
 */
export async function bindRecusals(tx: BalancerTx, applicationIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ person: string }>`
    insert into conflict_of_interest (handler_id, applicant_index, ground, label, task_id)
    select distinct on (e.handler_id, t.applicant_index) e.handler_id, t.applicant_index, 'recusal', coalesce(e.note, ''), t.id
    from task t join task_event e on e.task_id = t.id and e.kind = 'recused'
    where t.application_id = any(${applicationIds}::uuid[]) and t.applicant_index is not null
    order by e.handler_id, t.applicant_index, e.id
    on conflict do nothing
    returning applicant_index as person`.execute(tx)
  return [...new Set(rows.map(({ person }) => person))]
}

/** The applications of these persons whose tasks are not finished. */
export async function listTasksOf(read: BalancerRead, applicants: readonly string[]): Promise<string[]> {
  const rows = await read
    .selectFrom('task')
    .select('application_id')
    .where(sql<boolean>`applicant_index = any(${applicants}::text[])`)
    .where('state', 'not in', ['decided', 'withdrawn'])
    .execute()
  return rows.map(({ application_id }) => application_id)
}

/** The newest snapshot of each application. */
export async function findLatestSnapshots(
  read: BalancerRead,
  applicationIds: readonly string[],
): Promise<Map<string, Snapshot>> {
  const rows = await read
    .selectFrom('handover')
    .distinctOn('application_id')
    .select(['application_id', 'snapshot'])
    .where(sql<boolean>`application_id = any(${applicationIds}::uuid[])`)
    .orderBy('application_id')
    .orderBy('version', 'desc')
    .execute()
  return new Map(rows.map(({ application_id, snapshot }) => [application_id, snapshotShape.parse(snapshot)]))
}
