import { setTimeout as sleep } from 'node:timers/promises'
import { nextTask } from '@tasain/contracts'
import { createLog } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { planOnce } from '../routing/routing.work.ts'
import { readPage } from './intake.work.ts'
import { applyPage, applySnapshots } from './receiving.store.ts'
import { receiveOnce, startReceiving } from './receiving.work.ts'
import { reconcile } from './reconcile.work.ts'

const houses: TestHouse[] = []
const open = async (urls?: TestHouse['urls']) => {
  const house = await openHouse(
    urls ? { urls } : { urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() },
  )
  houses.push(house)
  return house
}
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
})

const today = '2026-11-23'
const apply = (house: TestHouse, ...snapshots: ReturnType<typeof makeSnapshot>[]) =>
  house.db.transaction().execute((tx) =>
    applySnapshots(
      tx,
      snapshots.map((snapshot) => ({ position: 1, snapshot })),
      today,
    ),
  )
const listTasks = (house: TestHouse) => house.db.selectFrom('task').selectAll().orderBy('application_id').execute()

test('snapshots delivered in any order and more than once leave one task in its latest version', async () => {
  const house = await open()
  const applications = Array.from({ length: 20 }, () => newId())
  const versions = applications.flatMap((applicationId) =>
    [1, 2, 3].map((version) =>
      makeSnapshot({ applicationId, version, homeOffice: version === 3 ? 'east-1' : 'north-1', language: 'sv' }),
    ),
  )
  const shuffled = [...versions, ...versions].toSorted(() => Math.random() - 0.5)
  for (let start = 0; start < shuffled.length; start += 7) await apply(house, ...shuffled.slice(start, start + 7))
  const tasks = await listTasks(house)
  expect(tasks).toHaveLength(20)
  for (const task of tasks) expect(task).toMatchObject({ version: 3, home_office_id: 'east-1', office_id: 'east-1' })
  expect(await house.db.selectFrom('handover').selectAll().execute()).toHaveLength(60)
  const events = await house.db.selectFrom('task_event').where('kind', '=', 'received').selectAll().execute()
  expect(events).toHaveLength(20)
})

test('an unidentified application lies in the scanning office, where nobody can claim it until it is identified', async () => {
  const house = await open()
  const snapshot = makeSnapshot({ identified: false, scanningOffice: 'north-2', homeOffice: 'south-1' })
  await apply(house, snapshot)
  const scanning = handlerCaller('north-2-handler-1')
  expect(await listTasks(house)).toMatchObject([{ office_id: 'north-2', identified: false }])
  expect((await house.ask(scanning, 'POST', '/tasks/next')).body).toEqual({ task: null, waiting: 0 })
  await apply(house, { ...snapshot, version: 2, identified: true })
  expect(await listTasks(house)).toMatchObject([{ office_id: 'south-1', identified: true, due_on: '2026-12-11' }])
  const home = handlerCaller('south-1-handler-1')
  expect((await house.ask(home, 'POST', '/tasks/next')).body).toMatchObject({ task: { office: 'south-1' } })
})

test('a claimed task stays in its hands and office whatever a later version says, and both clocks stay', async () => {
  const house = await open()
  const snapshot = makeSnapshot({ benefit: 'TO' })
  await apply(house, snapshot)
  const [before] = await listTasks(house)
  await house.ask(handlerCaller('north-1-handler-1'), 'POST', '/tasks/next')
  await apply(house, { ...snapshot, version: 2, homeOffice: 'south-1' })
  const [after] = await listTasks(house)
  expect(after).toMatchObject({ state: 'claimed', office_id: 'north-1', home_office_id: 'south-1', epoch: 1 })
  expect([after?.due_on, after?.arrived_on]).toEqual([before?.due_on, before?.arrived_on])
})

test('a withdrawn application ends the hold on its task, and its holder is told so', async () => {
  const house = await open()
  const snapshot = makeSnapshot()
  await apply(house, snapshot)
  const anna = handlerCaller('north-1-handler-1')
  await house.ask(anna, 'POST', '/tasks/next')
  await apply(house, { ...snapshot, version: 2, withdrawn: true })
  const [task] = await listTasks(house)
  expect(task).toMatchObject({ state: 'withdrawn', claimed_by: null })
  const decision = { epoch: 1, outcome: 'granted', grounds: 'Yes.' }
  expect((await house.ask(anna, 'POST', `/tasks/${task?.id}/decision`, decision)).code).toBe('task.not_held')
  expect((await house.ask(anna, 'POST', '/tasks/next')).body).toMatchObject({ task: null })
})

test('a handler who may not see people under protection loses a task that turns out to be of one', async () => {
  const house = await open()
  const snapshot = makeSnapshot()
  await apply(house, snapshot)
  const anna = handlerCaller('north-1-handler-1')
  await house.ask(anna, 'POST', '/tasks/next')
  await apply(house, { ...snapshot, version: 2, restricted: true })
  const [task] = await listTasks(house)
  expect(task).toMatchObject({ state: 'open', restricted: true, claimed_by: null })
  expect((await house.ask(anna, 'GET', `/tasks/${task?.id}`)).code).toBe('request.not_found')
  expect((await house.ask(anna, 'POST', '/tasks/next')).body).toMatchObject({ task: null })
  const [reservation] = await house.db.selectFrom('reservation').select('ended_as').execute()
  expect(reservation).toEqual({ ended_as: 'lease_lost' })
})

test('returned work that turns out to be of a person under protection may be sent on when nobody there is cleared', async () => {
  const house = await open()
  const returned = async () => {
    const snapshot = makeSnapshot()
    await apply(house, snapshot)
    const anna = handlerCaller('north-1-handler-1')
    const { task } = nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body)
    await house.ask(anna, 'POST', `/tasks/${task?.id}/return`, { epoch: task?.epoch, reason: 'unclear' })
    await apply(house, { ...snapshot, version: 2, restricted: true })
    return await house.db
      .selectFrom('task')
      .selectAll()
      .where('id', '=', task?.id ?? '')
      .executeTakeFirst()
  }
  const clear = (subject: string) =>
    house.db.updateTable('handler').set({ cleared: true }).where('subject', '=', subject).execute()
  await clear('south-1-handler-1')
  const task = await returned()
  expect(task).toMatchObject({ restricted: true, pinned: false, office_id: 'north-1' })
  expect(await planOnce(house.routing)).toMatchObject({ moved: 1 })
  expect(await listTasks(house)).toMatchObject([{ id: task?.id, office_id: 'south-1' }])
  await clear('north-1-handler-2')
  expect(await returned()).toMatchObject({ restricted: true, pinned: true, office_id: 'north-1' })
})

test('a handler with a conflict of interest loses a task that turns out to be of that person', async () => {
  const house = await open()
  const snapshot = makeSnapshot()
  await apply(house, snapshot)
  const anna = handlerCaller('north-1-handler-1')
  await house.ask(anna, 'POST', '/tasks/next')
  const handlers = await house.db.selectFrom('handler').select('id').where('subject', '=', anna.subject).execute()
  const conflicts = handlers.map(({ id }) => ({ handler_id: id, applicant_index: 'cousin' }))
  await house.db.insertInto('conflict_of_interest').values(conflicts).execute()
  await apply(house, { ...snapshot, version: 2, applicantIndex: 'cousin' })
  expect(await listTasks(house)).toMatchObject([{ state: 'open', claimed_by: null }])
  expect((await house.ask(anna, 'POST', '/tasks/next')).body).toMatchObject({ task: null })
})

test('of two balancers that pull the same page one applies it and the other leaves it alone', async () => {
  const one = await open()
  const other = await open(one.urls)
  one.intake.add(...Array.from({ length: 300 }, () => makeSnapshot()))
  const page = await one.intake.listHandovers(0, 0)
  const applied = await Promise.all(
    [one, other].map(({ db }) => db.transaction().execute((tx) => applyPage(tx, 0, page, today))),
  )
  expect(applied.filter((result) => result !== undefined)).toHaveLength(1)
  expect(await listTasks(one)).toHaveLength(300)
  expect(await one.db.selectFrom('receiving_cursor').select('position').execute()).toEqual([{ position: 300 }])
})

test('a new application that several deliver at once becomes one task, and none of them fails', async () => {
  const house = await open()
  const snapshot = makeSnapshot()
  await Promise.all(Array.from({ length: 4 }, () => apply(house, snapshot)))
  expect(await listTasks(house)).toHaveLength(1)
})

test('papers and a correction that come together leave the due date that follows from the papers', async () => {
  const house = await open()
  const snapshot = makeSnapshot({ benefit: 'TO' })
  await apply(house, snapshot)
  const anna = handlerCaller('north-1-handler-1')
  await house.ask(anna, 'POST', '/tasks/next')
  const [task] = await listTasks(house)
  const request = { epoch: 1, missing: ['Bank statement'], deadlineOn: '2026-12-04' }
  expect((await house.ask(anna, 'POST', `/tasks/${task?.id}/information-request`, request)).status).toBe(200)
  const papers = { ...snapshot, version: 2, pageIds: [...snapshot.pageIds, newId()] }
  await apply(house, papers, { ...papers, version: 3 })
  expect(await listTasks(house)).toMatchObject([{ version: 3, state: 'open', due_on: '2026-12-02' }])
})

test('new work plans a route, and an application without a known office is left for reconciliation', async () => {
  const house = await open()
  const receiving = { ...house, database: house.database }
  house.intake.add(makeSnapshot(), makeSnapshot({ homeOffice: 'nowhere', scanningOffice: 'nowhere' }))
  expect(await receiveOnce(receiving, 0)).toBe(2)
  expect(house.planned).toEqual(['route'])
  expect(await listTasks(house)).toHaveLength(1)
  expect(await reconcile(receiving)).toMatchObject({ compared: 2, redelivered: 0, missing: [{ version: 1 }] })
})

test('reconciliation finds an application that was never received, and has it delivered again', async () => {
  const house = await open()
  const receiving = { ...house, database: house.database }
  house.intake.add(...Array.from({ length: 5 }, () => makeSnapshot()))
  await house.db.updateTable('receiving_cursor').set({ position: 2 }).execute()
  const first = await reconcile(receiving)
  expect(first).toMatchObject({ compared: 5, redelivered: 2, unknown: [] })
  expect(first.missing).toHaveLength(2)
  expect(await listTasks(house)).toHaveLength(5)
  expect(await reconcile(receiving)).toMatchObject({ compared: 5, redelivered: 0, missing: [], unknown: [] })
})

test('while intake is down the receiver says so and keeps trying, and goes on when it answers again', async () => {
  const house = await open()
  house.intake.add(makeSnapshot())
  let isDown = true
  const listHandovers: typeof house.intake.listHandovers = async (after, _wait, signal) => {
    if (isDown) throw new Error('connection refused')
    const page = await house.intake.listHandovers(after, 0)
    if (page.cursor === after) await sleep(50, undefined, { signal })
    return page
  }
  const receiver = startReceiving({ ...house, intake: { ...house.intake, listHandovers } })
  await sleep(700)
  expect(receiver.state()).toEqual({ intake: 'out_of_reach', since: null })
  expect((await house.ask(handlerCaller('north-1-handler-1'), 'POST', '/tasks/next')).status).toBe(200)
  isDown = false
  await vi.waitFor(async () => expect(await listTasks(house)).toHaveLength(1), { timeout: 5_000 })
  await vi.waitFor(() => expect(receiver.state().intake).toBe('answers'))
  await receiver.stop()
})

test('of two balancers one receives, and the other takes over when it ends', async () => {
  const one = await open()
  const other = await open(one.urls)
  const listHandovers = async (after: number, _wait: number, signal?: AbortSignal) => {
    await sleep(20, undefined, { signal })
    return await one.intake.listHandovers(after, 0)
  }
  const receivers = [one, other].map((house) => startReceiving({ ...house, intake: { ...one.intake, listHandovers } }))
  const states = () => receivers.map((receiver) => receiver.state().intake).toSorted()
  await vi.waitFor(() => expect(states()).toEqual(['another_receives', 'answers']), { timeout: 5_000 })
  const [active, waiting] = receivers.toSorted((receiver) => (receiver.state().intake === 'answers' ? -1 : 1))
  await active?.stop()
  one.intake.add(makeSnapshot())
  await vi.waitFor(async () => expect(await listTasks(one)).toHaveLength(1), { timeout: 5_000 })
  expect(waiting?.state().intake).toBe('answers')
  await waiting?.stop()
})

describe('One bad row stops nobody', () => {
  test('a snapshot that cannot be read keeps no other from being received', async () => {
    const house = await open()
    const [first, second] = [makeSnapshot(), makeSnapshot()]
    const bad = [{ benefit: 'ZZ' }, { language: 'se' }, { arrivedOn: '0001-01-01' }, { applicationId: 'nobody' }]
    const snapshots: object[] = [first, ...bad.map((change) => ({ ...makeSnapshot(), ...change })), second]
    const handovers = snapshots.map((snapshot, index) => ({ position: index + 1, snapshot: { ...snapshot } }))
    const listHandovers = (after: number) =>
      Promise.resolve(readPage({ cursor: handovers.length, handovers: handovers.slice(after) }))
    const lines: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
    const log = createLog('test')
    const receiving = { ...house, log, intake: { ...house.intake, listHandovers } }
    expect(await receiveOnce(receiving, 0)).toBe(snapshots.length)
    expect(await receiveOnce(receiving, 0)).toBe(0)
    vi.restoreAllMocks()
    const told = lines.map((line): unknown => JSON.parse(line))
    expect(told).toMatchObject([
      { level: 50, alarm: 'unreadable_snapshot', position: 2, fields: ['benefit'] },
      { level: 50, position: 3, fields: ['language'] },
      { level: 50, position: 4, fields: ['arrivedOn'] },
      { level: 50, position: 5, applicationId: null, fields: ['applicationId'] },
    ])
    const tasks = await house.db.selectFrom('task').select('application_id').execute()
    expect(new Set(tasks.map((task) => task.application_id))).toEqual(
      new Set([first.applicationId, second.applicationId]),
    )
  })
})
