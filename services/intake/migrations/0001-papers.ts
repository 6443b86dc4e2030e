import { createHouseTables } from '@tasain/kit'
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createHouseTables(db)
  await createOffices(db)
  await createScans(db)
  await createApplications(db)
  await createReadings(db)
}

async function createOffices(db: Kysely<unknown>): Promise<void> {
  await sql`create table office (id text primary key, district text not null)`.execute(db)
  // Which office serves a postal code: the longest prefix that matches.
  await sql`
    create table serving_area (
      prefix text primary key check (prefix ~ '^[0-9]{0,5}$'),
      office text not null references office
    )`.execute(db)
  await sql`create index serving_area_office on serving_area (office)`.execute(db)
}

async function createScans(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table batch (
      id uuid primary key,
      number integer not null generated always as identity unique,
      office text not null,
      channel text not null,
      benefit text,
      language text,
      arrived_on date not null,
      sheets_counted integer check (sheets_counted between 1 and 10000),
      opened_by text not null,
      opened_at timestamptz not null default now(),
      closed_at timestamptz
    )`.execute(db)
  await sql`create index batch_office on batch (office, opened_at)`.execute(db)
  await sql`
    create table scan (
      id uuid primary key,
      batch_id uuid not null references batch,
      -- The batch's office, here too for the index of duplicates.
      office text not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      file_name text not null,
      media_type text not null,
      bytes integer not null check (bytes > 0),
      stored_by text not null,
      stored_at timestamptz not null default clock_timestamp(),
      duplicate_of uuid references scan,
      settled_as text check (settled_as in ('new', 'duplicate')),
      check (settled_as is null or duplicate_of is not null)
    )`.execute(db)
  await sql`create index scan_batch on scan (batch_id)`.execute(db)
  await sql`create index scan_duplicate_of on scan (duplicate_of) where duplicate_of is not null`.execute(db)
  await sql`create index scan_sha256 on scan (sha256)`.execute(db)
  await sql`create unique index scan_first_of_its_bytes on scan (office, sha256) where duplicate_of is null`.execute(db)
  // A resumable upload between its requests: whose it is, and how it ended.
  await sql`
    create table upload (
      id uuid primary key,
      subject text not null,
      batch_id uuid not null references batch,
      file_name text not null,
      idempotency_key text not null,
      bytes integer not null,
      opened_at timestamptz not null default now(),
      finished_at timestamptz,
      status smallint,
      response jsonb
    )`.execute(db)
  await sql`create index upload_batch on upload (batch_id)`.execute(db)
  await sql`create index upload_opened_at on upload (opened_at)`.execute(db)
}

async function createApplications(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table application (
      id uuid primary key,
      batch_id uuid not null references batch,
      state text not null check (state in ('reading', 'incomplete', 'unidentified', 'handed_over', 'withdrawn')),
      -- Grows with every change, so that a correction made on an older view is refused.
      version integer not null default 1,
      channel text not null,
      benefit text,
      language text,
      arrived_on date,
      due_on date,
      scanning_office text not null,
      home_office text not null,
      identified boolean not null default false,
      applicant_index text,
      restricted boolean not null default false,
      form_code text,
      form_confidence real,
      doubtful_fields integer not null default 0,
      stored_at timestamptz not null default clock_timestamp(),
      changed_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`create index application_batch on application (batch_id)`.execute(db)
  await sql`create index application_to_check on application (scanning_office, stored_at)
    where state in ('incomplete', 'unidentified') or doubtful_fields > 0`.execute(db)
  await sql`create index application_office on application (scanning_office, stored_at)`.execute(db)
  await sql`create index application_applicant on application (applicant_index) where applicant_index is not null`.execute(
    db,
  )
  await sql`
    create table page (
      id uuid primary key,
      scan_id uuid not null references scan,
      number integer not null check (number >= 1),
      application_id uuid references application,
      state text not null check (state in ('stored', 'read', 'set_aside', 'duplicate')),
      reason text,
      unique (scan_id, number),
      check ((state = 'set_aside') = (reason is not null)),
      check ((state = 'duplicate') = (application_id is null))
    )`.execute(db)
  await sql`create index page_application on page (application_id) where application_id is not null`.execute(db)
  await sql`
    create table handover (
      application_id uuid not null references application,
      version integer not null check (version >= 1),
      snapshot jsonb not null,
      -- The order in which rows were written; not the order in which their transactions end.
      written bigint not null generated always as identity,
      -- Given after the transaction has ended, so that readers by position never pass an open one.
      position bigint unique,
      made_at timestamptz not null default clock_timestamp(),
      primary key (application_id, version)
    )`.execute(db)
  await sql`create index handover_unplaced on handover (written) where position is null`.execute(db)
}

async function createReadings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reading (
      id uuid primary key,
      page_id uuid not null references page,
      engine text not null,
      latest boolean not null,
      width integer not null,
      height integer not null,
      rotation integer not null,
      skew real not null,
      blank boolean not null,
      confidence real not null,
      form jsonb,
      barcodes jsonb not null,
      -- Values shaped like an identity code are encrypted here and masked everywhere else.
      fields jsonb not null,
      words jsonb not null,
      text text not null,
      -- The text in lower case without foreign accents: what is searched.
      search_text text not null,
      search tsvector not null generated always as (to_tsvector('simple', search_text)) stored,
      read_at timestamptz not null default clock_timestamp(),
      unique (page_id, engine)
    )`.execute(db)
  await sql`create unique index reading_latest on reading (page_id) where latest`.execute(db)
  await sql`create index reading_search on reading using gin (search) where latest`.execute(db)
  await sql`create index reading_similar on reading using gin (search_text gin_trgm_ops) where latest`.execute(db)
  await sql`
    create table application_field (
      application_id uuid not null references application,
      name text not null,
      value text,
      cipher text,
      identity_index text,
      confidence real not null,
      status text not null check (status in ('sure', 'doubtful', 'invalid', 'missing')),
      page_id uuid references page,
      box jsonb,
      source text not null check (source in ('reading', 'cover', 'clerk')),
      primary key (application_id, name),
      check ((value is null) <> (cipher is null))
    )`.execute(db)
  await sql`create index application_field_page on application_field (page_id) where page_id is not null`.execute(db)
  await sql`
    create table correction (
      id uuid primary key,
      application_id uuid not null references application,
      version integer not null,
      name text not null,
      old_value text,
      old_cipher text,
      new_value text,
      new_cipher text,
      corrected_by text not null,
      corrected_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`create index correction_application on correction (application_id)`.execute(db)
  await forbidChanges(db, 'correction', 'update, delete, truncate')
  await forbidChanges(db, 'reading', 'delete, truncate')
  await forbidChanges(db, 'scan', 'delete, truncate')
  await forbidChanges(db, 'page', 'delete, truncate')
  await forbidChanges(db, 'handover', 'delete, truncate')
}

/** Takes rights from the working role: what must only grow, it cannot make smaller. */
async function forbidChanges(db: Kysely<unknown>, table: string, rights: string): Promise<void> {
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke ${sql.raw(rights)} on ${sql.raw(table)} from %I', app);
      end if;
    end $$`.execute(db)
}
