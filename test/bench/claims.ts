import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from '@tasain/contracts'
import { connect, createLog, createPrepareEntry, type Database, repeat, signCaller } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import pg from 'pg'
import { claimNext } from '../../services/balancer/src/handling/claim.store.ts'
import { sweepMs, sweepOnce } from '../../services/balancer/src/handling/handling.work.ts'
import { listMiscounts, listOpenCounts } from '../../services/balancer/src/load/open-work.store.ts'
import { listPlaces } from '../../services/balancer/src/offices/offices.store.ts'
import { checkMoves, checkOpenWork } from '../../services/balancer/src/reporting/verify.store.ts'
import { applyPlan } from '../../services/balancer/src/routing/apply.work.ts'
import type { WantedMove } from '../../services/balancer/src/routing/moving.store.ts'
import { insertPlan, packRecord } from '../../services/balancer/src/routing/plan.store.ts'
import { readSwitch } from '../../services/balancer/src/routing/switch/switch.store.ts'
import { listInForce } from '../../services/balancer/src/rules/rules.store.ts'
import type { Schema } from '../../services/balancer/src/schema.ts'
import { fillMonth, fillNation, listHandlers, tasks } from './claims/nation.ts'
import { openBench } from './claims/server.ts'
import type { Benchmark } from './figures.ts'
import { quantile, round } from './figures.ts'

const connections = 32
const seconds = 15
const offeredPerSecond = 64
const moves = 20_000
const sentThisMonth = 200_000
const today = '2026-11-23'

type Handler = { id: string; subject: string; keys: number[] }
type Taken = { count: number; times: number[] }
type Moving = { ms: number; moved: number }
type Applier = Parameters<typeof applyPlan>[0]

/**
 * How fast tasks are claimed out of 500,000 open ones, by the shipped statement over 32 connections and over HTTP by as many
 * clients, and what moving 20,000 tasks under a quota costs those who claim meanwhile, at the end of a month of moves. PostgreSQL flushes to disk.
 */
export const run: Benchmark = async ({ say }) => {
  const bench = await openBench()
  const log = createLog('bench')
  log.level = 'error'
  const database = connect<Schema>({ url: bench.appUrl, schema: 'balancer', log, max: connections })
  const owner = new pg.Client({ connectionString: bench.ownerUrl })
  await owner.connect()
  const sweeping = repeat(log, sweepMs, () => sweepOnce(database))
  try {
    await fillNation(owner)
    await fillMonth(owner, today.slice(0, 7), sentThisMonth)
    await settle(bench.adminUrl, database)
    const handlers = await listHandlers(owner)
    say(`${tasks} open tasks, ${sentThisMonth} sent this month, ${connections} connections, PostgreSQL with fsync on`)
    // The first plan of each connection is not what is measured.
    await claimFor(2, handlers, (handler) => claim(database, handler))
    const statement = await claimFor(seconds, handlers, (handler) => claim(database, handler))
    const perSecond = round(statement.count / seconds)
    say(`statement   ${perSecond} claims/s, p50 ${pointOf(statement, 0.5)} ms, p99 ${pointOf(statement, 0.99)} ms`)
    const http = await measureHttp(bench, handlers)
    const httpPerSecond = round(http.count / seconds)
    say(`HTTP        ${httpPerSecond} claims/s, p50 ${pointOf(http, 0.5)} ms, p99 ${pointOf(http, 0.99)} ms`)
    const offered: number[] = []
    const during: number[] = []
    const rounds: Moving[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      offered.push(...(await offerClaims(database, handlers, sleep(5_000))))
      const moving = moveAll({ database, log }, await drawMoves(owner))
      during.push(...(await offerClaims(database, handlers, moving)))
      rounds.push(await moving)
    }
    const beside = moveAll({ database, log }, await drawMoves(owner))
    await claimUntil(beside, handlers, (handler) => claim(database, handler))
    const crowded = await beside
    const sums = await measureSums(database)
    const figures = {
      openTasks: tasks,
      ...sums,
      perSecond,
      statementP50: pointOf(statement, 0.5),
      statementP99: pointOf(statement, 0.99),
      httpPerSecond,
      p50: pointOf(http, 0.5),
      p99: pointOf(http, 0.99),
      doubles: await countDoubles(owner),
      applyMoves: Math.round(
        quantile(
          rounds.map(({ ms }) => ms),
          0.5,
        ),
      ),
      applyMovesSaturated: Math.round(crowded.ms),
      moved: rounds[0]?.moved ?? 0,
      moveFaults: (await checkMoves(database.db)).faults.length + (await checkOpenWork(database.db)).faults.length,
      p99Offered: round(quantile(offered, 0.99)),
      p99DuringMoves: round(quantile(during, 0.99)),
    }
    const { applyMoves: ms, applyMovesSaturated: crowdedMs, moveFaults } = figures
    say(`moves       ${moves} in ${round(ms / 1000)} s, beside saturated claimers in ${round(crowdedMs / 1000)} s`)
    say(
      `            ${figures.moved} of the first ${moves} not claimed before; lost, doubled or miscounted: ${moveFaults}`,
    )
    say(`open work   read in ${sums.openWorkMs} ms, counted anew in ${sums.recountMs} ms`)
    say(`p99 of ${offeredPerSecond} claims/s: ${figures.p99Offered} ms, during the moves ${figures.p99DuringMoves} ms`)
    say(`tasks in two hands: ${figures.doubles}`)
    return figures
  } finally {
    await sweeping.stop()
    await owner.end()
    await database.close()
    await bench.remove()
  }
}

/** As a server is that has run for a while: nothing left to fold, and files of its log ready to be written again. */
async function settle(adminUrl: string, database: Database<Schema>): Promise<void> {
  await sweepOnce(database)
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query('checkpoint')
  await admin.end()
}

// What the statement costs is the same whoever's name its entry in the access log bears.
const someone: Caller = { subject: 'bench', name: 'Bench', roles: ['handler'], office: null, district: null }
const prepareEntry = createPrepareEntry(Buffer.alloc(32).toString('base64'))

async function claim(database: Database<Schema>, { id, keys }: Handler): Promise<boolean> {
  const wanted = {
    handlerId: id,
    today,
    requestKey: null,
    queueKeys: keys,
    prepareEntry: () => prepareEntry(someone, 'task.claim', 'task'),
  }
  const task = await claimNext(database.pool, wanted, 'queue')
  return task !== undefined && task !== 'held'
}

type Take = (handler: Handler) => Promise<boolean>

async function claimFor(duration: number, handlers: Handler[], take: Take): Promise<Taken> {
  return await claimUntil(sleep(duration * 1000), handlers, take)
}

/** As many at a time as there are connections, each with the next handler, until something is done. */
async function claimUntil(done: Promise<unknown>, handlers: Handler[], take: Take): Promise<Taken> {
  const taken: Taken = { count: 0, times: [] }
  let isOver = false
  const ended = done.then(() => {
    isOver = true
  })
  const client = async () => {
    while (!isOver) {
      const handler = handlers.pop()
      if (!handler) throw new Error('the benchmark has run out of handlers')
      const started = performance.now()
      const found = await take(handler)
      taken.times.push(performance.now() - started)
      if (found) taken.count += 1
    }
  }
  await Promise.all([ended, ...Array.from({ length: connections }, client)])
  return taken
}

/** Milliseconds to read all sums of open work, as each plan does, and to count the whole table instead. */
async function measureSums({ db }: Database<Schema>): Promise<{ openWorkMs: number; recountMs: number }> {
  await sweepOnce({ db })
  const time = async (work: () => Promise<unknown>) => {
    const times: number[] = []
    for (let turn = 0; turn < 5; turn += 1) {
      const started = performance.now()
      await work()
      times.push(performance.now() - started)
    }
    return Math.round(quantile(times, 0.5))
  }
  return { openWorkMs: await time(() => listOpenCounts(db)), recountMs: await time(() => listMiscounts(db)) }
}

async function measureHttp(bench: Awaited<ReturnType<typeof openBench>>, handlers: Handler[]): Promise<Taken> {
  const balancer = await bench.startBalancer()
  try {
    // Signed beforehand: that is desk's work, and it takes as long as the claim.
    const signed = await signTokens(readFileSync(bench.deskPrivateKeyFile, 'utf8'), handlers.splice(0, 15_000))
    return await claimFor(seconds, handlers, async () => {
      const token = signed.pop()
      if (token === undefined) throw new Error('the benchmark has run out of tokens')
      const response = await fetch(`${balancer.address}/tasks/next`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      })
      const answer = await response.text()
      if (response.status !== 200) throw new Error(`the balancer answered ${response.status}: ${answer}`)
      return !answer.startsWith('{"task":null')
    })
  } finally {
    await balancer.stop()
  }
}

async function signTokens(privateKey: string, handlers: readonly Handler[]): Promise<string[]> {
  const sign = ({ subject }: Handler) =>
    signCaller('desk', privateKey, { subject, name: subject, roles: ['handler'], office: 'o1', district: 'd1' })
  return await Promise.all(handlers.map(sign))
}

/** Claims at a steady rate, late or not, until something is done. Times run from when each was due. */
async function offerClaims(
  database: Database<Schema>,
  handlers: Handler[],
  until: Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  const running: Promise<void>[] = []
  let isOver = false
  const done = until.then(() => {
    isOver = true
  })
  const started = performance.now()
  for (let number = 0; !isOver; number += 1) {
    const due = started + (number * 1000) / offeredPerSecond
    await sleep(Math.max(0, due - performance.now()))
    const handler = handlers.pop()
    if (!handler) throw new Error('the benchmark has run out of handlers')
    running.push(
      claim(database, handler).then(() => {
        times.push(performance.now() - due)
      }),
    )
  }
  await done
  await Promise.all(running)
  return times
}

/** The tasks due first of the first offices, each to the office a hundred further on. */
async function drawMoves(owner: pg.Client): Promise<WantedMove[]> {
  const { rows } = await owner.query<WantedMove>(`
    select t.id as "taskId", version, epoch, benefit, minutes, office_id as "from", 'o' || (o.number + 100) as "to",
      queue_key + 100000 as "queueKey", 0 as flow
    from task t join office o on o.id = t.office_id
    where o.number <= 100 and movable order by due_on limit ${moves}`)
  return rows.toSorted((one, other) => (one.taskId < other.taskId ? -1 : 1))
}

async function moveAll(routing: Applier, wanted: readonly WantedMove[]): Promise<Moving> {
  const { db } = routing.database
  const reasons = { rules: [], fromDaysBefore: 30, fromDaysAfter: 20, toDaysBefore: 5, toDaysAfter: 8, saving: 40 }
  const flow = { from: 'o1', to: 'o101', benefit: 'YA', language: 'fi', slackDays: 0, protected: false, minutes: 1 }
  const flows = [{ ...flow, reasons: { ...reasons, alternatives: [{ office: 'o102', why: 'dearer' as const }] } }]
  const basis = { engine: 'bench', snapshot: newId(), tree: [] }
  const plan = { objective: 0, bound: 0, gap: 0, ms: 0, basis, flows, stuck: [], unmet: [] }
  const snapshot = { version: 1 as const, at: today, offices: [], pools: [], work: [], rules: [] }
  const record = await packRecord(plan, snapshot)
  const planId = await db
    .transaction()
    .execute((tx) => insertPlan(tx, plan, { record, held: [], unmet: [], sends: true, days: 90 }))
  const input = {
    today,
    places: await listPlaces(db),
    hands: [],
    work: [],
    arrivals: [],
    midnight: new Map(),
    sent: [],
    setAside: [],
  }
  const toApply = { planId, flows, wanted, input: { ...input, rules: await listInForce(db, today) } }
  const started = performance.now()
  const { moved } = await applyPlan(routing, toApply, async () => (await readSwitch(db)).on)
  return { ms: performance.now() - started, moved }
}

/** Tasks that more than one running reservation stands for, or whose reservation is not the one the task knows. */
async function countDoubles(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ doubles: number }>(`
    select count(*)::int as doubles from (
      select r.task_id from reservation r join task t on t.id = r.task_id where r.ended_at is null
      group by r.task_id having count(*) > 1 or bool_or(t.state <> 'claimed' or t.epoch <> r.epoch)) twice`)
  return rows[0]?.doubles ?? Number.NaN
}

function pointOf({ times }: Taken, share: number): number {
  return round(quantile(times, share))
}
