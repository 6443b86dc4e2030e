import { type Kysely, sql } from 'kysely'

/** A filled page may carry a separator's code: reading says whether a page is such a sheet and nothing else. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reading add column sheet boolean not null default false`.execute(db)
  await sql`
    update reading set sheet = true
    where barcodes::text ~ 'TASAIN:(COVER|SEPARATOR)1|PATCHT'`.execute(db)
  await sql`
    alter table page
      drop constraint page_question_check,
      add constraint page_question_check check (question in ('blank', 'same_page', 'other_cover', 'separator'))`.execute(
    db,
  )
}
