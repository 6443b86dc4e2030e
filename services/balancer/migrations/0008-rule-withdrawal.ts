import { type Kysely, sql } from 'kysely'

/** Drafts of rules that their author takes back before a second manager has approved them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rule_withdrawal (
      rule_id uuid not null,
      version integer not null,
      reason text not null,
      subject text not null,
      name text not null,
      withdrawn_at timestamptz not null default clock_timestamp(),
      primary key (rule_id, version),
      foreign key (rule_id, version) references rule_version
    )`.execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke update, delete, truncate on rule_withdrawal from %I', app);
      end if;
    end $$`.execute(db)
}
