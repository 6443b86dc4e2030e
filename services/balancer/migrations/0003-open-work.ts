import { type Kysely, sql } from 'kysely'

/**
 * Open work counted as it changes, so that nobody has to count the whole nation: `open_work` holds the sums by queue and
 * due date, `open_work_change` what has come and gone since they were last brought up to date. Changes are only ever
 * added, one row a statement and group: two handlers who claim in one queue never wait for a sum.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table task add column movable boolean not null generated always as
      (state = 'open' and identified and not pinned and sends = 0 and reserved_for is null) stored`.execute(db)
  await sql`
    create table open_work (
      queue_key integer not null,
      due_on date not null,
      tasks integer not null,
      minutes integer not null,
      waiting integer not null,
      movable_tasks integer not null,
      movable_minutes integer not null,
      primary key (queue_key, due_on)
    ) with (fillfactor = 80)`.execute(db)
  await sql`
    create table open_work_change (
      id bigint generated always as identity primary key,
      queue_key integer not null,
      due_on date not null,
      tasks integer not null,
      minutes integer not null,
      waiting integer not null,
      movable_tasks integer not null,
      movable_minutes integer not null
    )`.execute(db)
  await sql`
    create view open_work_now as
      select queue_key, due_on, tasks, minutes, waiting, movable_tasks, movable_minutes from open_work
      union all
      select queue_key, due_on, tasks, minutes, waiting, movable_tasks, movable_minutes from open_work_change`.execute(
    db,
  )
  await countChanges(db)
  await sql`
    insert into open_work
      select queue_key, due_on, count(*), sum(minutes), count(*) filter (where state = 'open' and identified),
        count(*) filter (where movable), coalesce(sum(minutes) filter (where movable), 0)
      from task where state in ('open', 'claimed') group by queue_key, due_on`.execute(db)
}

/** Triggers on `task` that write down what each statement adds to the open work and takes from it. */
async function countChanges(db: Kysely<unknown>): Promise<void> {
  const rows = (table: 'new_task' | 'old_task', sign: 1 | -1) =>
    `select queue_key, due_on, ${sign} as one, minutes, state = 'open' and identified as waiting, movable
     from ${table} where state in ('open', 'claimed')`
  const write = (changed: string) => `
    insert into open_work_change (queue_key, due_on, tasks, minutes, waiting, movable_tasks, movable_minutes)
    select * from (
      select queue_key, due_on, sum(one) as tasks, sum(one * minutes) as minutes,
        coalesce(sum(one) filter (where waiting), 0) as waiting, coalesce(sum(one) filter (where movable), 0) as movable_tasks,
        coalesce(sum(one * minutes) filter (where movable), 0) as movable_minutes
      from (${changed}) changed group by queue_key, due_on
    ) summed
    where tasks <> 0 or minutes <> 0 or waiting <> 0 or movable_tasks <> 0 or movable_minutes <> 0`
  const triggers = [
    { on: 'insert', tables: 'new table as new_task', changed: rows('new_task', 1) },
    {
      on: 'update',
      tables: 'new table as new_task old table as old_task',
      changed: `${rows('new_task', 1)} union all ${rows('old_task', -1)}`,
    },
    { on: 'delete', tables: 'old table as old_task', changed: rows('old_task', -1) },
  ]
  for (const { on, tables, changed } of triggers) {
    await sql
      .raw(`
        create function count_task_${on}() returns trigger language plpgsql set search_path from current as $$
        begin ${write(changed)}; return null; end $$`)
      .execute(db)
    await sql
      .raw(`
        create trigger count_open_work_${on} after ${on} on task referencing ${tables}
        for each statement execute function count_task_${on}()`)
      .execute(db)
  }
}
