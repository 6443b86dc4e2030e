import { isDeepStrictEqual } from 'node:util'
import type { HandoverPage, Snapshot } from '@tasain/contracts'
import { type IsoDate, newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { appendEvents } from '../events/event.store.ts'
import type { BalancerRead, BalancerTx } from '../schema.ts'
import { attempt } from './attempt.store.ts'
import { bindRecusals, findLatestSnapshots, listTasksOf } from './person.store.ts'
import {
  type Asked,
  listTransitions,
  type ReceivedTask,
  type Reception,
  receive,
  review,
  type Surroundings,
} from './receive.ts'
import { readSurroundings } from './surroundings.store.ts'

export type Delivery = { position: number | null; snapshot: Snapshot }
export type Applied = {
  /** Snapshots seen for the first time. */
  received: number
  /** Tasks that are new or changed. */
  changed: number
  /** Applications that no known office can take. */
  homeless: string[]
  /** Snapshots that the tables do not take. */
  failed: { position: number | null; applicationId: string; fault: string }[]
}

const batchSize = 1_000

export async function getCursor(read: BalancerRead): Promise<number> {
  const { position } = await read.selectFrom('receiving_cursor').select('position').executeTakeFirstOrThrow()
  return position
}

/**
 * The cursor's row puts all who receive in a row: two that meet the same new application would both make its task. Whoever
 * writes what is known of persons takes it too, before any task, so that no snapshot is applied to what held a moment ago.
 */
export async function lockCursor(tx: BalancerTx): Promise<number> {
  const { position } = await tx.selectFrom('receiving_cursor').select('position').forUpdate().executeTakeFirstOrThrow()
  return position
}

/**
 * Applies a page of intake's log and moves the cursor, all or nothing; a page that another balancer has applied meanwhile
 * is left alone.
 * @returns undefined when the page no longer follows the cursor.
 */
export async function applyPage(
  tx: BalancerTx,
  after: number,
  page: HandoverPage,
  today: IsoDate,
): Promise<Applied | undefined> {
  if ((await lockCursor(tx)) !== after) return undefined
  const applied = await applySnapshots(tx, page.handovers, today)
  await tx.updateTable('receiving_cursor').set({ position: page.cursor, moved_at: new Date() }).execute()
  return applied
}

/**
 * Applies snapshots in any order and however often they come, from several at once too. One that the tables do not take
 * keeps none of the others from being received.
 */
export async function applySnapshots(
  tx: BalancerTx,
  deliveries: readonly Delivery[],
  today: IsoDate,
): Promise<Applied> {
  await lockCursor(tx)
  const all = await attempt(tx, () => applyTogether(tx, deliveries, today))
  return 'fault' in all ? await applyOneByOne(tx, deliveries, today) : all.result
}

async function applyOneByOne(tx: BalancerTx, deliveries: readonly Delivery[], today: IsoDate): Promise<Applied> {
  const applied: Applied = { received: 0, changed: 0, homeless: [], failed: [] }
  for (const delivery of deliveries) {
    const one = await attempt(tx, () => applyTogether(tx, [delivery], today))
    if ('fault' in one) {
      const { position, snapshot } = delivery
      applied.failed.push({ position, applicationId: snapshot.applicationId, fault: one.fault })
      continue
    }
    applied.received += one.result.received
    applied.changed += one.result.changed
    applied.homeless.push(...one.result.homeless)
  }
  return applied
}

async function applyTogether(tx: BalancerTx, deliveries: readonly Delivery[], today: IsoDate): Promise<Applied> {
  const applicants = deliveries.map(({ snapshot }) => snapshot.applicantIndex)
  const around = await readSurroundings(tx, applicants, today)
  const applied: Applied = { received: 0, changed: 0, homeless: [], failed: [] }
  for (let start = 0; start < deliveries.length; start += batchSize)
    await applyBatch(tx, deliveries.slice(start, start + batchSize), around, applied)
  const applications = deliveries.map(({ snapshot }) => snapshot.applicationId)
  await reviewTasks(tx, await bindRecusals(tx, applications), today)
  return applied
}

/**
 * Brings the unfinished tasks of persons in line with what has become known of these beside their applications: a conflict
 * of interest, or that they are own staff. Whoever may not have such a task any more loses it.
 * @returns how many tasks have changed.
 */
export async function reviewTasks(tx: BalancerTx, applicants: readonly string[], today: IsoDate): Promise<number> {
  if (applicants.length === 0) return 0
  await lockCursor(tx)
  const applications = await listTasksOf(tx, applicants)
  const known = await lockTasks(tx, applications)
  const snapshots = await findLatestSnapshots(tx, applications)
  const around = await readSurroundings(tx, applicants, today)
  const tasks = [...known.values()]
  const ids = tasks.map(({ id }) => id)
  const asked = await findAsked(tx, ids)
  const changes: Change[] = []
  for (const task of tasks) {
    const snapshot = snapshots.get(task.application_id)
    const reception = snapshot && review(task, asked.get(task.id) ?? [], snapshot, around)
    if (reception?.kind !== 'changed' || isDeepStrictEqual(reception.task, task)) continue
    await updateTask(tx, reception)
    changes.push(reception)
  }
  await appendTransitions(tx, known, changes)
  return changes.length
}

async function applyBatch(
  tx: BalancerTx,
  deliveries: readonly Delivery[],
  around: Surroundings,
  applied: Applied,
): Promise<void> {
  const applicationIds = [...new Set(deliveries.map(({ snapshot }) => snapshot.applicationId))]
  const known = await lockTasks(tx, applicationIds)
  const asked = await findAsked(
    tx,
    [...known.values()].map(({ id }) => id),
  )
  const changes = new Map<string, Change>()
  const received: Delivery[] = []
  for (const delivery of deliveries) {
    const { applicationId } = delivery.snapshot
    const earlier = changes.get(applicationId)
    const task = earlier?.task ?? known.get(applicationId)
    const reception = receive(task, (task && asked.get(task.id)) ?? [], delivery.snapshot, around)
    if (reception.kind === 'homeless') applied.homeless.push(applicationId)
    else received.push(delivery)
    if (reception.kind !== 'changed') continue
    changes.set(applicationId, mergeChange(earlier, reception))
    const { task: changed, papersOn } = reception
    if (papersOn !== null) asked.set(changed.id, closeAsked(asked.get(changed.id) ?? [], papersOn))
  }
  applied.received += await journal(tx, received)
  applied.changed += changes.size
  const all = [...changes.values()]
  await insertTasks(
    tx,
    all.filter(({ task }) => !known.has(task.application_id)),
  )
  for (const change of all.filter(({ task }) => known.has(task.application_id))) await updateTask(tx, change)
  await insertEvents(tx, all)
  await appendTransitions(tx, known, all)
}

/** Tells other services what has become of tasks. `before`: as they were, by their applications. */
async function appendTransitions(
  tx: BalancerTx,
  before: ReadonlyMap<string, ReceivedTask>,
  changes: readonly Pick<Change, 'task'>[],
): Promise<void> {
  await appendEvents(
    tx,
    changes.flatMap(({ task }) =>
      listTransitions(before.get(task.application_id)?.state, task.state).map((kind) => ({ taskId: task.id, kind })),
    ),
  )
}

/** What was asked, once its papers have come: a later version in the same batch must reckon from them. */
function closeAsked(asked: readonly Asked[], papersOn: IsoDate): Asked[] {
  return asked.map((one) => (one.open ? { ...one, papersOn, open: false } : one))
}

type Change = Omit<Extract<Reception, { kind: 'changed' }>, 'kind'>

function mergeChange(earlier: Change | undefined, later: Change): Change {
  if (!earlier) return later
  return {
    task: later.task,
    events: [...earlier.events, ...later.events],
    endsLease: earlier.endsLease ?? later.endsLease,
    papersOn: earlier.papersOn ?? later.papersOn,
  }
}

async function lockTasks(tx: BalancerTx, applicationIds: readonly string[]): Promise<Map<string, ReceivedTask>> {
  const rows = await tx
    .selectFrom('task')
    .selectAll()
    .where(sql<boolean>`application_id = any(${applicationIds}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(
    rows.map(({ received_at: _at, lease_ends_at: _until, movable: _follows, ...task }) => [task.application_id, task]),
  )
}

/** The information requests of tasks, oldest first. */
async function findAsked(tx: BalancerTx, taskIds: readonly string[]): Promise<Map<string, Asked[]>> {
  if (taskIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('information_request')
    .select(['task_id', 'requested_on', 'deadline_on', 'papers_on', 'closed_at'])
    .where(sql<boolean>`task_id = any(${taskIds}::uuid[])`)
    .orderBy('id')
    .execute()
  const asked = new Map<string, Asked[]>(taskIds.map((id) => [id, []]))
  for (const row of rows)
    asked.get(row.task_id)?.push({
      requestedOn: row.requested_on,
      deadlineOn: row.deadline_on,
      papersOn: row.papers_on,
      open: row.closed_at === null,
    })
  return asked
}

async function journal(tx: BalancerTx, deliveries: readonly Delivery[]): Promise<number> {
  if (deliveries.length === 0) return 0
  const result = await tx
    .insertInto('handover')
    .values(
      deliveries.map(({ position, snapshot }) => ({
        application_id: snapshot.applicationId,
        version: snapshot.version,
        position,
        snapshot: JSON.stringify(snapshot),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0)
}

async function insertTasks(tx: BalancerTx, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await tx
    .insertInto('task')
    .values(changes.map(({ task }) => ({ ...task, lease_ends_at: null })))
    .execute()
}

async function updateTask(tx: BalancerTx, { task, endsLease, papersOn }: Change): Promise<void> {
  const { id, application_id: _fixed, ...facts } = task
  await tx
    .updateTable('task')
    .set({ ...facts, ...(task.state !== 'claimed' && { lease_ends_at: null }) })
    .where('id', '=', id)
    .execute()
  if (endsLease)
    await tx
      .updateTable('reservation')
      .set({ ended_at: sql<Date>`clock_timestamp()`, ended_as: endsLease })
      .where('task_id', '=', id)
      .where('ended_at', 'is', null)
      .execute()
  if (papersOn !== null || task.state === 'withdrawn')
    await tx
      .updateTable('information_request')
      .set({ closed_at: sql<Date>`clock_timestamp()`, papers_on: papersOn })
      .where('task_id', '=', id)
      .where('closed_at', 'is', null)
      .execute()
}

async function insertEvents(tx: BalancerTx, changes: readonly Change[]): Promise<void> {
  const rows = changes.flatMap(({ task, events }) =>
    events.map(({ kind, note }) => ({
      id: newId(),
      task_id: task.id,
      kind,
      office_id: task.office_id,
      handler_id: null,
      note,
    })),
  )
  if (rows.length > 0) await tx.insertInto('task_event').values(rows).execute()
}
