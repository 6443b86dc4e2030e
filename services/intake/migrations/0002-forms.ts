import { type Kysely, sql } from 'kysely'

/** Forms that people make at the desk, beside those that ship with the product. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table form (
      id uuid primary key,
      state text not null check (state in ('draft', 'published', 'withdrawn')),
      -- Grows with every change, so that a change made on an older view is refused.
      edition integer not null default 1,
      -- As far as it has been filled in; from here it is published.
      draft jsonb not null,
      -- What pages are read by, once published.
      definition jsonb,
      code text,
      version text,
      made_by text not null,
      made_at timestamptz not null default clock_timestamp(),
      changed_by text not null,
      changed_at timestamptz not null default clock_timestamp(),
      published_by text,
      published_at timestamptz,
      withdrawn_by text,
      withdrawn_at timestamptz,
      check ((state = 'draft') = (definition is null)),
      check ((state = 'draft') = (published_at is null)),
      check ((state = 'withdrawn') = (withdrawn_at is not null))
    )`.execute(db)
  await sql`create unique index form_published on form (upper(code), version) where state = 'published'`.execute(db)
  // The upright picture of the blank form, and the words printed on it.
  await sql`
    create table form_blank (
      form_id uuid primary key references form on delete cascade,
      image bytea not null check (octet_length(image) <= 8000000),
      words jsonb not null
    )`.execute(db)
  // One row: it grows whenever the published forms change, so that every process sees that they have.
  await sql`
    create table form_shelf (
      is_only boolean primary key default true check (is_only),
      revision bigint not null
    )`.execute(db)
  await sql`insert into form_shelf (revision) values (1)`.execute(db)
}
