import { nextTask, taskReceivers, taskStory } from '@tasain/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../../testing/house.ts'
import { makeHandler, makeNation, makeSnapshot } from '../../../testing/nation.ts'
import { planOnce } from '../routing.work.ts'

let house: TestHouse
beforeEach(async () => {
  const nation = makeNation()
  const handlers = nation.handlers.filter(({ officeId }) => officeId !== 'east-1')
  const only = makeHandler('east-1', 'east-1-handler-1', { benefits: ['TO'] })
  house = await openHouse({
    urls: (await ownDatabase()).urlsOf('balancer'),
    nation: { ...nation, handlers: [...handlers, only] },
  })
})
afterEach(() => house.close())

const north = managerCaller('north')
const south = managerCaller('south')
const reason = 'The family’s other papers are there.'
const move = (id: string, office: string, who = north, key?: string) =>
  house.ask(who, 'POST', `/tasks/${id}/move`, { office, reason }, key)
async function receiveTask(change: Parameters<typeof makeSnapshot>[0] = {}): Promise<string> {
  const snapshot = makeSnapshot(change)
  await house.receive(snapshot)
  const find = house.db.selectFrom('task').select('id').where('application_id', '=', snapshot.applicationId)
  return (await find.executeTakeFirstOrThrow()).id
}

test('a manager moves work of their district by hand, with a reason that is kept and logged, and it stays there', async () => {
  const id = await receiveTask()
  const answers = [await move(id, 'south-1', north, 'move-0001'), await move(id, 'south-1', north, 'move-0001')]
  for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { id, office: 'south-1' } })
  const moves = await house.db.selectFrom('move').selectAll().execute()
  expect(moves).toMatchObject([{ cause: 'person', note: reason, mover_name: north.name, plan_id: null, reasons: null }])
  const [entry] = await house.db.selectFrom('access_entry').selectAll().execute()
  expect(entry).toMatchObject({ action: 'task.move', object_id: id, subject: north.subject, reason })
  await planOnce(house.routing)
  const story = taskStory.parse((await house.ask(auditorCaller, 'GET', `/tasks/${id}/story`)).body)
  expect(story.steps).toMatchObject([
    { kind: 'received' },
    { kind: 'moved', office: 'south-1', by: north.name, note: reason },
  ])
  const taker = handlerCaller('south-1-handler-1', 'south-1')
  const taken = nextTask.parse((await house.ask(taker, 'POST', '/tasks/next')).body).task
  expect(taken).toMatchObject({ id, moved: true })
})

test('a move is undone by moving the work back home, also by the manager of its home alone', async () => {
  const id = await receiveTask()
  await move(id, 'south-1')
  expect((await move(id, 'north-2')).code).toBe('right.missing')
  expect((await move(id, 'north-1')).status).toBe(200)
  expect((await move(id, 'north-1')).code).toBe('task.is_there')
})

test('a manager is told where their work may go and what stands in the way; of work in another district, home alone', async () => {
  const id = await receiveTask()
  const rule = { scope: { office: 'north-2' }, value: { kind: 'import', allow: false }, from: '2026-11-23' }
  await house.ask(north, 'POST', '/rules', { ...rule, reason: 'Full.' })
  const ask = async (who = north) => {
    const { offices } = taskReceivers.parse((await house.ask(who, 'GET', `/tasks/${id}/receivers`)).body)
    return Object.fromEntries(offices.map(({ office, hindrance }) => [office, hindrance]))
  }
  const open = await ask()
  expect(open).toMatchObject({ 'south-1': null, 'north-2': 'task.rule_forbids', 'east-1': 'task.nobody_there' })
  expect(Object.keys(open)).not.toContain('north-1')
  expect((await house.ask(south, 'GET', `/tasks/${id}/receivers`)).code).toBe('request.not_found')
  await move(id, 'south-1')
  expect(await ask()).toEqual({ 'north-1': null })
})

test('work is not moved to where nobody can do it, out of a handler’s hands, or against a rule', async () => {
  const id = await receiveTask()
  expect((await move(id, 'east-1')).code).toBe('task.nobody_there')
  expect((await move(id, 'nowhere')).code).toBe('rule.unknown_scope')
  const rule = {
    scope: { office: 'south-1' },
    value: { kind: 'import', allow: false },
    from: '2026-11-23',
    reason: 'Full.',
  }
  expect((await house.ask(south, 'POST', '/rules', rule)).status).toBe(201)
  expect((await move(id, 'south-1')).code).toBe('task.rule_forbids')
  await house.ask(handlerCaller('north-1-handler-1'), 'POST', '/tasks/next')
  expect((await move(id, 'north-2')).code).toBe('task.not_waiting')
  expect(await house.db.selectFrom('move').selectAll().execute()).toEqual([])
})

test('work of another district and of people under protection is not there, and handlers move nothing', async () => {
  const id = await receiveTask()
  const secret = await receiveTask({ restricted: true })
  expect((await move(id, 'south-1', south)).code).toBe('request.not_found')
  expect((await move(secret, 'north-2')).code).toBe('request.not_found')
  expect((await move(id, 'north-2', handlerCaller('north-1-handler-1'))).code).toBe('right.missing')
})
