import type { AlarmList, PlanStuck } from '@tasain/contracts'
import { type Benefit, benefits, type IsoDate, isBenefit, isLanguage, type Language } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { OfficePlace } from '../../offices/offices.store.ts'
import { benefitStep, officeStep, queueKey } from '../../receiving/queue-key.ts'
import type { BalancerRead } from '../../schema.ts'
import type { LateFrom } from './alarms.ts'

export type Late = AlarmList['late'][number]

/** Open work that has used up its share of the target time, by office and benefit, oldest first; of nobody under protection. */
export async function listLate(read: BalancerRead, dates: readonly LateFrom[], today: IsoDate): Promise<Late[]> {
  const limits = dates.map(({ benefit, until }) => ({ place: benefits.indexOf(benefit), until }))
  const { rows } = await sql<Omit<Late, 'benefit'> & { place: number }>`
    select o.id as office, l.place, sum(w.tasks)::int as tasks, min(w.due_on) as "oldestDueOn",
      coalesce(sum(w.tasks) filter (where w.due_on < ${today}::date), 0)::int as "pastDue"
    from (select queue_key, due_on, sum(tasks) as tasks from open_work_now group by queue_key, due_on) w
    join jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) as l (place integer, until date)
      on l.place = w.queue_key % ${officeStep} / ${benefitStep} and w.due_on <= l.until
    join office o on o.number = w.queue_key / ${officeStep}
    where w.tasks > 0 and w.queue_key % 2 = 0
    group by o.id, l.place order by "oldestDueOn", o.id, l.place`.execute(read)
  return rows.flatMap(({ place, ...row }) => {
    const benefit = benefits[place]
    return benefit === undefined ? [] : [{ ...row, benefit }]
  })
}

type Oldest = { oldestTask: string; oldestArrivedOn: IsoDate; oldestDueOn: IsoDate }
export type Stuck = AlarmList['stuck'][number] & { restricted: boolean }

/** What a plan could find nobody for, by kind and cause, each with the task that arrived first; what has gone since is left out. */
export async function findOldestStuck(
  read: BalancerRead,
  stuck: readonly PlanStuck[],
  places: readonly OfficePlace[],
): Promise<Stuck[]> {
  const numbers = new Map(places.map(({ id, number }) => [id, number]))
  const groups = Map.groupBy(stuck, ({ office, benefit, language, protected: restricted, cause }) =>
    JSON.stringify([office, benefit, language, restricted, cause.code]),
  )
  const kinds = [...groups.values()].flatMap((rows) => {
    const [first] = rows
    const officeNumber = first && numbers.get(first.office)
    if (!first || officeNumber === undefined || !isBenefit(first.benefit) || !isLanguage(first.language)) return []
    const { office, benefit, language, protected: restricted, cause } = first
    const tasks = rows.reduce((sum, row) => sum + row.tasks, 0)
    const rules = [...new Set(rows.flatMap((row) => row.cause.rules))]
    const key = queueKey({ officeNumber, benefit, language, restricted })
    return [{ office, benefit, language, restricted, cause: cause.code, rules, tasks, key }]
  })
  const asked = kinds.map(({ key, cause }, index) => ({ index, key, pinned: cause === 'pinned' }))
  const { rows } = await sql<Oldest & { index: number }>`
    select a.index, t.id as "oldestTask", t.arrived_on as "oldestArrivedOn", t.due_on as "oldestDueOn"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (index integer, key integer, pinned boolean)
    cross join lateral (
      select t.id, t.arrived_on, t.due_on from task t
      where t.queue_key = a.key and t.state = 'open' and t.identified and (not a.pinned or not t.movable)
      order by t.arrived_on, t.id limit 1
    ) t`.execute(read)
  const oldest = new Map(rows.map(({ index, ...task }) => [index, task]))
  return kinds.flatMap(({ key: _key, ...kind }, index) => {
    const task = oldest.get(index)
    return task ? [{ ...kind, ...task }] : []
  })
}

export type StuckRecusal = Oldest & {
  office: string
  benefit: Benefit
  language: Language
  restricted: boolean
  tasks: number
  cause: 'recused' | 'own_staff'
}

/**
 * Work from which every able handler in its office is kept by recusal, a conflict of interest or because its
 * person is their colleague, so that it waits for nobody.
 */
export async function listStuckByRecusal(read: BalancerRead): Promise<StuckRecusal[]> {
  const { rows } = await sql<StuckRecusal>`
    select t.office_id as office, t.benefit, t.language, t.restricted, count(*)::int as tasks,
      (array_agg(t.id order by t.arrived_on, t.id))[1] as "oldestTask", min(t.arrived_on) as "oldestArrivedOn",
      (array_agg(t.due_on order by t.arrived_on, t.id))[1] as "oldestDueOn",
      case when t.applicant_index in (select applicant_index from own_staff where ended_at is null)
        then 'own_staff' else 'recused' end as cause
    from task t
    where t.state = 'open' and t.identified
      and (t.id in (select task_id from exclusion where until_on is null)
        or t.applicant_index in (select applicant_index from conflict_of_interest where ended_at is null)
        or t.applicant_index in (select applicant_index from own_staff where ended_at is null))
      and not exists (
        select from handler h
        join handler_skill s on s.handler_id = h.id and s.benefit = t.benefit
        join handler_language l on l.handler_id = h.id and l.language = t.language
        where h.office_id = t.office_id and (h.cleared or not t.restricted)
          and not exists (select from exclusion e
            where e.task_id = t.id and e.handler_id = h.id and e.until_on is null)
          and not exists (select from conflict_of_interest c
            where c.handler_id = h.id and c.applicant_index = t.applicant_index and c.ended_at is null)
          and not exists (select from own_staff o
            where o.applicant_index = t.applicant_index and o.ended_at is null
              and (o.subject = h.subject or o.office_id = h.office_id)))
    group by 1, 2, 3, 4, cause order by 1, 2, 3, 4`.execute(read)
  return rows
}
