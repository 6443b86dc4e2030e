import { setTimeout as sleep } from 'node:timers/promises'
import { type Caller, ruleVersion } from '@tasain/contracts'
import { connect, createLog, type Database } from '@tasain/kit'
import { addDays, helsinkiDate, newId } from '@tasain/vocabulary'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeWork } from '../../testing/nation.ts'
import { noteMidnight } from '../load/midnight.store.ts'
import { saveAbsences, saveOpenWork } from '../offices/nation.store.ts'
import { checkMoves } from '../reporting/verify.store.ts'
import { applyPlan, type ToApply } from './apply.work.ts'
import { readPlanInput } from './routing.store.ts'
import { planOnce } from './routing.work.ts'

let house: TestHouse
let ownerDatabase: Database<unknown>
const checkOut = ({ pool }: Database<unknown>) => pool.connect()
let owner: Awaited<ReturnType<typeof checkOut>>
const nation = makeNation()
const manager = managerCaller('north')

beforeEach(async () => {
  const urls = (await ownDatabase()).urlsOf('balancer')
  ownerDatabase = connect({ url: urls.ownerUrl, schema: 'balancer', log: createLog('test') })
  owner = await checkOut(ownerDatabase)
  house = await openHouse({ urls, nation, connections: 20 })
  // Moves are counted by the database's day.
  house.clock.at = new Date()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await house.close()
  owner.release()
  await ownerDatabase.close()
})

const today = () => helsinkiDate(house.clock.at)
const plan = () => planOnce(house.routing)

/** So many half hours of work in an office. */
const fill = (officeId: string, count: number, arrivedDaysAgo: number) =>
  saveOpenWork(house.db, makeWork(officeId, count, { arrivedOn: addDays(today(), -arrivedDaysAgo) }))

async function writeRule(scope: object, value: object, approver?: Caller): Promise<string> {
  const body = { scope, value, from: today(), reason: 'As agreed.' }
  const { id, version } = ruleVersion.parse((await house.ask(manager, 'POST', '/rules', body)).body)
  if (approver) await house.ask(approver, 'POST', `/rules/${id}/approve`, { version })
  return `${id}@${version}`
}

const noteDay = () => house.db.transaction().execute((tx) => noteMidnight(tx, today()))
const listMoved = () => house.db.selectFrom('move').selectAll().execute()

async function sumMoved(from: string, to?: string): Promise<number> {
  const moved = (await listMoved()).filter((move) => move.from_office_id === from && (!to || move.to_office_id === to))
  return moved.reduce((sum, { minutes }) => sum + minutes, 0)
}

async function waitFor(check: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await check()); turn += 1) {
    if (turn > 400) throw new Error('waited in vain')
    await sleep(25)
  }
}

const ownLocks = 'pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()'

async function countWaiting(): Promise<number> {
  const { rows } = await owner.query(`select 1 from ${ownLocks} where not granted`)
  return rows.length
}

test('plans asked for at once by several balancers follow one another, and keep a share and a quota together', async () => {
  await fill('north-1', 400, 30)
  await fill('north-2', 400, 30)
  await writeRule({ office: 'north-1' }, { kind: 'shareOut', max: 0.1 })
  const quota = { kind: 'quota', giver: 'north-2', receiver: 'south-1', minutesPerMonth: 600 }
  await writeRule({}, quota, managerCaller('south'))
  await noteDay()
  await Promise.all([plan(), plan(), plan()])
  expect((await checkMoves(house.db)).faults).toEqual([])
  expect([await sumMoved('north-1'), await sumMoved('north-2', 'south-1')]).toEqual([1_200, 600])
  // Each saw what the one before it did.
  const plans = await house.db.selectFrom('plan').select('snapshot_hash').execute()
  expect(new Set(plans.map(({ snapshot_hash }) => snapshot_hash)).size).toBe(plans.length)
})

test('a plan whose turn was lost with its connection, and one made beside it, keep a share together', async () => {
  await fill('north-1', 400, 30)
  await writeRule({ office: 'north-1' }, { kind: 'shareOut', max: 0.1 })
  await noteDay()
  await owner.query('begin')
  await owner.query('lock table move in exclusive mode')
  const first = plan()
  await waitFor(async () => (await countWaiting()) === 1)
  const ended = await house.database.pool.query(`
    select pg_terminate_backend(pid) from ${ownLocks} where locktype = 'advisory' and classid = hashtext('balancer.planning')::oid`)
  expect(ended.rows).toHaveLength(1)
  // What the second one wants is other work, due sooner.
  await fill('north-1', 100, 60)
  const second = plan()
  await waitFor(async () => (await countWaiting()) === 2)
  await owner.query('commit')
  await Promise.all([first, second])
  expect(await sumMoved('north-1')).toBe(1_200)
})

test('a plan that a newer one has overtaken makes no further move', async () => {
  await fill('north-1', 600, 30)
  await owner.query('begin')
  await owner.query('lock table move in exclusive mode')
  const first = plan()
  await waitFor(async () => (await countWaiting()) === 1)
  await owner.query(`insert into plan (id, snapshot_hash, engine, objective, bound, gap, ms, stuck)
    values (gen_random_uuid(), 'newer', 'test', 0, 0, 0, 0, '[]')`)
  await owner.query('commit')
  expect((await first)?.moved).toBe(200)
})

test('after a crash between two chunks the next plan goes on, moves nothing twice and keeps to the limits', async () => {
  await fill('north-1', 400, 30)
  await writeRule({ office: 'north-1' }, { kind: 'shareOut', max: 0.6 })
  await noteDay()
  await owner.query(`
    create function crash() returns trigger language plpgsql as $$ begin
      if (select count(*) from balancer.move) >= 200 then raise 'crash'; end if; return null;
    end $$`)
  await owner.query('create trigger crash before insert on move execute function crash()')
  await expect(plan()).rejects.toThrow('crash')
  expect(await listMoved()).toHaveLength(200)
  expect(await house.db.selectFrom('plan_outcome').selectAll().execute()).toEqual([])
  await owner.query('drop trigger crash on move')
  while (await plan());
  const sum = await sumMoved('north-1')
  expect(sum).toBeGreaterThan(7_000)
  expect(sum).toBeLessThanOrEqual(7_200)
  expect((await checkMoves(house.db)).faults).toEqual([])
})

/** A plan that would send all work from one office to another, whatever the rules say. */
async function makeWrongPlan(): Promise<ToApply> {
  const [from, to] = ['north-1', 'east-1']
  const days = { fromDaysBefore: 9, fromDaysAfter: 0, toDaysBefore: 0, toDaysAfter: 9 }
  const reasons = { rules: [], ...days, saving: 40, alternatives: [] }
  const flow = { from, to, benefit: 'YA', language: 'fi', slackDays: 0, protected: false, minutes: 30, reasons }
  const figures = { snapshot_hash: 'wrong', engine: 'wrong', objective: 0, bound: 0, gap: 0, ms: 0 }
  const lists = { stuck: JSON.stringify([]), held: JSON.stringify([]) }
  const planId = newId()
  await house.db
    .insertInto('plan')
    .values({ id: planId, ...figures, ...lists })
    .execute()
  const tasks = await house.db.selectFrom('task').select(['id', 'version', 'epoch', 'minutes']).orderBy('id').execute()
  const wanted = tasks.map(({ id, ...task }) => ({
    ...task,
    taskId: id,
    benefit: 'YA' as const,
    from,
    to,
    queueKey: 3_010,
    flow: 0,
  }))
  return { planId, flows: [flow], wanted, input: await readPlanInput(house.db, today()) }
}

test('each chunk of a plan keeps to what the limits have left after the ones before it', async () => {
  await fill('north-1', 600, 30)
  await writeRule({ office: 'north-1' }, { kind: 'shareOut', max: 0.4 })
  await noteDay()
  const applied = await applyPlan(house.routing, await makeWrongPlan(), () => Promise.resolve(true))
  expect(applied).toEqual({ moved: 240, skipped: 360, restrictedSkipped: 0 })
})

test('a rule that is written while a plan is applied holds from the next chunk on', async () => {
  await fill('north-1', 400, 30)
  let chunks = 0
  const applied = await applyPlan(house.routing, await makeWrongPlan(), async () => {
    chunks += 1
    if (chunks === 2) await writeRule({ office: 'north-1' }, { kind: 'export', allow: false })
    return true
  })
  expect(applied).toEqual({ moved: 200, skipped: 200, restrictedSkipped: 0 })
})

test('moves that a rule keeps back are counted by rule in the log, and an alarm tells of a plan that went against its rules', async () => {
  await fill('north-1', 3, 30)
  const wrong = await makeWrongPlan()
  const lines: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  const tell = async (input: ToApply['input']) => {
    const routing = { database: house.database, log: createLog('test') }
    await applyPlan(routing, { ...wrong, input }, () => Promise.resolve(true))
    return lines.splice(0).map((line): unknown => JSON.parse(line))
  }
  const rule = await writeRule({ office: 'north-1' }, { kind: 'export', allow: false })
  const counted = { level: 40, planId: wrong.planId, refused: { [rule]: 3 } }
  expect(await tell(wrong.input)).toMatchObject([counted])
  const alarm = { level: 50, alarm: 'plan_against_rule', refused: { [rule]: 3 } }
  expect(await tell(await readPlanInput(house.db, today()))).toMatchObject([counted, alarm])
})

test('nothing is called back for a day that is over', async () => {
  await fill('north-1', 400, 30)
  await plan()
  const away = nation.handlers.filter(({ officeId }) => officeId === 'east-1')
  const absences = away.map(({ id }) => ({ handlerId: id, from: addDays(today(), -1), to: addDays(today(), 60) }))
  await house.db.transaction().execute((tx) => saveAbsences(tx, absences))
  const [now, tomorrow] = [house.clock.at, new Date(house.clock.at.getTime() + 86_400_000)]
  const times = [now]
  const clock = { now: () => times.pop() ?? tomorrow }
  expect(await planOnce({ ...house.routing, clock })).toMatchObject({ recalled: 0, moved: 0 })
  expect((await plan())?.recalled).toBeGreaterThan(20)
})
