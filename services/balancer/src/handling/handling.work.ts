import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, type Database, type Jobs, type Log, repeat } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { noteArrivals } from '../load/arrivals.store.ts'
import { noteMidnight } from '../load/midnight.store.ts'
import { foldOpenWork } from '../load/open-work.store.ts'
import { listHeldAgainstRight } from '../receiving/person.store.ts'
import { findReservedUntil } from '../receiving/receive.ts'
import { reviewTasks } from '../receiving/receiving.store.ts'
import type { Schema } from '../schema.ts'
import { resumeOverdue } from './acts.store.ts'
import { freeExpired } from './claim.store.ts'

export type Tidying = { database: Database<Schema>; clock: Clock; log: Log; jobs: Jobs }

export const sweepMs = 5_000
/** Left to others between two of many pieces. */
const restMs = 20
const idempotencyDays = 7

/** Sweeps every few seconds, and each minute resumes work whose applicant did not answer in time. */
export async function startTidying(tidying: Tidying): Promise<{ stop: () => Promise<void> }> {
  const { database, log, jobs } = tidying
  await jobs.work('tidy', 1, () => tidyOnce(tidying))
  await jobs.schedule('tidy', '* * * * *')
  return repeat(log, sweepMs, () => sweepOnce(database), 'sweep')
}

/** What cannot wait for the minute: leases that ran out, and sums of open work that grow slow to read as changes gather. */
export async function sweepOnce({ db }: Pick<Database<Schema>, 'db'>): Promise<void> {
  await db.transaction().execute(freeExpired)
  while (await db.transaction().execute(foldOpenWork)) await sleep(restMs)
}

/** What the passing of time brings: deadlines of information requests, idempotency keys nobody will send again, a new day's sums. */
export async function tidyOnce({ database, clock }: Pick<Tidying, 'database' | 'clock'>): Promise<void> {
  const today = helsinkiDate(clock.now())
  await database.db.transaction().execute((tx) => resumeOverdue(tx, today, findReservedUntil(today)))
  await database.db.transaction().execute(async (tx) => {
    await reviewTasks(tx, await listHeldAgainstRight(tx), today)
  })
  await database.db
    .deleteFrom('idempotency_key')
    .where(sql<boolean>`created_at < now() - ${`${idempotencyDays} days`}::interval`)
    .execute()
  await database.db.deleteFrom('exclusion').where('until_on', '<', today).execute()
  await database.db.transaction().execute((tx) => noteMidnight(tx, today))
  await database.db.transaction().execute((tx) => noteArrivals(tx, today))
}
