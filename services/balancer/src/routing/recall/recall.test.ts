import { moveList, nextTask, taskStory } from '@tasain/contracts'
import { addDays, helsinkiDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../../testing/house.ts'
import { makeNation, makeWork } from '../../../testing/nation.ts'
import { saveAbsences, saveOpenWork } from '../../offices/nation.store.ts'
import { checkMoves } from '../../reporting/verify.store.ts'
import { findLatestPlan } from '../plan.store.ts'
import { planOnce } from '../routing.work.ts'
import { chooseRecalls, findStartDate } from './recall.ts'

let house: TestHouse
const nation = makeNation()
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation })
  // Moves are dated by the database's clock.
  house.clock.at = new Date()
})
afterEach(() => house.close())

const today = () => helsinkiDate(house.clock.at)
const fill = (officeId: string, count: number, arrivedDaysAgo: number) =>
  saveOpenWork(house.db, makeWork(officeId, count, { arrivedOn: addDays(today(), -arrivedDaysAgo) }))
const listMoves = (cause: 'plan' | 'recall') =>
  house.db.selectFrom('move').selectAll().where('cause', '=', cause).orderBy('id').execute()
const plan = () => planOnce(house.routing)
const empty = (officeId: string) => {
  const there = nation.handlers.filter((handler) => handler.officeId === officeId)
  const away = there.map(({ id }) => ({ handlerId: id, from: addDays(today(), -1), to: addDays(today(), 60) }))
  return house.db.transaction().execute((tx) => saveAbsences(tx, away))
}

test('work may be started where it was sent until it is due, and for five working days however late it came', () => {
  expect(findStartDate({ sentOn: '2026-11-23', dueOn: '2026-12-10' })).toBe('2026-12-10')
  expect(findStartDate({ sentOn: '2026-11-23', dueOn: '2026-11-01' })).toBe('2026-11-30')
  expect(findStartDate({ sentOn: '2026-12-18', dueOn: '2026-12-18' })).toBe('2026-12-29')
})

test('work whose receiver closes is called back home once, and after that only a person moves it', async () => {
  await fill('north-1', 400, 30)
  await plan()
  const sent = await listMoves('plan')
  const lost = sent.filter(({ to_office_id }) => to_office_id === 'east-1')
  expect(lost.length).toBeGreaterThan(20)
  await house.ask(handlerCaller('east-1-handler-1', 'east-1'), 'POST', '/tasks/next')
  await empty('east-1')
  expect(await plan()).toMatchObject({ recalled: lost.length - 1 })
  const recalls = await listMoves('recall')
  for (const recall of recalls)
    expect(recall).toMatchObject({
      from_office_id: 'east-1',
      to_office_id: 'north-1',
      note: 'receiver_closed',
      plan_id: null,
    })
  for (let round = 0; round < 3; round += 1) await plan()
  expect(await listMoves('recall')).toHaveLength(recalls.length)
  expect((await checkMoves(house.db)).faults).toEqual([])
  const again = (await listMoves('plan')).filter(({ task_id }) => recalls.some((recall) => recall.task_id === task_id))
  expect(again).toHaveLength(recalls.length)
  const story = taskStory.parse((await house.ask(auditorCaller, 'GET', `/tasks/${recalls[0]?.task_id}/story`)).body)
  expect(story.steps.map(({ kind, note }) => [kind, note])).toEqual([
    ['received', null],
    ['moved', null],
    ['recalled', 'receiver_closed'],
  ])
  const listed = await house.ask(managerCaller('north'), 'GET', `/moves?day=${today()}&from=east-1&to=north-1`)
  expect(moveList.parse(listed.body)).toMatchObject({
    total: recalls.length,
    flows: [{ cause: 'recall', tasks: recalls.length, reasons: null }],
    moves: { 0: { cause: 'recall', planId: null } },
  })
})

test('work not started by its date goes home when the queue there is the shorter one, and stays when it is not', async () => {
  await fill('north-1', 200, 30)
  await plan()
  await fill('south-1', 800, 3)
  const sent = await listMoves('plan')
  house.clock.at = new Date(house.clock.at.getTime() + 21 * 86_400_000)
  await plan()
  const recalls = await listMoves('recall')
  const toSouth = sent.filter(({ to_office_id }) => to_office_id === 'south-1').map(({ task_id }) => task_id)
  expect(recalls.map(({ task_id }) => task_id).toSorted()).toEqual(toSouth.toSorted())
  expect(recalls.every(({ note }) => note === 'not_started')).toBe(true)
  expect(toSouth.length).toBeGreaterThan(10)
})

test('nothing is sent where everybody is away on all the days known, to be called back from there at once', async () => {
  for (const office of ['north-2', 'east-1', 'south-1']) await empty(office)
  await fill('north-1', 1_000, 30)
  for (let round = 0; round < 2; round += 1) await plan()
  expect(await listMoves('plan')).toEqual([])
  expect(await listMoves('recall')).toEqual([])
})

test('work that may not go home keeps nothing from going home that comes after it', async () => {
  await fill('south-1', 20_000, 90)
  await fill('east-1', 50, 60)
  await empty('north-2')
  await planOnce({ ...house.routing, isOn: false })
  const planId = (await findLatestPlan(house.db))?.id
  await sql`
    update task set sends = 1, home_office_id = case office_id when 'south-1' then 'north-2' else 'north-1' end`.execute(
    house.db,
  )
  await sql`
    insert into move (id, plan_id, task_id, cause, from_office_id, to_office_id, benefit, language, minutes, rule_versions, reasons, moved_at)
    select gen_random_uuid(), ${planId}, id, 'plan', home_office_id, office_id, benefit, language, minutes, '{}', '{}', now() - interval '30 days'
    from task`.execute(house.db)
  await plan()
  const recalls = await listMoves('recall')
  expect(recalls.length).toBeGreaterThan(20)
  expect(new Set(recalls.map(({ to_office_id }) => to_office_id))).toEqual(new Set(['north-1']))
})

test('what has been begun, or was moved by a person, is not called back', async () => {
  await fill('north-1', 400, 30)
  await plan()
  const south = handlerCaller('south-1-handler-1', 'south-1')
  const { task } = nextTask.parse((await house.ask(south, 'POST', '/tasks/next')).body)
  await house.ask(south, 'POST', `/tasks/${task?.id}/return`, { epoch: task?.epoch, reason: 'unclear' })
  const other = (await listMoves('plan')).find((move) => move.to_office_id === 'south-1' && move.task_id !== task?.id)
  const byHand = { office: 'east-1', reason: 'The family’s other papers are there.' }
  const moved = await house.ask(managerCaller('south'), 'POST', `/tasks/${other?.task_id}/move`, byHand)
  expect(moved.status).toBe(200)
  await empty('south-1')
  await empty('east-1')
  await plan()
  const away = house.db.selectFrom('task').select('id').where('office_id', 'in', ['south-1', 'east-1'])
  const left = (await away.execute()).map(({ id }) => id)
  expect(left.toSorted()).toEqual([task?.id ?? '', other?.task_id ?? ''].toSorted())
  expect((await listMoves('recall')).length).toBeGreaterThan(10)
})

test('no more is called back than makes the two queues alike', () => {
  const day = '2026-11-23'
  const task = { office: 'b', home: 'a', benefit: 'YA', language: 'fi', restricted: false, minutes: 75 } as const
  const tasks = Array.from({ length: 100 }, (_, index) => ({
    ...task,
    id: String(index),
    dueOn: '2026-11-01',
    sentOn: '2026-11-02',
  }))
  const places = new Map(['a', 'b'].map((id) => [id, { id, district: id, region: 'r' }]))
  const days = new Map([
    ['a', 4],
    ['b', 5],
  ])
  const around = { today: day, places, hasHands: () => true, inForce: [], days }
  const capacity = new Map([
    ['a', 600],
    ['b', 600],
  ])
  expect(chooseRecalls(tasks, around, capacity)).toHaveLength(4)
})
