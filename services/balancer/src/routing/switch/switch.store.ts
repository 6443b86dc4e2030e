import type { Caller, PlanningState } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import type { BalancerRead, BalancerTx } from '../../schema.ts'

/** Where people have set the switch; it is on until somebody turns it off. */
export async function readSwitch(read: BalancerRead): Promise<PlanningState> {
  const latest = await read
    .selectFrom('planning_switch')
    .select(['allowed', 'reason', 'author_name', 'switched_at'])
    .orderBy('switched_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!latest) return { on: true, reason: null, by: null, at: null }
  return { on: latest.allowed, reason: latest.reason, by: latest.author_name, at: latest.switched_at.toISOString() }
}

export async function turnSwitch(
  tx: BalancerTx,
  { on, reason }: { on: boolean; reason: string },
  { subject, name }: Caller,
): Promise<void> {
  await tx
    .insertInto('planning_switch')
    .values({ id: newId(), allowed: on, reason, author_subject: subject, author_name: name })
    .execute()
}
