import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table office add column name_fi text, add column name_sv text`.execute(db)
  await sql`
    alter table batch
      -- Whether the scanner took both sides: then each sheet that was counted is two pages.
      add column both_sides boolean not null default false,
      -- Why it was closed although the pages stored are not those counted in.
      add column closed_because text`.execute(db)
  // When the pages of the scan became documents; until then they are one stack, whose application is its first page's.
  await sql`alter table scan add column divided_at timestamptz`.execute(db)
  await sql`
    update scan set divided_at = stored_at
    where not exists (select from page where page.scan_id = scan.id and page.state in ('stored', 'duplicate'))`.execute(
    db,
  )
  await addPlaces(db)
  await createChanges(db)
}

async function addPlaces(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table page
      add column role text not null default 'page' check (role in ('page', 'cover', 'separator')),
      -- Of a cover sheet: what it says of the papers behind it, and whether that holds.
      add column cover jsonb,
      -- What a person is asked about the page, and how that was answered.
      add column question text check (question in ('blank', 'same_page', 'other_cover')),
      add column twin_id uuid references page,
      add column answer text check (answer in ('accepted', 'kept')),
      -- Why it is no page of its application, though it came with it: nothing is ever removed.
      add column left_out text check (left_out in ('blank', 'duplicate', 'set_aside')),
      -- Its place in its application, once a person has arranged them; the order of the paper until then.
      add column position integer,
      drop constraint page_check1,
      add constraint page_has_one_place check ((application_id is null) = (state = 'duplicate' or role <> 'page')),
      add constraint page_cover check ((role = 'cover') = (cover is not null)),
      add constraint page_twin check ((coalesce(question, '') = 'same_page') = (twin_id is not null)),
      add constraint page_answer check (answer is null or question is not null),
      add constraint page_left_out check (left_out is null or application_id is not null)`.execute(db)
  await sql`create index page_twin on page (twin_id) where twin_id is not null`.execute(db)
  await sql`create index page_question on page (scan_id) where question is not null and answer is null`.execute(db)
}

/** What clerks did to the pages of a batch, so that it can be undone; rows are only ever added. */
async function createChanges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table batch_change (
      id uuid primary key,
      batch_id uuid not null references batch,
      kind text not null,
      -- The places of the pages it touched, before and after.
      before jsonb not null,
      after jsonb not null,
      made_by text not null,
      made_at timestamptz not null default clock_timestamp(),
      undone_by text,
      undone_at timestamptz,
      check ((undone_by is null) = (undone_at is null))
    )`.execute(db)
  await sql`create index batch_change_batch on batch_change (batch_id, made_at)`.execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke delete, truncate on batch_change from %I', app);
      end if;
    end $$`.execute(db)
}
