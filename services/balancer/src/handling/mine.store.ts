import type { TaskSummary } from '@tasain/contracts'
import { type IsoDate, startOfHelsinkiDay } from '@tasain/vocabulary'
import type { BalancerRead } from '../schema.ts'
import { summariseTask } from './held.ts'

/** A handler's tasks that wait for papers they asked for, the one due first first. */
export async function listAwaiting(read: BalancerRead, handlerId: string, today: IsoDate): Promise<TaskSummary[]> {
  const rows = await read
    .selectFrom('task')
    .selectAll()
    .where('reserved_for', '=', handlerId)
    .where('state', '=', 'awaiting_information')
    .orderBy('due_on')
    .orderBy('id')
    .execute()
  return rows.map((task) => summariseTask(task, today))
}

export async function countDecided(read: BalancerRead, handlerId: string, day: IsoDate): Promise<number> {
  const { decided } = await read
    .selectFrom('decision')
    .select(({ fn }) => fn.countAll<number>().as('decided'))
    .where('handler_id', '=', handlerId)
    .where('decided_at', '>=', startOfHelsinkiDay(day))
    .executeTakeFirstOrThrow()
  return decided
}
