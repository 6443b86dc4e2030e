import {
  type Caller,
  decide,
  extendLease as extendLeaseShape,
  type HeldTask,
  idempotencyHeader,
  type MyTasks,
  type NextTask,
  recuse,
  requestInformation,
  returnTask,
} from '@tasain/contracts'
import {
  type AccessLog,
  type Asked,
  type Clock,
  type Database,
  hashIdempotencyKey,
  type PrepareEntry,
  refuse,
  signViewGrant,
} from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { type QueueCounts, sumQueues } from '../load/queue-counts.store.ts'
import { findHandler, type Handler } from '../offices/offices.store.ts'
import { bindRecusals } from '../receiving/person.store.ts'
import { lockCursor, reviewTasks } from '../receiving/receiving.store.ts'
import type { BalancerDoor, BalancerRead, Schema } from '../schema.ts'
import {
  exclude,
  extendLease,
  getHeld,
  type Hold,
  insertDecision,
  insertInformationRequest,
  release,
} from './acts.store.ts'
import { findDueWhileAwaiting, isBegun, isDeadlineAllowed } from './acts.ts'
import { type ClaimedTask, claimNext, findHeld, findStanding, freeExpired, type Standing } from './claim.store.ts'
import { describeHeld } from './held.ts'
import { countDecided, listAwaiting } from './mine.store.ts'

export type Handling = {
  database: Database<Schema>
  clock: Clock
  privateKey: string
  queueCounts: QueueCounts
  accessLog: AccessLog
  prepareEntry: PrepareEntry
}

export function mountHandling(door: BalancerDoor, handling: Handling): void {
  mountClaim(door, handling)
  mountHeld(door, handling)
  mountActs(door, handling)
}

function mountClaim(door: BalancerDoor, handling: Handling): void {
  const { database, clock, queueCounts } = handling
  // A raw route: the claim runs in a transaction of its own, see claimStatement. Held-first makes asking again safe, and
  // the reservation remembers the idempotency key.
  door.raw(['post'], '/tasks/next', 'task.claim', async (asked, _request, response) => {
    const today = helsinkiDate(clock.now())
    const requestKey = hideKey(asked.header(idempotencyHeader))
    const handler = await findStanding(database.pool, asked.caller.subject, today, requestKey)
    if (!handler) throw refuse('handler.unknown')
    const task = await giveNext(handling, asked.caller, handler, today, requestKey)
    // What may wait while there is nothing for this handler is for others.
    const waiting = task ? sumQueues(await queueCounts.read(handler.officeNumber), handler.queueKeys) : 0
    const answer: NextTask = { task: task ? await describe(handling, asked, task) : null, waiting }
    response.json(answer)
  })
}

/** What the reservation remembers of the key: its sender's own text might be anything, an identity code too. */
function hideKey(key: string | undefined): string | null {
  return key === undefined ? null : hashIdempotencyKey(key)
}

/** The task in hand, else one that is due first; either is logged before it is given. */
async function giveNext(
  { database: { db, pool }, accessLog, prepareEntry }: Handling,
  caller: Caller,
  handler: Standing,
  today: string,
  requestKey: string | null,
): Promise<ClaimedTask | undefined> {
  const giveHeld = () =>
    db.transaction().execute(async (tx) => {
      const held = await findHeld(tx, handler.id)
      const seen = held ? [{ kind: 'task', id: held.id, applicationId: held.application_id, reason: 'held' }] : []
      await accessLog.append(tx, caller, 'task.claim', seen)
      return held
    })
  const held = handler.mayHold ? await giveHeld() : undefined
  if (held) return held
  if (handler.wasAnswered) throw refuse('task.not_held')
  if (handler.absent) throw refuse('handler.absent')
  if (handler.hasExpired) await db.transaction().execute(freeExpired)
  const claim = {
    handlerId: handler.id,
    today,
    requestKey,
    queueKeys: handler.queueKeys,
    prepareEntry: () => prepareEntry(caller, 'task.claim', 'task'),
  }
  const reserved = handler.hasReserved ? await claimNext(pool, claim, 'reserved') : undefined
  const task = reserved ?? (await claimNext(pool, claim, 'queue'))
  return task === 'held' ? await giveHeld() : task
}

function mountHeld(door: BalancerDoor, handling: Handling): void {
  const { clock } = handling
  door.list('/tasks/mine', 'task.list', {}, async (asked, read): Promise<MyTasks> => {
    const today = helsinkiDate(clock.now())
    const { id } = await getHandler(read, asked, today)
    const held = await findHeld(read, id)
    return {
      held: held ? [await describe(handling, asked, held)] : [],
      awaitingInformation: await listAwaiting(read, id, today),
      decidedToday: await countDecided(read, id, today),
    }
  })
  door.view('/tasks/:id', 'task.view', {}, async (asked, tx) => {
    const handler = await getHandler(tx, asked, helsinkiDate(clock.now()))
    const held = await findHeld(tx, handler.id)
    if (!held || held.id !== asked.params['id']) throw refuse('request.not_found')
    const body = await describe(handling, asked, held)
    return { body, seen: [{ kind: 'task', id: held.id, applicationId: held.application_id }] }
  })
  door.write('post', '/tasks/:id/lease', 'task.view', { body: extendLeaseShape }, async (asked, tx) => {
    const hold = await getHold(tx, asked, clock)
    await getHeld(tx, hold)
    await extendLease(tx, hold)
    const held = await findHeld(tx, hold.handlerId)
    if (!held) throw refuse('task.not_held')
    const seen = [{ kind: 'task', id: held.id, applicationId: held.application_id, reason: 'lease' }]
    return { body: await describe(handling, asked, held), seen }
  })
}

function mountActs(door: BalancerDoor, { clock }: Handling): void {
  door.write('post', '/tasks/:id/decision', 'task.decide', { body: decide }, async (asked, tx) => {
    const hold = await getHold(tx, asked, clock)
    const task = await getHeld(tx, hold)
    await insertDecision(tx, hold, asked.body)
    const { outcome } = asked.body
    await release(tx, hold, task.office_id, 'decided', { state: 'decided', ...unreserved }, outcome, outcome)
    return done(hold, task, 'decided')
  })
  door.write('post', '/tasks/:id/return', 'task.return', { body: returnTask }, async (asked, tx) => {
    const hold = await getHold(tx, asked, clock)
    const task = await getHeld(tx, hold)
    const { reason, note } = asked.body
    await exclude(tx, hold.taskId, hold.handlerId, helsinkiDate(clock.now()))
    const why = note === '' ? reason : `${reason}: ${note}`
    const change = { state: 'open' as const, ...(isBegun(reason) && { pinned: true }), ...unreserved }
    await release(tx, hold, task.office_id, 'returned', change, why)
    return done(hold, task, 'open')
  })
  door.write('post', '/tasks/:id/recusal', 'task.recuse', { body: recuse }, async (asked, tx) => {
    await lockCursor(tx)
    const hold = await getHold(tx, asked, clock)
    const task = await getHeld(tx, hold)
    await exclude(tx, hold.taskId, hold.handlerId, null)
    await release(tx, hold, task.office_id, 'recused', { state: 'open', ...unreserved }, asked.body.reason)
    const persons = await bindRecusals(tx, [task.application_id])
    await reviewTasks(tx, persons, helsinkiDate(clock.now()))
    return done(hold, task, 'open')
  })
  const path = '/tasks/:id/information-request'
  door.write('post', path, 'task.request_information', { body: requestInformation }, async (asked, tx) => {
    const today = helsinkiDate(clock.now())
    const { deadlineOn, missing, note } = asked.body
    const hold = await getHold(tx, asked, clock)
    const task = await getHeld(tx, hold)
    if (!isDeadlineAllowed(today, deadlineOn)) throw refuse('task.deadline_too_soon')
    const dates = { requestedOn: today, deadlineOn, arrivedOn: task.arrived_on, dueOn: task.due_on }
    await insertInformationRequest(tx, {
      task_id: hold.taskId,
      handler_id: hold.handlerId,
      requested_on: today,
      deadline_on: deadlineOn,
      missing,
      note,
    })
    const change = {
      state: 'awaiting_information' as const,
      pinned: true,
      due_on: findDueWhileAwaiting({ benefit: task.benefit, ...dates }),
      reserved_for: hold.handlerId,
      reserved_until_on: null,
    }
    await release(tx, hold, task.office_id, 'information_requested', change, deadlineOn)
    return done(hold, task, 'awaiting_information')
  })
}

const unreserved = { reserved_for: null, reserved_until_on: null }

function done(hold: Hold, task: { application_id: string }, state: string) {
  return {
    body: { id: hold.taskId, state },
    seen: [{ kind: 'task', id: hold.taskId, applicationId: task.application_id }],
  }
}

async function describe(
  { privateKey, clock }: Handling,
  { caller }: Pick<Asked, 'caller'>,
  task: ClaimedTask,
): Promise<HeldTask> {
  const { application_id: application, epoch, cleared, lease_ends_at: until } = task
  const grant = { subject: caller.subject, application, epoch, cleared }
  return describeHeld(task, await signViewGrant(privateKey, grant, until), helsinkiDate(clock.now()))
}

async function getHandler(read: BalancerRead, { caller }: Pick<Asked, 'caller'>, today: string): Promise<Handler> {
  const handler = await findHandler(read, caller.subject, today)
  if (!handler) throw refuse('handler.unknown')
  return handler
}

async function getHold(
  read: BalancerRead,
  asked: Pick<Asked, 'caller' | 'params'> & { body: { epoch: number } },
  clock: Clock,
): Promise<Hold> {
  const handler = await getHandler(read, asked, helsinkiDate(clock.now()))
  return { taskId: asked.params['id'] ?? '', handlerId: handler.id, epoch: asked.body.epoch }
}
