import {
  alarmList,
  type Caller,
  loadTable,
  moveList,
  nextTask,
  planSummary,
  ruleVersion,
  taskStory,
} from '@tasain/contracts'
import { plan as makePlan } from '@tasain/levelling'
import { helsinkiDate } from '@tasain/vocabulary'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeHandler, makeNation, makeSnapshot, makeWork } from '../../testing/nation.ts'
import { noteMidnight } from '../load/midnight.store.ts'
import { saveOpenWork } from '../offices/nation.store.ts'
import { checkMoves } from '../reporting/verify.store.ts'
import { findRecord, stripTime } from './plan.store.ts'
import { planOnce, type Routing } from './routing.work.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

const plan = (change: Partial<Routing> = {}) => planOnce({ ...house.routing, ...change })
const manager = managerCaller('north')
const north2 = { office: 'north-2' }

const writeRule = async (scope: object, value: object, who = manager) => {
  const body = { scope, value, from: '2026-11-23', reason: 'As agreed.' }
  expect((await house.ask(who, 'POST', '/rules', body)).status).toBe(201)
}
const listMoved = () =>
  house.db
    .selectFrom('move')
    .innerJoin('task', 'task.id', 'move.task_id')
    .selectAll('move')
    .select(['task.office_id', 'task.sends', 'task.due_on', 'task.state', 'task.pinned', 'task.restricted'])
    .execute()

test('a congested office gives to the others, and each move says why', async () => {
  // Moves are counted by the database's day.
  house.clock.at = new Date()
  await saveOpenWork(house.db, makeWork('north-1', 400))
  const planned = await plan()
  const moved = await listMoved()
  expect(moved.length).toBeGreaterThan(100)
  expect(planned).toMatchObject({ moved: moved.length, skipped: 0 })
  for (const move of moved) {
    expect(move).toMatchObject({ from_office_id: 'north-1', office_id: move.to_office_id, sends: 1 })
    expect(move.reasons?.fromDaysBefore).toBe(30)
  }
  const { plan: latest } = planSummary.parse((await house.ask(manager, 'GET', '/plans/latest')).body)
  expect(latest).toMatchObject({ id: planned?.planId, moved: moved.length, gap: 0, stuck: [] })
  const list = moveList.parse((await house.ask(manager, 'GET', `/moves?day=${helsinkiDate(new Date())}`)).body)
  expect(list.total).toBe(moved.length)
  const load = loadTable.parse((await house.ask(manager, 'GET', '/load')).body)
  const giver = load.offices.find(({ office }) => office === 'north-1')
  expect(giver).toMatchObject({ movedOutToday: moved.length, openTasks: 400 - moved.length, minutesPerDay: 400 })
  const story = taskStory.parse((await house.ask(auditorCaller, 'GET', `/tasks/${moved[0]?.task_id}/story`)).body)
  expect(story.steps.map(({ kind }) => kind)).toEqual(['received', 'moved'])
})

test('what was sent once is not sent again, and a plan for the same nation is not written twice', async () => {
  await saveOpenWork(house.db, makeWork('north-1', 300))
  await plan()
  const before = await listMoved()
  await saveOpenWork(house.db, makeWork('north-2', 300))
  await plan()
  expect((await checkMoves(house.db)).faults).toEqual([])
  const again = await listMoved()
  expect(again.filter(({ task_id }) => before.some((move) => move.task_id === task_id))).toHaveLength(before.length)
  while (await plan());
  const count = (await house.db.selectFrom('plan').select('id').execute()).length
  expect(await plan()).toBeUndefined()
  expect(await house.db.selectFrom('plan').select('id').execute()).toHaveLength(count)
})

test('a plan that moved something can be made again, to the byte, from what is kept; of one that moved nothing the latest stays', async () => {
  for (const office of ['north-1', 'south-1']) {
    await saveOpenWork(house.db, makeWork(office, 300))
    while (await plan());
  }
  const records = house.db
    .selectFrom('plan_record')
    .innerJoin('plan', 'plan.id', 'plan_id')
    .select(['plan_id', 'sends'])
  const kept = await records.orderBy('planned_at').execute()
  const sending = kept.filter(({ sends }) => sends)
  expect(sending.length).toBeGreaterThan(1)
  expect(kept.length - sending.length).toBeLessThanOrEqual(1)
  for (const { plan_id: before } of [...sending.slice(1), undefined].map((one) => one ?? { plan_id: undefined })) {
    const record = await findRecord(house.db, { sends: true, ...(before !== undefined && { before }) })
    const earlier = record && (await findRecord(house.db, { sends: true, before: record.id }))
    expect(record && JSON.stringify(stripTime(makePlan(record.snapshot, earlier?.plan)))).toBe(
      JSON.stringify(record?.plan),
    )
  }
})

test('an office that closes export gives nothing from the next plan on', async () => {
  await saveOpenWork(house.db, [...makeWork('north-1', 300), ...makeWork('north-2', 300)])
  await writeRule(north2, { kind: 'export', allow: false })
  await plan()
  const givers = new Set((await listMoved()).map(({ from_office_id }) => from_office_id))
  expect([...givers]).toEqual(['north-1'])
  const load = loadTable.parse((await house.ask(manager, 'GET', '/load')).body)
  expect(load.offices.filter(({ exportClosed }) => exportClosed).map(({ office }) => office)).toEqual(['north-2'])
})

test('every move keeps to the rules of reach, import, accept and threshold', async () => {
  await saveOpenWork(house.db, [
    ...makeWork('north-1', 200),
    ...makeWork('north-1', 200, { benefit: 'TT' }),
    ...makeWork('east-1', 60),
  ])
  await writeRule({ office: 'north-1' }, { kind: 'threshold', exportAboveDays: 8, importBelowDays: 2 })
  await writeRule(north2, { kind: 'accept', benefits: ['TT'] })
  await writeRule(
    { office: 'east-1' },
    { kind: 'threshold', exportAboveDays: 9, importBelowDays: 4 },
    managerCaller('east'),
  )
  await writeRule({ office: 'south-1' }, { kind: 'reach', within: 'region' }, managerCaller('south'))
  await plan()
  const moved = await listMoved()
  expect(moved.length).toBeGreaterThan(50)
  for (const move of moved) {
    expect(move.from_office_id).toBe('north-1')
    expect([move.to_office_id, move.benefit]).toEqual(['north-2', 'TT'])
  }
})

test('claimed, returned, unidentified and protected work stays where it is', async () => {
  const snapshots = [
    makeSnapshot({ arrivedOn: '2026-09-01' }),
    makeSnapshot({ arrivedOn: '2026-09-02' }),
    makeSnapshot({ arrivedOn: '2026-09-03', identified: false }),
    makeSnapshot({ arrivedOn: '2026-09-04', restricted: true }),
  ]
  await house.receive(...snapshots)
  const anna = handlerCaller('north-1-handler-1')
  const first = await house.ask(anna, 'POST', '/tasks/next')
  expect(first.body).toMatchObject({ task: { arrivedOn: '2026-09-01' } })
  const held = await house.db.selectFrom('task').select('id').where('state', '=', 'claimed').executeTakeFirst()
  await house.ask(anna, 'POST', `/tasks/${held?.id}/return`, { epoch: 1, reason: 'unclear' })
  await house.ask(anna, 'POST', '/tasks/next')
  await saveOpenWork(house.db, makeWork('north-1', 300))
  await plan()
  const moved = await listMoved()
  expect(moved.length).toBeGreaterThan(50)
  const tasks = await house.db.selectFrom('task').select(['arrived_on', 'office_id', 'state']).execute()
  const early = tasks.filter(({ arrived_on }) => arrived_on < '2026-10-01')
  expect(early.map(({ office_id }) => office_id)).toEqual(['north-1', 'north-1', 'north-1', 'north-1'])
  expect(moved.every(({ restricted, pinned }) => !restricted && !pinned)).toBe(true)
})

test('protected work goes only where somebody is cleared, and work nobody can do is reported as stuck', async () => {
  await house.close()
  const nation = makeNation()
  const cleared = makeHandler('south-1', 'cleared', { cleared: true, languages: ['fi'] })
  house = await openHouse({
    urls: (await ownDatabase()).urlsOf('balancer'),
    nation: { ...nation, handlers: [...nation.handlers, cleared] },
  })
  await saveOpenWork(house.db, [
    ...makeWork('north-1', 10, { restricted: true }),
    ...makeWork('north-1', 3, { restricted: true, language: 'sv' }),
  ])
  await plan()
  const moved = await listMoved()
  expect(moved.map(({ to_office_id }) => to_office_id)).toEqual(Array.from({ length: 10 }, () => 'south-1'))
  const { plan: latest } = planSummary.parse((await house.ask(manager, 'GET', '/plans/latest')).body)
  // Managers are not told who is under protection; auditors see it among the alarms.
  expect(latest?.stuck).toEqual([])
  const alarms = alarmList.parse((await house.ask(auditorCaller, 'GET', '/alarms')).body)
  expect(alarms.stuck).toMatchObject([{ office: 'north-1', benefit: 'YA', language: 'sv', tasks: 3 }])
  const list = moveList.parse((await house.ask(manager, 'GET', `/moves?day=${helsinkiDate(new Date())}`)).body)
  expect(list).toMatchObject({ total: 0, flows: [] })
})

test('work whose only able handlers have recused themselves or have a conflict of interest is reported as stuck', async () => {
  await house.receive(makeSnapshot({ applicantIndex: 'cousin' }))
  const anna = handlerCaller('north-1-handler-1')
  const { task } = nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body)
  await house.ask(anna, 'POST', `/tasks/${task?.id}/recusal`, { epoch: 1, reason: 'A neighbour.' })
  await plan()
  const listStuck = async () => planSummary.parse((await house.ask(manager, 'GET', '/plans/latest')).body).plan?.stuck
  expect(await listStuck()).toEqual([])
  const other = await house.db.selectFrom('handler').select('id').where('subject', '=', 'north-1-handler-2').execute()
  await house.db
    .insertInto('conflict_of_interest')
    .values(other.map(({ id }) => ({ handler_id: id, applicant_index: 'cousin' })))
    .execute()
  expect(await listStuck()).toEqual([{ office: 'north-1', benefit: 'YA', language: 'fi', tasks: 1, cause: 'recused' }])
})

test('the kill switch keeps everything where it is, and what waits for nobody is told all the same', async () => {
  await saveOpenWork(house.db, makeWork('north-1', 300))
  await saveOpenWork(house.db, makeWork('north-1', 3, { restricted: true }))
  expect(await plan({ isOn: false })).toBeUndefined()
  expect(await listMoved()).toEqual([])
  const alarms = alarmList.parse((await house.ask(auditorCaller, 'GET', '/alarms')).body)
  expect(alarms.stuck).toMatchObject([{ office: 'north-1', tasks: 3, cause: 'noClearance' }])
})

test('a person who answers for the nation stops levelling and lets it go on, and everybody sees who and why', async () => {
  await saveOpenWork(house.db, makeWork('north-1', 300))
  const turn = (on: boolean, who: Caller) => house.ask(who, 'POST', '/plans/switch', { on, reason: 'An audit is on.' })
  expect((await turn(false, manager)).code).toBe('right.missing')
  const nationwide: Caller = { ...manager, subject: 'director', name: 'The director', district: null }
  expect((await turn(false, nationwide)).body).toMatchObject({ on: false, by: 'The director' })
  expect(await plan()).toBeUndefined()
  const read = async () => planSummary.parse((await house.ask(manager, 'GET', '/plans/latest')).body).planning
  expect(await read()).toMatchObject({ on: false, reason: 'An audit is on.', by: 'The director' })
  expect((await turn(true, { ...nationwide, roles: ['admin'] })).status).toBe(200)
  expect(await read()).toMatchObject({ on: true })
  expect(house.planned).toContain('plan')
  expect(await plan()).toMatchObject({ skipped: 0 })
  expect(await house.db.selectFrom('planning_switch').selectAll().execute()).toHaveLength(2)
})

test('a move that saves little is made when a second plan asks for it too, and then whole', async () => {
  await saveOpenWork(house.db, makeWork('north-1', 300))
  const first = await plan({ dampingMinutes: 30 })
  expect(first).toMatchObject({ moved: 0 })
  expect(first?.held).toBeGreaterThan(0)
  const { plan: latest } = planSummary.parse((await house.ask(manager, 'GET', '/plans/latest')).body)
  expect(latest?.held).toBeGreaterThan(1_000)
  expect((await plan({ dampingMinutes: 30 }))?.moved).toBeGreaterThan(100)
  for (let round = 0; round < 5; round += 1) await plan({ dampingMinutes: 30 })
  expect(await plan({ dampingMinutes: 30 })).toBeUndefined()
})

test('a share binds over the whole day and a quota over the month, however many plans are made', async () => {
  house.clock.at = new Date()
  const today = helsinkiDate(house.clock.at)
  const limit = async (value: object, who: Caller[], scope: object) => {
    const body = { scope, value, from: today, reason: 'As agreed.' }
    const { id, version } = ruleVersion.parse((await house.ask(who[0] ?? manager, 'POST', '/rules', body)).body)
    for (const other of who.slice(1)) await house.ask(other, 'POST', `/rules/${id}/approve`, { version })
  }
  await limit({ kind: 'shareOut', max: 0.1 }, [manager], { office: 'north-1' })
  const quota = { kind: 'quota', giver: 'north-2', receiver: 'south-1', minutesPerMonth: 600 }
  await limit(quota, [manager, managerCaller('south')], {})
  const sum = async (from: string, to?: string) => {
    const moved = (await listMoved()).filter(
      (move) => move.from_office_id === from && (!to || move.to_office_id === to),
    )
    return moved.reduce((minutes, move) => minutes + move.minutes, 0)
  }
  await saveOpenWork(house.db, [...makeWork('north-1', 200), ...makeWork('north-2', 400)])
  await house.db.transaction().execute((tx) => noteMidnight(tx, today))
  for (let round = 0; round < 4; round += 1) {
    await plan()
    await saveOpenWork(house.db, [...makeWork('north-1', 50), ...makeWork('north-2', 50)])
  }
  expect(await sum('north-1')).toBe(600)
  expect(await sum('north-2', 'south-1')).toBe(600)
  expect(await sum('north-2')).toBeGreaterThan(600)
})

test('managers see the moves and stories of their own district, and others are told there is nothing', async () => {
  await saveOpenWork(house.db, makeWork('north-1', 400))
  await writeRule({ district: 'north' }, { kind: 'reach', within: 'district' })
  await plan()
  const [move] = await listMoved()
  expect(move?.to_office_id).toBe('north-2')
  const path = `/tasks/${move?.task_id}/story`
  expect((await house.ask(manager, 'GET', path)).status).toBe(200)
  expect((await house.ask(managerCaller('south'), 'GET', path)).code).toBe('request.not_found')
  expect((await house.ask(handlerCaller('north-2-handler-1'), 'GET', path)).code).toBe('request.not_found')
  const foreign = moveList.parse((await house.ask(managerCaller('south'), 'GET', '/moves')).body)
  expect(foreign).toMatchObject({ total: 0, flows: [] })
})
