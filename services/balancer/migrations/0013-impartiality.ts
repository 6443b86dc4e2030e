import { type Kysely, sql } from 'kysely'

/**
 * A conflict of interest says on what ground and in whose words it was declared, and can be ended with a reason; a recusal
 * binds all applications of its person, those of the past too. Own staff are registered with the office they work in. Of a
 * plan it is kept how many of the tasks that stayed behind are under protection, since not everybody may count them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table conflict_of_interest
      drop constraint conflict_of_interest_pkey,
      add column id uuid primary key default gen_random_uuid(),
      add column ground text not null default 'other'
        check (ground in ('own_matter', 'relative', 'representative', 'employment', 'other', 'recusal')),
      add column label text not null default '',
      -- The task from which the handler recused themselves.
      add column task_id uuid references task,
      add column declared_at timestamptz not null default clock_timestamp(),
      add column ended_at timestamptz,
      add column end_reason text,
      add constraint conflict_of_interest_end check ((ended_at is null) = (end_reason is null))`.execute(db)
  await sql`
    create unique index conflict_of_interest_open on conflict_of_interest (handler_id, applicant_index)
      where ended_at is null`.execute(db)
  await sql`
    create unique index conflict_of_interest_task on conflict_of_interest (task_id, handler_id, applicant_index)
      where task_id is not null`.execute(db)
  await sql`create index conflict_of_interest_handler on conflict_of_interest (handler_id)`.execute(db)
  await sql`
    create index conflict_of_interest_person on conflict_of_interest (applicant_index) where ended_at is null`.execute(
    db,
  )
  await sql`create index task_person on task (applicant_index) where applicant_index is not null`.execute(db)
  await sql`
    insert into conflict_of_interest (handler_id, applicant_index, ground, label, task_id, declared_at)
    select distinct on (e.handler_id, t.applicant_index) e.handler_id, t.applicant_index, 'recusal', coalesce(e.note, ''),
      t.id, e.happened_at
    from task_event e join task t on t.id = e.task_id
    where e.kind = 'recused' and e.handler_id is not null and t.applicant_index is not null
    order by e.handler_id, t.applicant_index, e.id
    on conflict do nothing`.execute(db)
  await createOwnStaff(db)
  await sql`
    alter table plan_outcome add column restricted_skipped integer not null default 0
      check (restricted_skipped >= 0)`.execute(db)
}

async function createOwnStaff(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table own_staff (
      id uuid primary key,
      applicant_index text not null,
      -- Who signs in, when they do; and the office whose people are their colleagues.
      subject text,
      office_id text not null references office,
      label text not null,
      registered_by_subject text not null,
      registered_by_name text not null,
      registered_at timestamptz not null default clock_timestamp(),
      ended_by_subject text,
      ended_by_name text,
      ended_at timestamptz,
      end_reason text,
      check ((ended_at is null) = (end_reason is null)),
      check ((ended_at is null) = (ended_by_subject is null))
    )`.execute(db)
  await sql`create unique index own_staff_person on own_staff (applicant_index) where ended_at is null`.execute(db)
  await sql`create index own_staff_office on own_staff (office_id)`.execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke delete, truncate on own_staff, conflict_of_interest from %I', app);
      end if;
    end $$`.execute(db)
}
