import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table draft (
      subject text not null,
      kind text not null check (kind ~ '^[a-z-]{1,40}$'),
      -- A UUID or the word for what is not there yet: nothing that could be an identity code.
      object_id text not null check (object_id ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|new)$'),
      writer uuid not null,
      sequence integer not null check (sequence > 0),
      -- Encrypted, together with whose it is and what it is about.
      body text not null check (body like 'v1.%'),
      saved_at timestamptz not null default now(),
      primary key (subject, kind, object_id)
    )`.execute(db)
  await sql`create index draft_subject_saved_at on draft (subject, saved_at)`.execute(db)
  await sql`create index draft_saved_at on draft (saved_at)`.execute(db)
}
