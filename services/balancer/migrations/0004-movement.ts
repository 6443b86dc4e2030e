import { type Kysely, sql } from 'kysely'

/**
 * Recalls and moves by hand beside the planner's, what a plan holds back until it is planned again, the switch that people
 * stop levelling with, open minutes at midnight, and the records that plans are made again from, which are kept for a time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [tasks, moves, plans, days])
    for (const statement of part.split(';')) if (statement.trim() !== '') await sql.raw(statement).execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke update, delete, truncate on planning_switch from %I', app);
        execute format('revoke update, truncate on plan_record from %I', app);
      end if;
    end $$`.execute(db)
}

const tasks = `
  alter table task add column recalls smallint not null default 0 check (recalls between 0 and 1);
  create index task_sent on task (queue_key, due_on)
    where state = 'open' and sends > 0 and recalls = 0 and not pinned and reserved_for is null`

const moves = `
  alter table move alter column plan_id drop not null, alter column reasons drop not null,
    add column note text, add column mover_subject text, add column mover_name text,
    add check ((cause = 'plan') = (plan_id is not null)), add check ((cause = 'plan') = (reasons is not null)),
    add check ((cause = 'plan') = (note is null)),
    add check ((cause = 'person') = (mover_subject is not null and mover_name is not null));
  create unique index move_recalled_once on move (task_id) where cause = 'recall';
  create index move_planned on move (moved_at) include (from_office_id, to_office_id, minutes) where cause = 'plan'`

// A plan's figures are history. What it takes to make it again is large, and goes when it has been kept long enough.
const plans = `
  alter table plan drop column flows, drop column basis, drop column snapshot,
    add column held jsonb not null default '[]';
  create table plan_record (
    plan_id uuid primary key references plan,
    sends boolean not null,
    snapshot bytea not null,
    plan bytea not null
  );
  create table planning_switch (
    id uuid primary key,
    allowed boolean not null,
    reason text not null,
    author_subject text not null,
    author_name text not null,
    switched_at timestamptz not null default clock_timestamp()
  );
  create index planning_switch_switched_at on planning_switch (switched_at)`

const days = `
  create table office_midnight (
    office_id text not null references office,
    counted_on date not null,
    minutes integer not null,
    primary key (office_id, counted_on)
  )`
