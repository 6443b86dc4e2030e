import { createHouseTables } from '@tasain/kit'
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createHouseTables(db)
  await sql`
    create table session (
      id uuid primary key,
      -- Of the cookie's value only a keyed hash is kept: who reads this table cannot take over a session.
      token_hash bytea not null unique,
      subject text not null,
      person text not null,
      roles text[] not null check (cardinality(roles) > 0),
      office text,
      district text,
      language text not null check (language in ('fi', 'sv')),
      signed_in_at timestamptz not null default now(),
      seen_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index session_seen_at on session (seen_at)`.execute(db)
  await sql`create index session_signed_in_at on session (signed_in_at)`.execute(db)
}
