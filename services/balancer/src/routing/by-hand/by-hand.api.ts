import { moveTask } from '@tasain/contracts'
import { type Clock, refuse } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { horizonOf } from '../../load/capacity.ts'
import { listHands } from '../../load/load.store.ts'
import { listPlaces, type OfficePlace } from '../../offices/offices.store.ts'
import { queueKey } from '../../receiving/queue-key.ts'
import { findObjection } from '../../rules/obey.ts'
import { listInForce, shareRules } from '../../rules/rules.store.ts'
import type { BalancerDoor, BalancerTx } from '../../schema.ts'
import { makeHandsCheck } from '../recall/recall.ts'
import { plannedDays } from '../snapshot.ts'
import { type LockedTask, lockTask, moveByHand } from './by-hand.store.ts'

/**
 * POST /tasks/:id/move: a manager moves work that lies in their district anywhere, and what is at home there back home.
 * Of people under protection they are told nothing, so such work is not there for them.
 */
export function mountMovingByHand(door: BalancerDoor, { clock }: { clock: Clock }): void {
  door.write('post', '/tasks/:id/move', 'task.move', { body: moveTask }, async (asked, tx) => {
    const { caller, body, params } = asked
    const today = helsinkiDate(clock.now())
    const task = await lockTask(tx, params['id'] ?? '')
    const places = new Map((await listPlaces(tx)).map((place) => [place.id, place]))
    const to = places.get(body.office)
    const isTheirs = (office: string) => places.get(office)?.district === caller.district
    if (!task || task.restricted || !(isTheirs(task.office_id) || isTheirs(task.home_office_id)))
      throw refuse('request.not_found')
    if (!to) throw refuse('rule.unknown_scope')
    if (!isTheirs(task.office_id) && to.id !== task.home_office_id) throw refuse('right.missing')
    if (task.state !== 'open' || !task.identified) throw refuse('task.not_waiting')
    if (task.office_id === to.id) throw refuse('task.is_there')
    await checkReceiver(tx, task, to, places, today)
    const { benefit, language, restricted } = task
    const key = queueKey({ officeNumber: to.number, benefit, language, restricted })
    await moveByHand(tx, task, { to: to.id, queueKey: key, reason: body.reason, mover: caller })
    const seen = { kind: 'task', id: task.id, applicationId: task.application_id, reason: body.reason }
    return { body: { id: task.id, office: to.id }, seen: [seen] }
  })
}

/** Somebody there must be able to do it, and no rule forbid the way; home is open to its own work. Queue days bind the planner alone. */
async function checkReceiver(
  tx: BalancerTx,
  task: LockedTask,
  to: OfficePlace,
  places: ReadonlyMap<string, OfficePlace>,
  today: string,
): Promise<void> {
  const hands = await listHands(tx, today, horizonOf(today, plannedDays))
  if (!makeHandsCheck(hands, today)({ ...task, office: to.id })) throw refuse('task.nobody_there')
  const from = places.get(task.office_id)
  if (!from || to.id === task.home_office_id) return
  await shareRules(tx)
  const rules = (await listInForce(tx, today)).filter(({ value }) => value.kind !== 'threshold')
  if (findObjection({ from, to, benefit: task.benefit }, rules, new Map()) !== undefined)
    throw refuse('task.rule_forbids')
}
