import { type Kysely, sql } from 'kysely'

/** Finds the changes of one office among those of a whole nation's wave, and past those that were folded a moment ago. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index open_work_change_queue_key on open_work_change (queue_key)`.execute(db)
}
