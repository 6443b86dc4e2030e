import type { IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { officeStep } from '../receiving/queue-key.ts'
import type { BalancerRead } from '../schema.ts'
import type { Hands } from './capacity.ts'

/** Every handler with the absences between two days. */
export async function listHands(read: BalancerRead, from: IsoDate, to: IsoDate): Promise<Hands[]> {
  const { rows } = await sql<Hands>`
    select h.id, h.office_id as "officeId", h.cleared, h.minutes_per_day as "minutesPerDay",
      array(select benefit from handler_skill where handler_id = h.id order by benefit) as benefits,
      array(select language from handler_language where handler_id = h.id order by language) as languages,
      coalesce((select jsonb_agg(jsonb_build_object('from', a.from_on, 'to', a.to_on)) from absence a
        where a.handler_id = h.id and a.to_on >= ${from}::date and a.from_on <= ${to}::date), '[]') as absences
    from handler h order by h.id`.execute(read)
  return rows
}

export type OpenWork = { office: string; tasks: number; minutes: number; pastDue: number }

/** Whether figures count restricted work: of every answer alike, or it could be found by subtraction. */
export type Counted = { restricted: boolean }

/** Work lying in each office, in hands or not; what awaits papers is not counted. */
export async function listOpenWork(read: BalancerRead, today: IsoDate, { restricted }: Counted): Promise<OpenWork[]> {
  const { rows } = await sql<OpenWork>`
    select o.id as office, sum(w.tasks)::float8 as tasks, sum(w.minutes)::float8 as minutes,
      coalesce(sum(w.tasks) filter (where w.due_on < ${today}::date), 0)::float8 as "pastDue"
    from open_work_now w join office o on o.number = w.queue_key / ${officeStep}
    where ${restricted} or w.queue_key % 2 = 0 group by o.id`.execute(read)
  return rows
}
