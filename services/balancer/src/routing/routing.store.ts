import type { IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { horizonOf } from '../load/capacity.ts'
import { listHands } from '../load/load.store.ts'
import { listMidnight } from '../load/midnight.store.ts'
import { listOpenCounts } from '../load/open-work.store.ts'
import { listPlaces } from '../offices/offices.store.ts'
import type { Version } from '../rules/rule.ts'
import { listInForce } from '../rules/rules.store.ts'
import type { BalancerRead, TaskTable } from '../schema.ts'
import type { Sent } from './limits.ts'
import { isLimit } from './limits.ts'
import { listSent } from './moving.store.ts'
import { listWork, type PlanInput, plannedDays } from './snapshot.ts'

/** Everything a plan is made from, as of one moment when `read` is a transaction that sees one. */
export async function readPlanInput(read: BalancerRead, today: IsoDate): Promise<PlanInput> {
  const places = await listPlaces(read)
  const hands = await listHands(read, today, horizonOf(today, plannedDays))
  const rules = await listInForce(read, today)
  const work = listWork(await listOpenCounts(read), places)
  const midnight = await listMidnight(read, today)
  return { today, places, hands, work, rules, midnight, sent: await listSentIfLimited(read, rules, today) }
}

/** What has been sent, when some rule in force limits that. */
export async function listSentIfLimited(
  read: BalancerRead,
  rules: readonly Version[],
  today: IsoDate,
): Promise<Sent[]> {
  return rules.some(isLimit) ? await listSent(read, today) : []
}

export type StuckRecusal = Pick<TaskTable, 'benefit' | 'language'> & { office: string; tasks: number }

/** Work from which every able handler in its office is kept by recusal or a conflict of interest, so that it waits for nobody. */
export async function listStuckByRecusal(read: BalancerRead): Promise<StuckRecusal[]> {
  const { rows } = await sql<StuckRecusal>`
    select t.office_id as office, t.benefit, t.language, count(*)::int as tasks from task t
    where t.state = 'open' and t.identified
      and (t.id in (select task_id from exclusion where until_on is null)
        or t.applicant_index in (select applicant_index from conflict_of_interest))
      and not exists (
        select from handler h
        join handler_skill s on s.handler_id = h.id and s.benefit = t.benefit
        join handler_language l on l.handler_id = h.id and l.language = t.language
        where h.office_id = t.office_id and (h.cleared or not t.restricted)
          and not exists (select from exclusion e
            where e.task_id = t.id and e.handler_id = h.id and e.until_on is null)
          and not exists (select from conflict_of_interest c
            where c.handler_id = h.id and c.applicant_index = t.applicant_index))
    group by 1, 2, 3 order by 1, 2, 3`.execute(read)
  return rows
}
