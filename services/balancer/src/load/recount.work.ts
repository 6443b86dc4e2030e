import type { Database, Jobs, Log } from '@tasain/kit'
import type { Schema } from '../schema.ts'
import { correctOpenWork } from './open-work.store.ts'

export type Recounting = { database: Database<Schema>; log: Log }

/** Counts the whole nation's open work each night, beside the sums that are kept as it changes. */
export async function startRecounting(recounting: Recounting, jobs: Jobs): Promise<void> {
  await jobs.work('recount', 1, () => recountOnce(recounting))
  await jobs.schedule('recount', '23 3 * * *')
}

/** Sums that are wrong are set right, and since they should never be, an alarm is raised. */
export async function recountOnce({ database, log }: Recounting): Promise<void> {
  const wrong = await database.db.transaction().execute(correctOpenWork)
  if (wrong > 0) log.error({ alarm: 'miscounted_work', wrong }, 'sums of open work were not what a full count finds')
}
