import { type Caller, moveTask, type TaskReceivers } from '@tasain/contracts'
import { type Clock, refuse } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { horizonOf } from '../../load/capacity.ts'
import { listHands } from '../../load/load.store.ts'
import { listPlaces, type OfficePlace } from '../../offices/offices.store.ts'
import { queueKey } from '../../receiving/queue-key.ts'
import { findTask, type StoredTask } from '../../receiving/task.store.ts'
import { findObjection } from '../../rules/obey.ts'
import { listInForce, shareRules } from '../../rules/rules.store.ts'
import type { BalancerDoor, BalancerRead } from '../../schema.ts'
import { makeHandsCheck } from '../recall/recall.ts'
import { plannedDays } from '../snapshot.ts'
import { lockTask, moveByHand } from './by-hand.store.ts'

type Hindrance = TaskReceivers['offices'][number]['hindrance']

/**
 * POST /tasks/:id/move: a manager moves work that lies in their district anywhere, and what is at home there back home;
 * GET /tasks/:id/receivers tells where that is. Of people under protection they are told nothing, so such work is not
 * there for them.
 */
export function mountMovingByHand(door: BalancerDoor, { clock }: { clock: Clock }): void {
  door.list('/tasks/:id/receivers', 'task.move', {}, async ({ caller, params }, read): Promise<TaskReceivers> => {
    const places = await listPlaces(read)
    const task = getTheirs(await findTask(read, params['id'] ?? ''), places, caller)
    const find = await makeHindranceFinder(read, task, places, helsinkiDate(clock.now()))
    const open = places.filter((to) => to.id !== task.office_id && mayMove(task, to, places, caller))
    return { offices: open.map((to) => ({ office: to.id, hindrance: find(to) })) }
  })
  door.write('post', '/tasks/:id/move', 'task.move', { body: moveTask }, async (asked, tx) => {
    const { caller, body, params } = asked
    const today = helsinkiDate(clock.now())
    const found = await lockTask(tx, params['id'] ?? '')
    const places = await listPlaces(tx)
    const task = getTheirs(found, places, caller)
    const to = places.find(({ id }) => id === body.office)
    if (!to) throw refuse('rule.unknown_scope')
    if (!mayMove(task, to, places, caller)) throw refuse('right.missing')
    if (task.state !== 'open' || !task.identified) throw refuse('task.not_waiting')
    if (task.office_id === to.id) throw refuse('task.is_there')
    await shareRules(tx)
    const hindrance = (await makeHindranceFinder(tx, task, places, today))(to)
    if (hindrance !== null) throw refuse(hindrance)
    const { benefit, language, restricted } = task
    const key = queueKey({ officeNumber: to.number, benefit, language, restricted })
    await moveByHand(tx, task, { to: to.id, queueKey: key, reason: body.reason, mover: caller })
    const seen = { kind: 'task', id: task.id, applicationId: task.application_id, reason: body.reason }
    return { body: { id: task.id, office: to.id }, seen: [seen] }
  })
}

function isTheirs(office: string, places: readonly OfficePlace[], { district }: Caller): boolean {
  return places.find(({ id }) => id === office)?.district === district
}

/** The task, where it lies or is at home in the caller's district; any other is answered as one that is not there. */
function getTheirs(task: StoredTask | undefined, places: readonly OfficePlace[], caller: Caller): StoredTask {
  const ends = task && !task.restricted ? [task.office_id, task.home_office_id] : []
  if (!task || !ends.some((office) => isTheirs(office, places, caller))) throw refuse('request.not_found')
  return task
}

function mayMove(task: StoredTask, to: OfficePlace, places: readonly OfficePlace[], caller: Caller): boolean {
  return to.id === task.home_office_id || isTheirs(task.office_id, places, caller)
}

/** Somebody there must be able to do it, and no rule forbid the way; home is open to its own work. Queue days bind the planner alone. */
async function makeHindranceFinder(
  read: BalancerRead,
  task: StoredTask,
  places: readonly OfficePlace[],
  today: string,
): Promise<(to: OfficePlace) => Hindrance> {
  const hasHands = makeHandsCheck(await listHands(read, today, horizonOf(today, plannedDays)), today)
  const rules = (await listInForce(read, today)).filter(({ value }) => value.kind !== 'threshold')
  const from = places.find(({ id }) => id === task.office_id)
  return (to) => {
    if (!hasHands({ ...task, office: to.id })) return 'task.nobody_there'
    if (!from || to.id === task.home_office_id) return null
    const objection = findObjection({ from, to, benefit: task.benefit }, rules, new Map())
    return objection === undefined ? null : 'task.rule_forbids'
  }
}
