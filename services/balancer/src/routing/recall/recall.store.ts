import type { RecallReason } from '@tasain/contracts'
import { helsinkiDate, type IsoDate, newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { BalancerRead, BalancerTx } from '../../schema.ts'
import type { SentTask } from './recall.ts'

// Of the index task_sent: sent on by the planner, called back by nobody, and not begun.
const isSent = sql<boolean>`(t.state = 'open' and t.sends > 0 and t.recalls = 0 and not t.pinned and t.reserved_for is null)`

/** The queues in which work lies that was sent there and not begun. */
export async function listSentQueues(read: BalancerRead): Promise<number[]> {
  const { rows } = await sql<{ key: number }>`
    select distinct t.queue_key as key from task t where ${isSent}`.execute(read)
  return rows.map(({ key }) => key)
}

/** Work sent and not begun that lies in one of these queues or is past due, away from home: those queues first, then the most urgent. */
export async function listSentTasks(
  read: BalancerRead,
  queueKeys: readonly number[],
  today: IsoDate,
): Promise<(SentTask & { epoch: number })[]> {
  const { rows } = await sql<Omit<SentTask, 'sentOn'> & { epoch: number; sentAt: Date }>`
    select t.id, t.office_id as office, t.home_office_id as home, t.benefit, t.language, t.restricted, t.due_on as "dueOn",
      t.minutes, t.epoch, m.moved_at as "sentAt"
    from task t join move m on m.task_id = t.id and m.cause = 'plan'
    where ${isSent} and t.office_id <> t.home_office_id
      and (t.queue_key = any(${queueKeys}::int[]) or t.due_on < ${today}::date)
    order by t.queue_key = any(${queueKeys}::int[]) desc, t.due_on, t.id`.execute(read)
  return rows.map(({ sentAt, ...task }) => ({ ...task, sentOn: helsinkiDate(sentAt) }))
}

export type WantedRecall = {
  taskId: string
  epoch: number
  from: string
  home: string
  queueKey: number
  why: RecallReason
}

/** Calls tasks back home, each with its move written beside it; one that somebody has taken meanwhile stays. @returns how many. */
export async function applyRecalls(tx: BalancerTx, recalls: readonly WantedRecall[]): Promise<number> {
  const wanted = recalls.map((recall) => ({ ...recall, id: newId() }))
  const ids = recalls.map(({ taskId }) => taskId)
  const { rows } = await sql<{ recalled: number }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (id uuid, "taskId" uuid, epoch integer,
        "from" text, home text, "queueKey" integer, why text)
    ), locked as (
      select t.id as task_id, w.* from task t join wanted w on w."taskId" = t.id
      where t.id = any(${ids}::uuid[]) and ${isSent} and t.epoch = w.epoch and t.office_id = w."from" and t.home_office_id = w.home
      order by t.id for update of t skip locked
    ), recalled as (
      update task t set office_id = locked.home, queue_key = locked."queueKey", recalls = t.recalls + 1
      from locked where t.id = locked.task_id
      returning t.benefit, t.language, t.minutes, locked.*
    ), written as (
      insert into move (id, task_id, cause, from_office_id, to_office_id, benefit, language, minutes, rule_versions, note)
      select id, task_id, 'recall', "from", home, benefit, language, minutes, '{}', why from recalled
    )
    select count(*)::int as recalled from recalled`.execute(tx)
  return rows[0]?.recalled ?? 0
}
