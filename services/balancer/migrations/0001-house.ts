import { createHouseTables } from '@tasain/kit'
import { type Kysely, sql } from 'kysely'

/** The balancer's first tables, in the order the paper walks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createHouseTables(db)
  for (const part of [places, people, receiving, tasks, rules, plans, handling])
    for (const statement of part.split(';')) if (statement.trim() !== '') await sql.raw(statement).execute(db)
  await protectHistory(db)
}

const places = `
  create table region (
    id text primary key,
    name_fi text not null,
    name_sv text not null
  );
  create table district (
    id text primary key,
    region_id text not null references region,
    name_fi text not null,
    name_sv text not null
  );
  create index district_region on district (region_id);
  create table office (
    id text primary key,
    district_id text not null references district,
    number integer not null unique check (number between 1 and 9999),
    name_fi text not null,
    name_sv text not null,
    lat double precision not null,
    lon double precision not null
  );
  create index office_district on office (district_id);
  create table benefit_effort (
    benefit text primary key,
    minutes integer not null check (minutes > 0)
  )`

const people = `
  create table handler (
    id uuid primary key,
    subject text not null unique,
    name text not null,
    office_id text not null references office,
    cleared boolean not null default false,
    minutes_per_day integer not null check (minutes_per_day >= 0)
  );
  create index handler_office on handler (office_id);
  create table handler_skill (
    handler_id uuid not null references handler,
    benefit text not null,
    primary key (handler_id, benefit)
  );
  create table handler_language (
    handler_id uuid not null references handler,
    language text not null check (language in ('fi', 'sv')),
    primary key (handler_id, language)
  );
  create table absence (
    id uuid primary key,
    handler_id uuid not null references handler,
    from_on date not null,
    to_on date not null check (to_on >= from_on),
    unique (handler_id, from_on)
  );
  create table conflict_of_interest (
    handler_id uuid not null references handler,
    applicant_index text not null,
    primary key (handler_id, applicant_index)
  )`

const receiving = `
  create table receiving_cursor (
    id smallint primary key default 1 check (id = 1),
    position bigint not null default 0,
    moved_at timestamptz not null default now()
  );
  insert into receiving_cursor default values;
  create table handover (
    application_id uuid not null,
    version integer not null,
    position bigint,
    snapshot jsonb not null,
    received_at timestamptz not null default now(),
    primary key (application_id, version)
  )`

// A claim changes `state`, so it writes an entry into every whole index of the table: whole are only the two that keep ids
// unique, and the references to offices are kept by the code that writes them. The free space lets a page hold both versions of a row.
const tasks = `
  create table task (
    id uuid primary key,
    application_id uuid not null unique,
    version integer not null,
    channel text not null,
    benefit text not null,
    language text not null,
    arrived_on date not null,
    due_on date not null,
    minutes integer not null check (minutes > 0),
    home_office_id text not null,
    office_id text not null,
    queue_key integer not null,
    identified boolean not null,
    applicant_index text,
    restricted boolean not null,
    pages integer not null default 0,
    state text not null default 'open'
      check (state in ('open', 'claimed', 'awaiting_information', 'decided', 'withdrawn')),
    pinned boolean not null default false,
    sends smallint not null default 0,
    epoch integer not null default 0,
    claimed_by uuid,
    lease_ends_at timestamptz,
    reserved_for uuid,
    reserved_until_on date,
    received_at timestamptz not null default now(),
    check ((state = 'claimed') = (claimed_by is not null and lease_ends_at is not null))
  ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
  create index task_waiting on task (queue_key, due_on, id) where state = 'open' and identified;
  create index task_leased on task (lease_ends_at) where state = 'claimed';
  create index task_reserved on task (reserved_for) where reserved_for is not null;
  create table task_event (
    id uuid primary key,
    task_id uuid not null references task,
    kind text not null check (kind in ('received', 'identified', 'returned', 'information_requested', 'recused', 'decided', 'withdrawn')),
    office_id text not null,
    handler_id uuid,
    note text,
    happened_at timestamptz not null default clock_timestamp()
  );
  create index task_event_task on task_event (task_id)`

const rules = `
  create table rule (
    id uuid primary key,
    written_at timestamptz not null default now()
  );
  create table rule_version (
    rule_id uuid not null references rule,
    version integer not null check (version >= 1),
    kind text not null check (kind in ('export', 'import', 'accept', 'threshold', 'reach')),
    scope_kind text not null check (scope_kind in ('office', 'district', 'region', 'nation')),
    scope_id text not null,
    value jsonb not null,
    from_on date not null,
    to_on date check (to_on >= from_on),
    ends boolean not null default false,
    needs_approval boolean not null,
    reason text not null,
    author_subject text not null,
    author_name text not null,
    written_at timestamptz not null default clock_timestamp(),
    primary key (rule_id, version)
  );
  create table rule_approval (
    rule_id uuid not null,
    version integer not null,
    subject text not null,
    name text not null,
    approved_at timestamptz not null default clock_timestamp(),
    primary key (rule_id, version),
    foreign key (rule_id, version) references rule_version
  )`

const plans = `
  create table plan (
    id uuid primary key,
    planned_at timestamptz not null default clock_timestamp(),
    snapshot_hash text not null,
    engine text not null,
    objective double precision not null,
    bound double precision not null,
    gap double precision not null,
    ms integer not null,
    flows jsonb not null,
    stuck jsonb not null,
    basis jsonb not null,
    snapshot bytea
  );
  create index plan_planned_at on plan (planned_at);
  create table plan_outcome (
    plan_id uuid primary key references plan,
    moved integer not null,
    skipped integer not null,
    applied_at timestamptz not null default clock_timestamp()
  );
  create table move (
    id uuid primary key,
    plan_id uuid not null references plan,
    task_id uuid not null references task,
    cause text not null default 'plan' check (cause in ('plan', 'recall', 'person')),
    from_office_id text not null references office,
    to_office_id text not null references office,
    benefit text not null,
    language text not null,
    minutes integer not null,
    rule_versions text[] not null,
    reasons jsonb not null,
    moved_at timestamptz not null default clock_timestamp()
  );
  create index move_plan on move (plan_id);
  create index move_task on move (task_id);
  create unique index move_once on move (task_id) where cause = 'plan';
  create index move_from on move (from_office_id, moved_at);
  create index move_to on move (to_office_id, moved_at)`

const handling = `
  create table reservation (
    task_id uuid not null references task,
    epoch integer not null,
    handler_id uuid not null references handler,
    office_id text not null,
    claimed_at timestamptz not null,
    lease_ends_at timestamptz not null,
    request_key text,
    ended_at timestamptz,
    ended_as text check (ended_as in ('decided', 'returned', 'information_requested', 'recused', 'lease_lost', 'withdrawn')),
    primary key (task_id, epoch),
    check ((ended_at is null) = (ended_as is null))
  ) with (fillfactor = 90);
  create unique index reservation_held on reservation (handler_id) where ended_at is null;
  create index reservation_handler on reservation (handler_id, claimed_at);
  create table decision (
    task_id uuid primary key references task,
    epoch integer not null,
    handler_id uuid not null references handler,
    outcome text not null check (outcome in ('granted', 'partly_granted', 'rejected', 'dismissed')),
    grounds text not null,
    decided_at timestamptz not null default now()
  );
  create index decision_handler on decision (handler_id, decided_at);
  create table information_request (
    id uuid primary key,
    task_id uuid not null references task,
    handler_id uuid not null references handler,
    requested_on date not null,
    deadline_on date not null,
    missing text[] not null,
    note text not null,
    papers_on date,
    closed_at timestamptz
  );
  create index information_request_task on information_request (task_id);
  create index information_request_handler on information_request (handler_id);
  create index information_request_waiting on information_request (deadline_on) where closed_at is null;
  create table exclusion (
    task_id uuid not null references task,
    handler_id uuid not null references handler,
    until_on date,
    primary key (task_id, handler_id)
  );
  create index exclusion_handler on exclusion (handler_id)`

/** What is history the working role may add to and read, never change. */
async function protectHistory(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke update, delete, truncate on handover, task_event, rule, rule_version, rule_approval, plan, plan_outcome, move, decision from %I', app);
      end if;
    end $$`.execute(db)
}
