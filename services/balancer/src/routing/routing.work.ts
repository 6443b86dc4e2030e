import { setTimeout as sleep } from 'node:timers/promises'
import type { PlanFlow } from '@tasain/contracts'
import { type Clock, type Jobs, tryLockConnection } from '@tasain/kit'
import { chooseTasks } from '@tasain/levelling'
import { helsinkiDate, isBenefit, isLanguage } from '@tasain/vocabulary'
import { queueKey } from '../receiving/queue-key.ts'
import { type Alarming, raiseAlarms, raiseSetAside } from './alarms/alarms.work.ts'
import { applyPlan } from './apply.work.ts'
import { damp, listHeld } from './damping.ts'
import { listToldUnmet } from './limits.ts'
import { listMovable, listSent, type MovableTask, type WantedMove } from './moving.store.ts'
import { findLastBasis, findLatestPlan, insertOutcome, insertPlan, packRecord } from './plan.store.ts'
import { planInThread } from './planner.work.ts'
import { recallOnce } from './recall/recall.work.ts'
import { readPlanInput } from './routing.store.ts'
import { buildSnapshot, measureLimits, type PlanInput } from './snapshot.ts'
import { readSwitch } from './switch/switch.store.ts'

export type Routing = Alarming & {
  clock: Clock
  /** False while the operator's setting keeps levelling off. */
  isOn: boolean
  /** Effort minutes a task that a move must save to be made before a second plan asks for it too. */
  dampingMinutes: number
  /** Days for which a plan that sent something can be made again. */
  planDays: number
}

/** `held`: minutes that wait for another plan to ask for them too. */
export type Planned = { planId: string; moved: number; skipped: number; held: number; recalled: number }

const patienceMs = 90_000
const secondLookSeconds = 10

/** Plans at the start, each minute, at once when rules change and soon after arrivals. */
export async function startRouting(routing: Routing, jobs: Jobs): Promise<void> {
  const handle = async () => {
    const planned = await planOnce(routing)
    // What is held back waits for one more plan, and need not wait for the minute.
    if (planned && planned.held > 0)
      await routing.database.db
        .transaction()
        .execute((tx) => jobs.plan(tx, 'look', {}, { afterSeconds: secondLookSeconds }))
  }
  await jobs.work('plan', 1, handle)
  await jobs.work('route', 1, handle)
  // A look asks for no further one, or they would never end while work comes in.
  await jobs.work('look', 1, async () => void (await planOnce(routing)))
  await jobs.schedule('plan', '* * * * *')
  await routing.database.db.transaction().execute((tx) => jobs.plan(tx, 'plan', {}))
}

/**
 * Makes one plan and applies it. One at a time in the nation: another one waits its turn, and then sees what this one did.
 * While levelling is switched off nothing moves, but work that waits for nobody is still found.
 * @returns undefined when levelling is switched off or nothing has changed since the last plan.
 */
export async function planOnce(routing: Routing): Promise<Planned | undefined> {
  const client = await routing.database.pool.connect()
  client.on('error', ignore)
  try {
    await waitForTurn(() => tryLockConnection(client, 'planning'))
    return await planInTurn(routing)
  } finally {
    client.off('error', ignore)
    // Ending the connection gives the lock back, whatever state it is in.
    client.release(true)
  }
}

async function isSwitchedOn({ isOn, database }: Routing): Promise<boolean> {
  return isOn && (await readSwitch(database.db)).on
}

/** A plan is of its day: what midnight or the switch finds undone waits for the next one. */
async function mayGoOn(routing: Routing, { today }: PlanInput): Promise<boolean> {
  return helsinkiDate(routing.clock.now()) === today && (await isSwitchedOn(routing))
}

function ignore(): void {}

async function waitForTurn(tryLock: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!(await tryLock())) {
    if (performance.now() > deadline) throw new Error('another plan takes too long')
    await sleep(200)
  }
}

async function readInput({ database, clock }: Routing): Promise<PlanInput> {
  const today = helsinkiDate(clock.now())
  const reading = database.db.transaction().setIsolationLevel('repeatable read')
  return await reading.execute((tx) => readPlanInput(tx, today))
}

async function planInTurn(routing: Routing): Promise<Planned | undefined> {
  const { db } = routing.database
  const before = await readInput(routing)
  const mayMove = await isSwitchedOn(routing)
  const recalled = mayMove ? await recallOnce(routing.database, before, () => mayGoOn(routing, before)) : 0
  const input = recalled > 0 ? await readInput(routing) : before
  raiseSetAside(routing.log, input.setAside)
  const snapshot = buildSnapshot(input)
  const plan = await planInThread(snapshot, await findLastBasis(db))
  const latest = await findLatestPlan(db)
  const isSame = latest?.snapshot_hash === plan.basis.snapshot && latest.engine === plan.basis.engine
  const { now, later, small } = damp(plan.flows, latest?.held ?? [], routing.dampingMinutes)
  const wanted = mayMove ? await chooseMoves(routing, now, input) : []
  // The same nation gives the same plan, and what of it could be done was done.
  if (isSame && latest.moved !== null && wanted.length === 0 && (later === 0 || !mayMove)) return undefined
  const held = listHeld(small, sumWanted(now, wanted), routing.dampingMinutes)
  const record = await packRecord(plan, snapshot)
  const unmet = listToldUnmet(
    input.rules,
    measureLimits(input),
    plan.flows,
    await listSent(db, input.today, { restricted: false }),
  )
  const kept = { record, held, unmet, sends: wanted.length > 0, days: routing.planDays }
  const planId = await db.transaction().execute((tx) => insertPlan(tx, plan, kept))
  const applied = await applyPlan(routing, { planId, flows: now, wanted, input }, () => mayGoOn(routing, input))
  await db.transaction().execute((tx) => insertOutcome(tx, planId, applied))
  await raiseAlarms(routing, plan, input.today)
  if (!mayMove) return undefined
  const { moved, skipped } = applied
  const planned = { planId, moved, skipped, held: later, recalled }
  routing.log.info({ ...planned, gap: plan.gap, ms: plan.ms }, 'planned')
  return planned
}

function sumWanted(flows: readonly PlanFlow[], wanted: readonly WantedMove[]): Map<PlanFlow, number> {
  const sums = new Map<PlanFlow, number>()
  for (const { flow: index, minutes } of wanted) {
    const flow = flows[index]
    if (flow) sums.set(flow, (sums.get(flow) ?? 0) + minutes)
  }
  return sums
}

async function chooseMoves({ database }: Routing, flows: readonly PlanFlow[], input: PlanInput): Promise<WantedMove[]> {
  if (flows.length === 0) return []
  const numbers = new Map(input.places.map(({ id, number }) => [id, number]))
  const queues = flows.map(({ from, benefit, language, protected: restricted }) => {
    if (!isBenefit(benefit) || !isLanguage(language)) throw new Error('a plan moves work of no known kind')
    return queueKey({ officeNumber: numbers.get(from) ?? 0, benefit, language, restricted })
  })
  return listWanted(flows, await listMovable(database.db, [...new Set(queues)], input.today), input)
}

/** The moves of a plan by task, in the order in which rows are locked. */
function listWanted(flows: readonly PlanFlow[], tasks: readonly MovableTask[], { places }: PlanInput): WantedMove[] {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const numbers = new Map(places.map(({ id, number }) => [id, number]))
  const moves = chooseTasks(flows, tasks).flatMap(({ task: id, from, to, flow }) => {
    const task = byId.get(id)
    const officeNumber = numbers.get(to)
    if (!task || officeNumber === undefined) return []
    const key = queueKey({
      officeNumber,
      benefit: task.benefit,
      language: task.language,
      restricted: task.protected,
    })
    const { version, epoch, benefit, minutes } = task
    return [{ taskId: id, version, epoch, benefit, minutes, from, to, queueKey: key, flow }]
  })
  return moves.toSorted((one, other) => (one.taskId < other.taskId ? -1 : 1))
}
