import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // An upload that has not gone on for long is given up.
  await sql`alter table upload add column progressed_at timestamptz not null default now()`.execute(db)
  await sql`create index upload_unfinished on upload (subject) where status is null`.execute(db)
  // When the page's turn to be read came, first for its fields and then for its text; empty while it waits for it. What waits
  // in the queue by now has had its turn.
  await sql`alter table page add column turn_at timestamptz`.execute(db)
  await sql`
    update page set turn_at = now()
    where state = 'stored'
      or exists (select from reading where page_id = page.id and latest and text_read_at is null)`.execute(db)
  await sql`create index page_for_turn on page (scan_id) where state = 'stored' and turn_at is null`.execute(db)
  await sql`create index reading_without_text on reading (page_id) where latest and text_read_at is null`.execute(db)
  // When somebody's page was last given a turn, by queue.
  await sql`
    create table reading_turn (
      queue text not null,
      office text not null,
      subject text not null,
      given_at timestamptz not null,
      primary key (queue, office, subject)
    )`.execute(db)
}
