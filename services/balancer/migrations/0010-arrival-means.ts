import { type Kysely, sql } from 'kysely'

/**
 * What came in lately, counted once a day for the planner: `arrival_count` says over how many working days, `arrival_sum`
 * holds tasks and minutes by the queue of the home office. Work that was loaded is told from work that came in. When work
 * was received is found by ranges of pages, as when it arrived is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table arrival_count (
      counted_on date primary key,
      working_days integer not null check (working_days >= 0)
    )`.execute(db)
  await sql`
    create table arrival_sum (
      counted_on date not null references arrival_count on delete cascade,
      queue_key integer not null,
      tasks integer not null check (tasks > 0),
      minutes integer not null check (minutes > 0),
      primary key (counted_on, queue_key)
    )`.execute(db)
  await sql`create index task_received_at on task using brin (received_at)`.execute(db)
  await sql`create index handover_loaded on handover (application_id) where position is null`.execute(db)
}
