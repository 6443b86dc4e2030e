import type { Caller } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import type { BalancerTx, TaskTable } from '../../schema.ts'

export type HandMove = { to: string; queueKey: number; reason: string; mover: Caller }

/** The task, locked until the transaction ends. */
export async function lockTask(tx: BalancerTx, taskId: string) {
  return await tx.selectFrom('task').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst()
}

/** Moves a locked task and journals it; from now on it is bound to where a person has put it. */
export async function moveByHand(
  tx: BalancerTx,
  task: Pick<TaskTable, 'id' | 'office_id' | 'benefit' | 'language' | 'minutes'>,
  { to, queueKey, reason, mover }: HandMove,
): Promise<void> {
  const place = { office_id: to, queue_key: queueKey, pinned: true, reserved_for: null, reserved_until_on: null }
  await tx.updateTable('task').set(place).where('id', '=', task.id).execute()
  const { benefit, language, minutes } = task
  await tx
    .insertInto('move')
    .values({
      id: newId(),
      plan_id: null,
      task_id: task.id,
      cause: 'person',
      from_office_id: task.office_id,
      to_office_id: to,
      benefit,
      language,
      minutes,
      rule_versions: [],
      reasons: null,
      note: reason,
      mover_subject: mover.subject,
      mover_name: mover.name,
    })
    .execute()
}
