import { type Kysely, sql } from 'kysely'

/**
 * What ordered work a plan could not place is kept beside what is stuck. These details go with the record of their plan, as
 * those of plans without a record do here; a record stops being one of a plan that sends when in the end nothing went.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table plan add column unmet jsonb not null default '[]'`.execute(db)
  await sql`
    update plan set stuck = '[]', held = '[]'
    where (stuck <> '[]' or held <> '[]') and id not in (select plan_id from plan_record)
      and planned_at < (select max(planned_at) from plan)`.execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('grant update (stuck, held, unmet) on plan to %I', app);
        execute format('grant update (sends) on plan_record to %I', app);
      end if;
    end $$`.execute(db)
}
