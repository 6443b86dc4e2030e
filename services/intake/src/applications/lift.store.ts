import type { Caller, LiftList, LiftOutcome, PendingLift } from '@tasain/contracts'
import type { Read } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { isOnTheDesk } from '../grant.store.ts'
import type { IntakeTx, Schema } from '../schema.ts'

/** The request to lift an application's protection that nobody has decided on, as this person sees it. */
export async function findPendingLift(
  db: Read<Schema>,
  applicationId: string,
  subject: string,
): Promise<PendingLift | undefined> {
  const row = await db
    .selectFrom('protection_lift')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  return row && { ...describeLift(row, subject), reason: row.reason }
}

/** Requests that wait in an office, of papers its clerks may look at, oldest first. */
export async function listPendingLifts(db: Read<Schema>, office: string, subject: string): Promise<LiftList['lifts']> {
  const rows = await db
    .selectFrom('protection_lift')
    .innerJoin('application', 'application.id', 'protection_lift.application_id')
    .innerJoin('batch', 'batch.id', 'application.batch_id')
    .select(['protection_lift.id', 'application_id', 'asked_by_subject', 'asked_by_name', 'asked_at'])
    .select(
      sql<string>`(select coalesce(min(scan.file_name), '') from page join scan on scan.id = page.scan_id
        where page.application_id = application.id and page.left_out is null)`.as('fileName'),
    )
    .where('outcome', 'is', null)
    .where('application.scanning_office', '=', office)
    .where(isOnTheDesk)
    .orderBy('asked_at')
    .orderBy('protection_lift.id')
    .execute()
  return rows.map((row) => ({
    ...describeLift(row, subject),
    applicationId: row.application_id,
    fileName: row.fileName,
  }))
}

type Asked = { id: string; asked_by_subject: string; asked_by_name: string; asked_at: Date }

function describeLift(row: Asked, subject: string): Omit<PendingLift, 'reason'> {
  return {
    id: row.id,
    askedBy: row.asked_by_name,
    askedAt: row.asked_at.toISOString(),
    isOwn: row.asked_by_subject === subject,
  }
}

export async function insertLift(tx: IntakeTx, applicationId: string, reason: string, by: Caller): Promise<void> {
  await tx
    .insertInto('protection_lift')
    .values({
      id: newId(),
      application_id: applicationId,
      reason,
      asked_by_subject: by.subject,
      asked_by_name: by.name,
    })
    .execute()
}

export type LiftDecision = { request: string; outcome: LiftOutcome; reason: string; by: Caller }

export async function endLift(tx: IntakeTx, { request, outcome, reason, by }: LiftDecision): Promise<void> {
  await tx
    .updateTable('protection_lift')
    .set({
      outcome,
      outcome_reason: reason,
      decided_by_subject: by.subject,
      decided_by_name: by.name,
      decided_at: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', request)
    .execute()
}
