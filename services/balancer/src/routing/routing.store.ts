import type { IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { listMeanArrivals } from '../load/arrivals.store.ts'
import { horizonOf } from '../load/capacity.ts'
import { listHands } from '../load/load.store.ts'
import { listMidnight } from '../load/midnight.store.ts'
import { listOpenCounts } from '../load/open-work.store.ts'
import { listPlaces } from '../offices/offices.store.ts'
import type { Version } from '../rules/rule.ts'
import { listInForce } from '../rules/rules.store.ts'
import type { BalancerRead } from '../schema.ts'
import type { Sent } from './limits.ts'
import { isLimit } from './limits.ts'
import { listSent } from './moving.store.ts'
import { leaveOut } from './set-aside/leave-out.ts'
import { listSetAside } from './set-aside/set-aside.store.ts'
import { listSoundPlaces } from './set-aside/set-aside.ts'
import { type PlanInput, plannedDays } from './snapshot.ts'

/** Everything a plan is made from, as of one moment when `read` is a transaction that sees one. */
export async function readPlanInput(read: BalancerRead, today: IsoDate): Promise<PlanInput> {
  const places = listSoundPlaces(await listPlaces(read))
  const hands = await listHands(read, today, horizonOf(today, plannedDays))
  const rules = await listInForce(read, today)
  const work = await listOpenCounts(read)
  const arrivals = await listMeanArrivals(read)
  const midnight = await listMidnight(read, today)
  const sent = await listSentIfLimited(read, rules, today)
  const setAside = await listSetAside(read, work, places, today)
  return leaveOut({ today, places, hands, work, arrivals, rules, midnight, sent, setAside })
}

/** What has been sent, when some rule in force limits that. */
export async function listSentIfLimited(
  read: BalancerRead,
  rules: readonly Version[],
  today: IsoDate,
): Promise<Sent[]> {
  return rules.some(isLimit) ? await listSent(read, today) : []
}

/** Grows with every version and approval of a rule that is written. */
export async function countRuleWrites(read: BalancerRead): Promise<number> {
  const { rows } = await sql<{ writes: number }>`
    select (select count(*) from rule_version)::int + (select count(*) from rule_approval)::int as writes`.execute(read)
  return rows[0]?.writes ?? 0
}
