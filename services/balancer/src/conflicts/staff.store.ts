import type { Caller, OwnStaff } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { BalancerRead, BalancerTx } from '../schema.ts'

/** Own staff registered now in these offices, by label. */
export async function listStaff(read: BalancerRead, offices: readonly string[]): Promise<OwnStaff[]> {
  const rows = await read
    .selectFrom('own_staff')
    .select(['id', 'office_id', 'label', 'subject', 'registered_by_name', 'registered_at'])
    .where('ended_at', 'is', null)
    .where(sql<boolean>`office_id = any(${offices}::text[])`)
    .orderBy('label')
    .orderBy('id')
    .execute()
  return rows.map(({ office_id: office, registered_by_name: registeredBy, registered_at, ...row }) => ({
    ...row,
    office,
    registeredBy,
    registeredAt: registered_at.toISOString(),
  }))
}

export type NewStaff = { person: string; office: string; label: string; subject: string | null }

/** @returns its id; undefined when the person is registered already. */
export async function insertStaff(tx: BalancerTx, staff: NewStaff, by: Caller): Promise<string | undefined> {
  const { person, office, label, subject } = staff
  const inserted = await tx
    .insertInto('own_staff')
    .values({
      id: newId(),
      applicant_index: person,
      office_id: office,
      label,
      subject,
      registered_by_subject: by.subject,
      registered_by_name: by.name,
    })
    .onConflict((already) => already.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

/** An entry, locked until the transaction ends. */
export async function findStaff(tx: BalancerTx, id: string) {
  const row = await tx
    .selectFrom('own_staff')
    .select(['id', 'applicant_index as person', 'office_id as office', 'ended_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { id: row.id, person: row.person, office: row.office, hasEnded: row.ended_at !== null }
}

export async function endStaff(tx: BalancerTx, id: string, reason: string, by: Caller): Promise<void> {
  await tx
    .updateTable('own_staff')
    .set({
      ended_at: sql<Date>`clock_timestamp()`,
      ended_by_subject: by.subject,
      ended_by_name: by.name,
      end_reason: reason,
    })
    .where('id', '=', id)
    .execute()
}
