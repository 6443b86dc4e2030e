import { heldTask, type NextTask, nextTask } from '@tasain/contracts'
import { createPrepareEntry } from '@tasain/kit'
import { addDays, newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeHandler, makeNation, makeSnapshot } from '../../testing/nation.ts'
import { saveAbsences, saveOpenWork } from '../offices/nation.store.ts'
import { findHandler } from '../offices/offices.store.ts'
import { checkConservation, checkReservations } from '../reporting/verify.store.ts'
import { claimNext, freeExpired } from './claim.store.ts'
import { tidyOnce } from './handling.work.ts'

const houses: TestHouse[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
})
async function open(nation = makeNation(), connections = 10): Promise<TestHouse> {
  const house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation, connections })
  houses.push(house)
  return house
}

const anna = handlerCaller('north-1-handler-1')
const bertil = handlerCaller('north-1-handler-2')
const next = async (house: TestHouse, who = anna): Promise<NextTask['task']> =>
  nextTask.parse((await house.ask(who, 'POST', '/tasks/next')).body).task
const expire = (house: TestHouse) =>
  sql`with lost as (update task set lease_ends_at = now() - interval '1 second' where state = 'claimed' returning id, epoch, lease_ends_at)
    update reservation r set lease_ends_at = lost.lease_ends_at from lost where r.task_id = lost.id and r.epoch = lost.epoch`.execute(
    house.db,
  )

test('sixteen claimers, some of whom lose their lease, never hold one task together', { timeout: 60_000 }, async () => {
  const nation = makeNation(4)
  const house = await open(nation, 16)
  const work = Array.from({ length: 600 }, (_, index) => ({
    benefit: 'YA' as const,
    language: 'fi' as const,
    officeId: nation.offices[index % 4]?.id ?? '',
    arrivedOn: addDays('2026-11-20', -(index % 20)),
    minutes: 20,
    restricted: false,
  }))
  await saveOpenWork(house.db, work)
  const claims: { task: string; epoch: number }[] = []
  let decided = 0
  const claimer = async (subject: string, number: number) => {
    const handler = await findHandler(house.db, subject, '2026-11-23')
    const prepareEntry = createPrepareEntry(house.config.accessLogKey)
    if (!handler) throw new Error('no handler')
    for (let round = 0; round < 60; round += 1) {
      if (round % 10 === number % 10) await house.db.transaction().execute(freeExpired)
      const claim = {
        handlerId: handler.id,
        today: '2026-11-23',
        requestKey: null,
        queueKeys: handler.queueKeys,
        prepareEntry: () => prepareEntry(handlerCaller(subject), 'task.claim', 'task'),
      }
      const task = await claimNext(house.database.pool, claim, 'queue')
      if (!task || task === 'held') continue
      claims.push({ task: task.id, epoch: task.epoch })
      const isLost = (number + round) % 7 === 0
      if (isLost)
        await sql`update task set lease_ends_at = clock_timestamp() where id = ${task.id} and epoch = ${task.epoch}`.execute(
          house.db,
        )
      const decision = { epoch: task.epoch, outcome: 'granted', grounds: 'Yes.' }
      const reply = await house.ask(handlerCaller(subject), 'POST', `/tasks/${task.id}/decision`, decision)
      expect(reply.status).toBe(isLost ? 409 : 200)
      decided += isLost ? 0 : 1
      if (isLost) while ((await house.db.transaction().execute(freeExpired)) > 0);
    }
  }
  await Promise.all(nation.handlers.map(({ subject }, number) => claimer(subject, number)))
  expect(new Set(claims.map(({ task, epoch }) => `${task} ${epoch}`)).size).toBe(claims.length)
  expect(await house.db.selectFrom('decision').selectAll().execute()).toHaveLength(decided)
  expect(decided).toBeGreaterThan(400)
  expect((await checkReservations(house.db)).faults).toEqual([])
  expect((await checkConservation(house.db)).faults).toEqual([])
})

test('what is due first is given first, and one asking often at once gets the same task', async () => {
  const house = await open()
  for (let round = 0; round < 10; round += 1) {
    const late = makeSnapshot({ arrivedOn: '2026-10-01' })
    await house.receive(makeSnapshot(), late, makeSnapshot())
    const offered = await Promise.all(Array.from({ length: 6 }, () => next(house)))
    for (const task of offered)
      expect(task).toMatchObject({ applicationId: late.applicationId, pickedBecause: 'past_due' })
    const decision = { epoch: 1, outcome: 'granted', grounds: 'Yes.' }
    expect((await house.ask(anna, 'POST', `/tasks/${offered[0]?.id}/decision`, decision)).status).toBe(200)
  }
})

test('a late completion with an older epoch is refused after the task went to somebody else', async () => {
  const house = await open()
  await house.receive(makeSnapshot())
  const held = await next(house)
  await expire(house)
  const stale = { epoch: held?.epoch, outcome: 'granted', grounds: 'Yes.' }
  expect((await house.ask(anna, 'POST', `/tasks/${held?.id}/decision`, stale)).code).toBe('task.not_held')
  const again = await next(house, bertil)
  expect(again).toMatchObject({ id: held?.id, epoch: 2 })
  expect((await house.ask(anna, 'POST', `/tasks/${held?.id}/decision`, stale)).code).toBe('task.not_held')
  expect((await house.ask(anna, 'GET', `/tasks/${held?.id}`)).code).toBe('request.not_found')
})

test('a lease is extended for as long as it has not run out', async () => {
  const house = await open()
  await house.receive(makeSnapshot())
  const held = await next(house)
  const extend = () => house.ask(anna, 'POST', `/tasks/${held?.id}/lease`, { epoch: held?.epoch })
  const extended = heldTask.parse((await extend()).body)
  expect(extended.leaseUntil > (held?.leaseUntil ?? '')).toBe(true)
  await expire(house)
  expect((await extend()).code).toBe('task.not_held')
})

test('one request under one key claims once, also when it comes again after the decision', async () => {
  const house = await open()
  await house.receive(makeSnapshot(), makeSnapshot())
  const ask = () => house.ask(anna, 'POST', '/tasks/next', {}, 'next-00001')
  const { task } = nextTask.parse((await ask()).body)
  expect(nextTask.parse((await ask()).body).task?.id).toBe(task?.id)
  await house.ask(anna, 'POST', `/tasks/${task?.id}/decision`, { epoch: 1, outcome: 'rejected', grounds: 'No.' })
  expect((await ask()).code).toBe('task.not_held')
  expect(await house.db.selectFrom('reservation').selectAll().execute()).toHaveLength(1)
})

test('a returned task stays in its office and is not offered to the same handler again that day', async () => {
  const house = await open()
  await house.receive(makeSnapshot())
  const held = await next(house)
  const body = { epoch: 1, reason: 'unclear', note: 'Page two is missing.' }
  expect((await house.ask(anna, 'POST', `/tasks/${held?.id}/return`, body)).status).toBe(200)
  expect(await next(house)).toBeNull()
  expect(await next(house, bertil)).toMatchObject({ id: held?.id })
  const [task] = await house.db.selectFrom('task').selectAll().execute()
  expect(task).toMatchObject({ pinned: true, office_id: 'north-1', due_on: held?.dueOn })
  await house.ask(bertil, 'POST', `/tasks/${held?.id}/return`, { ...body, epoch: 2 })
  house.clock.at = new Date('2026-11-24T10:00:00Z')
  expect(await next(house)).toMatchObject({ id: held?.id, epoch: 3 })
})

test('one who has recused themselves, or has a conflict of interest, is never offered the task', async () => {
  const house = await open()
  await house.receive(makeSnapshot(), makeSnapshot({ applicantIndex: 'cousin', arrivedOn: '2026-10-01' }))
  const handler = await findHandler(house.db, anna.subject, '2026-11-23')
  const conflict = { handler_id: handler?.id ?? '', applicant_index: 'cousin' }
  await house.db.insertInto('conflict_of_interest').values(conflict).execute()
  const held = await next(house)
  expect(held?.dueOn).toBe('2026-12-11')
  const recusal = { epoch: 1, reason: 'A former colleague.' }
  expect((await house.ask(anna, 'POST', `/tasks/${held?.id}/recusal`, recusal)).status).toBe(200)
  for (const day of ['2026-11-23', '2026-11-24', '2027-11-23']) {
    house.clock.at = new Date(`${day}T10:00:00Z`)
    await tidyOnce(house)
    // What waits is for others, so it is not told as waiting.
    expect((await house.ask(anna, 'POST', '/tasks/next')).body).toEqual({ task: null, waiting: 0 })
  }
  expect(await next(house, bertil)).not.toBeNull()
})

test('only skilled, cleared handlers of the office who speak the language are given a task, and none who is away', async () => {
  const plain = makeHandler('north-1', 'plain', { benefits: ['YA'], languages: ['fi'] })
  const cleared = makeHandler('north-1', 'cleared', { benefits: ['YA'], languages: ['fi', 'sv'], cleared: true })
  const far = makeHandler('south-1', 'far', { cleared: true })
  const house = await open({ ...makeNation(), handlers: [plain, cleared, far] })
  await house.receive(
    makeSnapshot({ restricted: true, arrivedOn: '2026-10-01' }),
    makeSnapshot({ language: 'sv' }),
    makeSnapshot({ benefit: 'TT' }),
  )
  expect((await house.ask(handlerCaller('plain'), 'POST', '/tasks/next')).body).toEqual({ task: null, waiting: 0 })
  expect((await house.ask(handlerCaller('far'), 'POST', '/tasks/next')).body).toEqual({ task: null, waiting: 0 })
  const offered = await house.ask(handlerCaller('cleared'), 'POST', '/tasks/next')
  expect(offered.body).toMatchObject({ task: { dueOn: '2026-10-22' }, waiting: 1 })
  expect((await house.ask(handlerCaller('nobody'), 'POST', '/tasks/next')).code).toBe('handler.unknown')
  const absence = { handlerId: plain.id, from: '2026-11-20', to: '2026-11-23' }
  await house.db.transaction().execute((tx) => saveAbsences(tx, [absence]))
  expect((await house.ask(handlerCaller('plain'), 'POST', '/tasks/next')).code).toBe('handler.absent')
})

test('an information request moves the due date of social assistance, and its papers bring the task back to who asked', async () => {
  const house = await open()
  const snapshot = makeSnapshot({ benefit: 'TO', arrivedOn: '2026-11-20' })
  await house.receive(snapshot)
  const held = await next(house)
  expect(held?.dueOn).toBe('2026-12-01')
  const path = `/tasks/${held?.id}/information-request`
  const request = { epoch: 1, missing: ['Bank statement'], deadlineOn: '2026-12-04' }
  expect((await house.ask(anna, 'POST', path, { ...request, deadlineOn: '2026-11-23' })).code).toBe(
    'task.deadline_too_soon',
  )
  expect((await house.ask(anna, 'POST', path, request)).status).toBe(200)
  expect(await house.db.selectFrom('task').select(['state', 'due_on']).executeTakeFirst()).toEqual({
    state: 'awaiting_information',
    due_on: '2026-12-15',
  })
  expect(await next(house, bertil)).toBeNull()
  house.clock.at = new Date('2026-11-30T10:00:00Z')
  await house.receive({ ...snapshot, version: 2, pageIds: [...snapshot.pageIds, newId()] })
  expect(await next(house, bertil)).toBeNull()
  expect(await next(house)).toMatchObject({ id: held?.id, dueOn: '2026-12-09', pickedBecause: 'resumed', epoch: 2 })
})

test('work whose papers never came goes on after the deadline, with others when the one who asked is away', async () => {
  const house = await open()
  await house.receive(makeSnapshot({ benefit: 'YA' }))
  const held = await next(house)
  const request = { epoch: 1, missing: ['Rent agreement'], deadlineOn: '2026-12-01' }
  await house.ask(anna, 'POST', `/tasks/${held?.id}/information-request`, request)
  house.clock.at = new Date('2026-12-01T10:00:00Z')
  await tidyOnce(house)
  expect(await next(house)).toBeNull()
  house.clock.at = new Date('2026-12-02T10:00:00Z')
  await tidyOnce(house)
  expect(await next(house, bertil)).toBeNull()
  const { id } = (await findHandler(house.db, anna.subject, '2026-12-02')) ?? { id: '' }
  const absence = { handlerId: id, from: '2026-12-02', to: '2026-12-02' }
  await house.db.transaction().execute((tx) => saveAbsences(tx, [absence]))
  expect(await next(house, bertil)).toMatchObject({ id: held?.id, dueOn: held?.dueOn })
})
