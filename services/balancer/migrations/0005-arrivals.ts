import { type Kysely, sql } from 'kysely'

/** Finds what came in lately. By ranges of pages, since each claim writes an entry into an ordinary index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index task_arrived_on on task using brin (arrived_on)`.execute(db)
}
