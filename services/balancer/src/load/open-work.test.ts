import { nextTask } from '@tasain/contracts'
import { addDays } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { sweepOnce, tidyOnce } from '../handling/handling.work.ts'
import { saveOpenWork } from '../offices/nation.store.ts'
import { readPlanInput } from '../routing/routing.store.ts'
import { planOnce } from '../routing/routing.work.ts'
import { buildSnapshot } from '../routing/snapshot.ts'
import { listMidnight } from './midnight.store.ts'
import { foldOpenWork, listMiscounts } from './open-work.store.ts'
import { recountOnce } from './recount.work.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

const fold = () => house.db.transaction().execute(foldOpenWork)
const anna = handlerCaller('north-1-handler-1')
const next = async (who = anna) => nextTask.parse((await house.ask(who, 'POST', '/tasks/next')).body).task
const act = async (what: string, body: object, who = anna) => {
  const task = await next(who)
  expect((await house.ask(who, 'POST', `/tasks/${task?.id}/${what}`, { epoch: task?.epoch, ...body })).status).toBe(200)
}
const work = (officeId: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    benefit: 'YA' as const,
    language: 'fi' as const,
    officeId,
    arrivedOn: addDays('2026-10-01', index % 7),
    minutes: 20 + (index % 3),
    restricted: index % 10 === 0,
  }))

test('whatever becomes of a task, the sums stay what a full count finds, brought up to date or not', async () => {
  const late = makeSnapshot({ arrivedOn: '2026-09-01' })
  const steps: (() => Promise<unknown>)[] = [
    () => house.receive(makeSnapshot(), makeSnapshot({ identified: false }), late, makeSnapshot({ benefit: 'TO' })),
    () => house.receive({ ...late, version: 2, benefit: 'TT', restricted: true }),
    () => act('return', { reason: 'unclear' }),
    () => act('decision', { outcome: 'granted', grounds: 'Yes.' }),
    () => act('recusal', { reason: 'A neighbour.' }, handlerCaller('north-1-handler-2')),
    () => saveOpenWork(house.db, work('north-1', 300)),
    () => act('information-request', { missing: ['Receipt'], deadlineOn: '2026-12-01' }),
    () => planOnce(house.routing),
    () => next(),
    () => house.receive({ ...late, version: 3, withdrawn: true }),
  ]
  for (const [index, step] of steps.entries()) {
    await step()
    expect(await listMiscounts(house.db), `after step ${index}`).toEqual([])
    if (index % 2 === 0) await fold()
    expect(await listMiscounts(house.db), `folded after step ${index}`).toEqual([])
  }
  await fold()
  const { work: rows } = buildSnapshot(await readPlanInput(house.db, '2026-11-23'))
  const { rows: groups } = await sql<{ movable: boolean; tasks: number; minutes: number }>`
    select movable, count(*)::int as tasks, sum(minutes)::int as minutes from task
    where state in ('open', 'claimed') group by movable order by movable`.execute(house.db)
  const sum = (movable: boolean) => ({
    movable,
    tasks: rows.reduce((total, row) => (row.movable === movable ? total + row.tasks : total), 0),
    minutes: rows.reduce((total, row) => (row.movable === movable ? total + row.minutes : total), 0),
  })
  expect([sum(false), sum(true)]).toEqual(groups)
  const leftover = await sql`select from open_work where tasks = 0`.execute(house.db)
  expect(leftover.rows).toHaveLength(0)
})

test('sums brought up to date while many claim at once lose nothing', async () => {
  await house.close()
  const nation = makeNation(8)
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation, connections: 16 })
  for (const { id } of nation.offices) await saveOpenWork(house.db, work(id, 40))
  const claims = nation.handlers.map(({ subject }) => next(handlerCaller(subject)))
  const folds = Array.from({ length: 8 }, fold)
  const tasks = (await Promise.all([...claims, ...folds])).filter((task) => task)
  expect(tasks).toHaveLength(nation.handlers.length)
  expect(await listMiscounts(house.db)).toEqual([])
})

test('a wave of changes is folded to its end in one sweep, piece by piece', async () => {
  await house.receive(makeSnapshot())
  await sql`
    insert into open_work_change (queue_key, due_on, tasks, minutes, waiting, movable_tasks, movable_minutes)
    select 1000, date '2026-12-01', sign, sign, sign, sign, sign from generate_series(1, 3000), (values (1), (-1)) s (sign)`.execute(
    house.db,
  )
  await sweepOnce(house.database)
  const left = await sql<{ changes: number }>`select count(*)::int as changes from open_work_change`.execute(house.db)
  expect(left.rows).toEqual([{ changes: 0 }])
  expect(await listMiscounts(house.db)).toEqual([])
})

test('a sum that is wrong is found by verify, and set right at night', async () => {
  await house.receive(makeSnapshot(), makeSnapshot())
  await fold()
  await sql`update open_work set tasks = tasks + 1, waiting = 0`.execute(house.db)
  const verify = async () => (await house.ask(auditorCaller, 'GET', '/verify')).body
  expect(await verify()).toMatchObject({ checks: { 5: { name: 'sums of open work', faults: [/3 tasks, and 2 are/] } } })
  await recountOnce(house)
  expect(await listMiscounts(house.db)).toEqual([])
})

test('work that comes and goes between two folds leaves no row, and rows of nothing go at night', async () => {
  await house.receive(makeSnapshot())
  await act('decision', { outcome: 'granted', grounds: 'Yes.' })
  await fold()
  const list = () => house.db.selectFrom('open_work').selectAll().execute()
  expect(await list()).toEqual([])
  const none = { tasks: 0, minutes: 0, waiting: 0, movable_tasks: 0, movable_minutes: 0 }
  const rows = [
    { queue_key: 1010, due_on: '2026-11-20', ...none },
    { queue_key: 1010, due_on: '2026-11-21', ...none, tasks: 1, minutes: 30 },
  ]
  await house.db.insertInto('open_work').values(rows).execute()
  await recountOnce(house)
  expect(await list()).toMatchObject([{ due_on: '2026-11-21' }])
})

test('what lies open at midnight is counted by the first tidying of the day, and stays as it was', async () => {
  const tidyAt = async (instant: string) => {
    house.clock.at = new Date(instant)
    await tidyOnce(house)
  }
  await house.receive(makeSnapshot())
  await tidyAt('2026-11-23T21:59:30Z')
  await tidyAt('2026-11-23T22:00:30Z')
  await house.receive(makeSnapshot())
  await tidyAt('2026-11-24T10:00:00Z')
  await tidyAt('2026-11-24T22:00:30Z')
  const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']
  const counted = await Promise.all(days.map((day) => listMidnight(house.db, day)))
  expect(counted.map((offices) => offices.get('north-1'))).toEqual([30, 30, 60, undefined])
  expect(counted[0]?.get('south-1')).toBe(0)
})
