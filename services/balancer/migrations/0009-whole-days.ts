import { type Kysely, sql } from 'kysely'

/**
 * Thresholds are whole days. Those that were written with parts of a day say what they have meant: the stricter whole
 * number; a limit for taking in that came to nothing is one day.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update rule_version v set value = v.value || jsonb_build_object('exportAboveDays', greatest(above, below + 1), 'importBelowDays', below)
    from (
      select rule_id, version, ceil((value->>'exportAboveDays')::numeric) as above,
        greatest(floor((value->>'importBelowDays')::numeric), 1) as below
      from rule_version where kind = 'threshold'
    ) whole
    where whole.rule_id = v.rule_id and whole.version = v.version`.execute(db)
}
