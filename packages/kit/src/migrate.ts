import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { connect } from './database.ts'
import type { Log } from './log.ts'

export type Migrations = Record<string, Migration>

/**
 * Brings a schema up to date as its owner role. Safe to run from several processes at once.
 * @throws when a migration fails, or when the database is newer than this code.
 */
export async function migrate(options: {
  ownerUrl: string
  schema: string
  migrations: Migrations
  log: Log
}): Promise<string[]> {
  const { db, close } = connect<unknown>({ url: options.ownerUrl, schema: options.schema, log: options.log, max: 2 })
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(options.migrations) },
      migrationTableSchema: options.schema,
      migrationTableName: 'schema_migration',
      migrationLockTableName: 'schema_migration_lock',
    })
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw error instanceof Error ? error : new Error('a migration failed', { cause: error })
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await close()
  }
}

/** The tables that every house has: idempotency keys, the access log and its seals. */
export async function createHouseTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table idempotency_key (
      key text not null,
      subject text not null,
      request_hash text not null,
      status smallint,
      response jsonb,
      created_at timestamptz not null default now(),
      primary key (subject, key)
    )`.execute(db)
  await sql`create index idempotency_key_created_at on idempotency_key (created_at)`.execute(db)
  await sql`
    create table access_entry (
      id uuid primary key,
      seen_at timestamptz not null default clock_timestamp(),
      subject text not null,
      person text not null,
      office text,
      action text not null,
      object_kind text not null,
      object_id text not null,
      application_id uuid,
      reason text,
      mac bytea not null
    )`.execute(db)
  await sql`create index access_entry_application on access_entry (application_id) where application_id is not null`.execute(
    db,
  )
  await sql`create index access_entry_seen_at on access_entry (seen_at)`.execute(db)
  await sql`create index access_entry_subject on access_entry (subject, seen_at)`.execute(db)
  await sql`
    create table access_seal (
      position bigint primary key,
      entry_id uuid not null unique,
      sealed_at timestamptz not null default clock_timestamp(),
      hash bytea not null
    )`.execute(db)
  // Sealed entries are history: the working role may add to it and read it, never change it. (No foreign key from seal
  // to entry: a deleted entry must stay visible as a seal without one.)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke update, delete, truncate on access_entry, access_seal from %I', app);
      end if;
    end $$`.execute(db)
}

/**
 * Makes the seals of the access log keyed from here on, and refuses a seal that does not follow another: whoever may only
 * add seals could else put one anywhere.
 */
export async function keyAccessSeals(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The last seal without a key. The service signs this row once; without its signature every seal must be keyed.
    create table access_seal_start (
      singleton boolean primary key default true check (singleton),
      position bigint not null,
      hash bytea not null,
      mac bytea
    )`.execute(db)
  await sql`
    insert into access_seal_start (position, hash)
    select coalesce(max(position), 0), coalesce(
      (select hash from access_seal order by position desc limit 1), decode(repeat('00', 32), 'hex'))
    from access_seal`.execute(db)
  await sql`
    create function refuse_loose_seal() returns trigger language plpgsql set search_path from current as $$ begin
      if exists (
        select from added where position <> 1
          and not exists (select from access_seal before where before.position = added.position - 1)
      ) then
        raise exception 'a seal of the access log must follow the one before it';
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger access_seal_follows after insert on access_seal
    referencing new table as added for each statement execute function refuse_loose_seal()`.execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke insert, update, delete, truncate on access_seal_start from %I', app);
        execute format('grant update (mac) on access_seal_start to %I', app);
      end if;
    end $$`.execute(db)
}

/** What `hashIdempotencyKey` makes of a text, in SQL. */
export function hashedKey(column: string) {
  const hash = sql`encode(sha256(convert_to(${sql.ref(column)}, 'UTF8')), 'base64')`
  return sql<string>`rtrim(translate(${hash}, '+/', '-_'), '=')`
}

/** Kysely types of the tables that `createHouseTables` and `keyAccessSeals` make. */
export type HouseTables = {
  idempotency_key: {
    key: string
    subject: string
    request_hash: string
    status: number | null
    response: unknown
    created_at: Date | undefined
  }
  access_entry: {
    id: string
    seen_at: Date
    subject: string
    person: string
    office: string | null
    action: string
    object_kind: string
    object_id: string
    application_id: string | null
    reason: string | null
    mac: Buffer
  }
  access_seal: { position: number; entry_id: string; sealed_at: Date | undefined; hash: Buffer }
  access_seal_start: { singleton: boolean | undefined; position: number; hash: Buffer; mac: Buffer | null }
}
