import { type Caller, loadTable, planSummary, rulePreview, type Snapshot, taskStory } from '@tasain/contracts'
import { plan } from '@tasain/levelling'
import { addDays } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot, makeWork } from '../../testing/nation.ts'
import { tidyOnce } from '../handling/handling.work.ts'
import { saveOpenWork } from '../offices/nation.store.ts'
import { readQueueKey } from '../receiving/queue-key.ts'
import { readPlanInput } from '../routing/routing.store.ts'
import { planOnce } from '../routing/routing.work.ts'
import { buildSnapshot, type PlanInput } from '../routing/snapshot.ts'
import { listMeanArrivals, noteArrivals } from './arrivals.store.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

// Of the twenty weekdays in the four weeks before it, Christmas Eve, Christmas Day, New Year's Day and Epiphany are off.
const today = '2027-01-11'
const workingDays = 16
/** Received at noon of that day, or at an instant. */
const arrive = (day: string, count = 1, change: Partial<Snapshot> = {}) =>
  house.receiveAt(
    day.includes('T') ? day : `${day}T10:00:00Z`,
    ...Array.from({ length: count }, () => makeSnapshot(change)),
  )
const note = (day = today) => house.db.transaction().execute((tx) => noteArrivals(tx, day))
/** Minutes a working day, by what the queue is of, in their order. */
const list = async () => {
  const arrivals = await listMeanArrivals(house.db)
  return arrivals
    .toSorted((one, other) => one.queueKey - other.queueKey)
    .map(({ queueKey, minutesPerDay }) => {
      const { officeNumber, benefit, language, restricted } = readQueueKey(queueKey)
      return [officeNumber, benefit, language, restricted, minutesPerDay]
    })
}
const north1 = (minutes: number, days = workingDays) => [[1, 'YA', 'fi', false, minutes / days]]
const longAgo = '2026-10-01'

test('what came in over the four weeks before today is shared out on their working days', async () => {
  for (const outside of [longAgo, '2026-12-13T21:59:59Z', '2027-01-10T22:00:00Z']) await arrive(outside)
  await note()
  expect(await list()).toEqual([])
  await arrive('2026-12-13T22:00:00Z', 2)
  await arrive('2027-01-06')
  await arrive('2027-01-10T21:59:59Z')
  await note()
  expect(await list(), 'counted once a day').toEqual([])
  await house.db.deleteFrom('arrival_count').execute()
  await note()
  expect(await list()).toEqual(north1(4 * 30))
})

test('work comes in when it is received, however long before that it arrived', async () => {
  await arrive('2027-01-04', 1, { arrivedOn: longAgo })
  await note('2027-01-05')
  expect(await list(), 'a first day is no history, whatever is written on its papers').toEqual([])
  await arrive('2027-01-05', 2, { arrivedOn: '2026-12-20' })
  await arrive('2027-01-07', 1, { arrivedOn: longAgo })
  await note()
  expect(await list()).toEqual(north1(90, 3))
})

test('in its first weeks a system counts the days since its first one, which may have been a part of a day', async () => {
  const mean = async (day: string) => {
    await note(day)
    return await list()
  }
  await note('2026-11-30')
  await arrive('2026-12-01', 50)
  expect(await mean('2026-12-01')).toEqual([])
  expect(await mean('2026-12-02')).toEqual([])
  await arrive('2026-12-02', 3)
  expect(await mean('2026-12-03')).toEqual(north1(90, 1))
  expect(await mean('2026-12-04')).toEqual(north1(90, 2))
  // A Friday, then a weekend and Independence Day, which is a Sunday.
  await arrive('2026-12-05')
  expect(await mean('2026-12-07')).toEqual(north1(120, 3))
  expect(await mean('2026-12-29')).toEqual(north1(120, 17))
  expect(await mean('2026-12-30')).toEqual(north1(120, 18))
  expect(await mean('2026-12-31')).toEqual(north1(30, 18))
})

test('a first weekend is no history yet', async () => {
  await arrive('2026-12-11')
  await arrive('2026-12-12')
  await note('2026-12-14')
  expect(await list()).toEqual([])
  await note('2026-12-15')
  expect(await list()).toEqual(north1(30, 1))
})

test('work that was loaded is a backlog and tells nothing of what comes in, nor of how long anything has', async () => {
  await saveOpenWork(house.db, [
    ...makeWork('north-1', 100, { arrivedOn: longAgo }),
    ...makeWork('north-1', 100, { arrivedOn: '2027-01-05' }),
  ])
  const received =
    "case when arrived_on = '2026-10-01' then '2026-10-01T10:00Z' else '2027-01-05T10:00Z' end::timestamptz"
  await sql`update task set received_at = ${sql.raw(received)}`.execute(house.db)
  await note('2027-01-06')
  expect(await list()).toEqual([])
  await arrive('2027-01-05')
  await arrive('2027-01-08')
  await note()
  expect(await list()).toEqual(north1(30, 2))
})

test('it is told apart by home, benefit, language and protection, wherever it lies and whatever became of it', async () => {
  const day = '2027-01-04'
  await arrive(longAgo)
  await arrive(day, 2)
  await arrive(day, 3, { restricted: true })
  await arrive(day, 1, { benefit: 'TO', language: 'sv', homeOffice: 'south-1' })
  await arrive(day, 1, { benefit: 'TT', identified: false, homeOffice: 'east-1' })
  const withdrawn = makeSnapshot()
  await house.receiveAt(`${day}T10:00:00Z`, withdrawn, { ...withdrawn, version: 2, withdrawn: true })
  await house.db
    .updateTable('task')
    .set({ office_id: 'north-2', queue_key: 2010, sends: 1, state: 'decided' })
    .where('queue_key', '=', 1010)
    .where('state', '=', 'open')
    .execute()
  await note()
  expect(await list()).toEqual([
    [1, 'YA', 'fi', false, 60 / workingDays],
    [1, 'YA', 'fi', true, 90 / workingDays],
    [3, 'TT', 'fi', false, 30 / workingDays],
    [4, 'TO', 'sv', false, 30 / workingDays],
  ])
})

test('the first tidying of the day counts, and until then the last count stands', async () => {
  const tidyAt = async (instant: string) => {
    house.clock.at = new Date(instant)
    await tidyOnce(house)
  }
  await arrive(longAgo)
  await arrive('2026-11-20', 19)
  await tidyAt('2026-11-23T21:59:30Z')
  expect(await list()).toEqual(north1(570, 20))
  await arrive('2026-11-23')
  expect((await readPlanInput(house.db, '2026-11-24')).arrivals).toMatchObject([{ minutesPerDay: 570 / 20 }])
  await tidyAt('2026-11-23T22:00:30Z')
  expect(await list()).toEqual(north1(600, 20))
  expect(await house.db.selectFrom('arrival_count').selectAll().execute()).toEqual([
    { counted_on: '2026-11-24', working_days: 20 },
  ])
  expect(await house.db.selectFrom('arrival_sum').select('counted_on').execute()).toHaveLength(1)
})

test('two that count at once count once', async () => {
  await arrive(longAgo)
  await arrive('2027-01-08')
  await Promise.all([note(), note(), note()])
  expect(await list()).toEqual(north1(30))
})

const shuffle = (input: PlanInput): PlanInput => ({
  ...input,
  arrivals: input.arrivals.toReversed(),
  work: input.work.toReversed(),
})

test('the planner is told what is likely to come, with its own time, the same whatever the order of rows', async () => {
  await arrive(longAgo)
  for (let day = 1; day <= 28; day += 1) {
    await arrive(addDays(today, -day), 4)
    await arrive(addDays(today, -day), 4, { benefit: 'TO', restricted: true, homeOffice: 'south-1' })
  }
  expect(buildSnapshot(await readPlanInput(house.db, today)).coming).toBeUndefined()
  await note()
  const input = await readPlanInput(house.db, today)
  const snapshot = buildSnapshot(input)
  const perDay = (28 * 4 * 30) / workingDays
  const housing = { office: 'north-1', benefit: 'YA', language: 'fi', protected: false }
  const social = { office: 'south-1', benefit: 'TO', language: 'fi', protected: true }
  expect(snapshot.coming).toEqual([
    { ...housing, inDays: 3, slackDays: 3 + 15, minutes: 6 * perDay },
    { ...housing, inDays: 7, slackDays: 7 + 15, minutes: 7 * perDay },
    { ...social, inDays: 3, slackDays: 3 + 7, minutes: 6 * perDay },
    { ...social, inDays: 7, slackDays: 7 + 7, minutes: 7 * perDay },
  ])
  const other = buildSnapshot(shuffle(input))
  expect(JSON.stringify(other)).toBe(JSON.stringify(snapshot))
  expect(plan(other).basis.snapshot).toBe(plan(snapshot).basis.snapshot)
  expect(plan({ ...snapshot, coming: [] }).basis.snapshot).not.toBe(plan(snapshot).basis.snapshot)
  const { coming, ...rest } = snapshot
  expect(coming).toHaveLength(4)
  expect(buildSnapshot({ ...input, arrivals: [] })).toEqual(rest)
})

test('on a day off time is reckoned from the next working day, as days are', async () => {
  await arrive(longAgo)
  await arrive('2027-01-08', 40, { benefit: 'TO' })
  await note('2027-01-09')
  const { coming } = buildSnapshot(await readPlanInput(house.db, '2027-01-09'))
  expect(coming?.map(({ inDays, slackDays }) => slackDays - inDays)).toEqual([7, 7])
})

test('nobody is told what is to come of people under protection, nor is it taken for work that is here', async () => {
  const nationwide: Caller = { ...managerCaller('north'), district: null }
  const rule = { scope: { office: 'north-1' }, value: { kind: 'reach', within: 'district' }, from: '2026-11-23' }
  const tell = async () => {
    await planOnce({ ...house.routing, isOn: false })
    const [latest, load, alarms, stuck, story, preview] = await Promise.all([
      house.ask(nationwide, 'GET', '/plans/latest'),
      house.ask(nationwide, 'GET', '/load'),
      house.ask(nationwide, 'GET', '/alarms'),
      house.ask(auditorCaller, 'GET', '/alarms'),
      house.ask(auditorCaller, 'GET', `/tasks/${await findMovable()}/story?words=en`),
      house.ask(managerCaller('north'), 'POST', '/rules/preview', rule),
    ])
    const { plan: made } = planSummary.parse(latest.body)
    const { now } = rulePreview.parse(preview.body)
    const { words } = taskStory.parse(story.body)
    const open = loadTable.parse(load.body)
    const { id, plannedAt, ms, ...figures } = made ?? {}
    expect([id, plannedAt, ms]).not.toContain(undefined)
    return { figures, open, alarms: [alarms.body, stuck.body], words, now }
  }
  const findMovable = async () =>
    (await house.db.selectFrom('task').select('id').where('movable', '=', true).executeTakeFirstOrThrow()).id
  await arrive(longAgo, 1, { restricted: true, language: 'sv' })
  await house.db.updateTable('task').set({ state: 'decided' }).execute()
  await arrive('2026-11-16', 40, { restricted: true })
  await house.db.updateTable('task').set({ state: 'decided' }).execute()
  await arrive('2026-11-23')
  const before = await tell()
  await note('2026-11-23')
  expect(await list()).toHaveLength(1)
  const told = planSummary.parse((await house.ask(nationwide, 'GET', '/plans/latest')).body)
  expect(Object.keys(told.plan ?? {})).toEqual(['id', 'plannedAt', 'gap', 'ms', 'moved', 'skipped', 'held', 'stuck'])
  expect(await tell()).toEqual(before)
})
