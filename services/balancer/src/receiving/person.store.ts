import { type Snapshot, snapshot as snapshotShape } from '@tasain/contracts'
import { sql } from 'kysely'
import type { BalancerRead, BalancerTx } from '../schema.ts'

/**
 * Whoever has recused themselves from a task has a conflict of interest with its person, from the moment it is known who
 * that is; one that has been ended stays so, for every task they had recused themselves from until then.
 * @returns the persons of whom that is new.
 */
export async function bindRecusals(tx: BalancerTx, applicationIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ person: string }>`
    insert into conflict_of_interest (handler_id, applicant_index, ground, label, task_id)
    select distinct on (e.handler_id, t.applicant_index) e.handler_id, t.applicant_index, 'recusal', coalesce(e.note, ''), t.id
    from task t join task_event e on e.task_id = t.id and e.kind = 'recused'
    where t.application_id = any(${applicationIds}::uuid[]) and t.applicant_index is not null
      and not exists (select from conflict_of_interest c
        where c.handler_id = e.handler_id and c.applicant_index = t.applicant_index and c.ended_at >= e.happened_at)
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

/** The newest snapshot of each application; one that can no longer be read is left out. */
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
  return new Map(
    rows.flatMap(({ application_id, snapshot }) => {
      const read = snapshotShape.safeParse(snapshot)
      return read.success ? [[application_id, read.data] as const] : []
    }),
  )
}

/**
 * Persons a task of whom is in the hands of somebody who may not have it. A claim that was being made at the very moment at
 * which the conflict was written knew nothing of it yet.
 */
export async function listHeldAgainstRight(read: BalancerRead): Promise<string[]> {
  const { rows } = await sql<{ person: string }>`
    select distinct t.applicant_index as person from task t join handler h on h.id = t.claimed_by
    where t.state = 'claimed' and (
      exists (select from conflict_of_interest c
        where c.handler_id = h.id and c.applicant_index = t.applicant_index and c.ended_at is null)
      or exists (select from own_staff s
        where s.applicant_index = t.applicant_index and s.ended_at is null
          and (s.subject = h.subject or s.office_id = h.office_id)))`.execute(read)
  return rows.map(({ person }) => person)
}
