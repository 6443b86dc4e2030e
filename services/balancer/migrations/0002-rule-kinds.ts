import { type Kysely, sql } from 'kysely'

/** Rules of every kind the planner knows, and the rules each sets aside where it holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rule_version drop constraint rule_version_kind_check`.execute(db)
  await sql`alter table rule_version add constraint rule_version_kind_check check (kind in ('export', 'import', 'accept',
    'reach', 'threshold', 'shareOut', 'shareIn', 'quota', 'blackout', 'weight'))`.execute(db)
  await sql`alter table rule_version add column lifts uuid[] not null default '{}'`.execute(db)
}
