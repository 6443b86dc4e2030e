import { type Kysely, sql } from 'kysely'

/** How the task of each application stands at the balancer, by its events as far as the cursor. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table task_standing (
      application_id uuid primary key references application,
      state text not null check (state in ('open', 'claimed', 'awaiting_information', 'decided', 'withdrawn')),
      epoch integer not null,
      -- The subject of the handler who holds it.
      holder text,
      outcome text,
      decided_at timestamptz,
      -- Of the event last applied.
      position bigint not null,
      check ((state = 'claimed') = (holder is not null)),
      check ((state = 'decided') = (decided_at is not null)),
      check ((state = 'decided') = (outcome is not null))
    )`.execute(db)
  await sql`
    create table task_event_cursor (
      id smallint primary key default 1 check (id = 1),
      position bigint not null default 0,
      moved_at timestamptz not null default now()
    )`.execute(db)
  await sql`insert into task_event_cursor default values`.execute(db)
}
