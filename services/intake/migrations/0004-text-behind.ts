import { type Kysely, sql } from 'kysely'

/** The fields of a page are read first and its text behind them: until then `text_read_at` is empty. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reading add column text_read_at timestamptz`.execute(db)
  await sql`update reading set text_read_at = read_at`.execute(db)
  await sql`create index page_waiting on page (id) where state = 'stored'`.execute(db)
}
