import { type Kysely, sql } from 'kysely'

/** Requests to lift the protection of a restricted application: one person asks, another decides, and all of it is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table protection_lift (
      id uuid primary key,
      application_id uuid not null references application,
      reason text not null,
      asked_by_subject text not null,
      asked_by_name text not null,
      asked_at timestamptz not null default clock_timestamp(),
      outcome text check (outcome in ('approved', 'refused', 'withdrawn')),
      outcome_reason text,
      decided_by_subject text,
      decided_by_name text,
      decided_at timestamptz,
      check ((outcome is null) = (decided_at is null)),
      check ((outcome is null) = (decided_by_subject is null)),
      -- Four eyes: only a request taken back ends by the hand of whoever made it.
      check (outcome = 'withdrawn' or decided_by_subject <> asked_by_subject)
    )`.execute(db)
  await sql`create index protection_lift_application on protection_lift (application_id)`.execute(db)
  await sql`
    create unique index protection_lift_pending on protection_lift (application_id) where outcome is null`.execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke delete, truncate on protection_lift from %I', app);
      end if;
    end $$`.execute(db)
}
