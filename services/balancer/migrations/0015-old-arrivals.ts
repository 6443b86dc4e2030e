import { type Kysely, sql } from 'kysely'

/** Work whose date of arrival cannot be is looked for with each plan: it is found without reading all the rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index task_open_arrived on task (arrived_on) where state in ('open', 'claimed')`.execute(db)
}
