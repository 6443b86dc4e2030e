import { conflictList, type NextTask, nextTask } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { afterEach, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, indexPerson, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { tidyOnce } from '../handling/handling.work.ts'
import { findHandler } from '../offices/offices.store.ts'

const code = '010190-900P'
const houses: TestHouse[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
})
async function open(handlers = 2): Promise<TestHouse> {
  const house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation(handlers) })
  houses.push(house)
  return house
}

const anna = handlerCaller('north-1-handler-1')
const bertil = handlerCaller('north-1-handler-2')
type Held = NonNullable<NextTask['task']>
const next = async (house: TestHouse, who = anna): Promise<NextTask['task']> =>
  nextTask.parse((await house.ask(who, 'POST', '/tasks/next')).body).task
const recuse = (house: TestHouse, who: typeof anna, { id, epoch }: Held) =>
  house.ask(who, 'POST', `/tasks/${id}/recusal`, { epoch, reason: 'My sister.' })
const decide = (house: TestHouse, who: typeof anna, { id, epoch }: Held) =>
  house.ask(who, 'POST', `/tasks/${id}/decision`, { epoch, outcome: 'granted', grounds: 'Yes.' })
const declare = (house: TestHouse, who = anna, hetu = code) =>
  house.ask(who, 'POST', '/conflicts', { hetu, ground: 'relative', label: 'My sister' })
const list = async (house: TestHouse, who = anna) =>
  conflictList.parse((await house.ask(who, 'GET', '/conflicts')).body).conflicts

describe('Rights end at once: a recusal binds every application of the person', () => {
  test('other and later applications never come to who recused themselves', async () => {
    const house = await open()
    await house.receive(makeSnapshot({ applicantIndex: 'sister' }), makeSnapshot({ applicantIndex: 'sister' }))
    const held = await next(house)
    expect((await recuse(house, anna, held as Held)).status).toBe(200)
    expect(await next(house)).toBeNull()
    await house.receive(makeSnapshot({ applicantIndex: 'sister', arrivedOn: '2026-10-01' }))
    expect(await next(house)).toBeNull()
    expect(await next(house, bertil)).not.toBeNull()
    expect(await list(house)).toMatchObject([{ ground: 'recusal', label: 'My sister.' }])
  })

  test('work kept for them after an information request is freed for others', async () => {
    const house = await open()
    const asked = makeSnapshot({ applicantIndex: 'sister', arrivedOn: '2026-10-01' })
    await house.receive(asked, makeSnapshot({ applicantIndex: 'sister' }))
    const first = (await next(house)) as Held
    const request = { epoch: first.epoch, missing: ['Rent agreement'], deadlineOn: '2026-12-01' }
    expect((await house.ask(anna, 'POST', `/tasks/${first.id}/information-request`, request)).status).toBe(200)
    await recuse(house, anna, (await next(house)) as Held)
    const task = house.db.selectFrom('task').select(['state', 'reserved_for']).where('id', '=', first.id)
    expect(await task.executeTakeFirst()).toEqual({ state: 'awaiting_information', reserved_for: null })
    await house.receive({ ...asked, version: 2, pageIds: [...asked.pageIds, newId()] })
    expect(await next(house)).toBeNull()
    expect(await next(house, bertil)).toMatchObject({ id: first.id })
  })

  test('a recusal before it is known whose the task is binds once it is known', async () => {
    const house = await open()
    const unknown = makeSnapshot({ arrivedOn: '2026-10-01' })
    await house.receive(unknown)
    await recuse(house, anna, (await next(house)) as Held)
    await house.receive(makeSnapshot({ applicantIndex: 'sister' }))
    const other = (await next(house)) as Held
    expect(other).not.toBeNull()
    await house.receive({ ...unknown, version: 2, applicantIndex: 'sister' })
    expect((await decide(house, anna, other)).code).toBe('task.not_held')
    expect(await next(house)).toBeNull()
  })

  test('whatever handlers claim and recuse, nobody is given a person again', { timeout: 60_000 }, async () => {
    const house = await open(4)
    const handlers = [1, 2, 3, 4].map((number) => handlerCaller(`north-1-handler-${number}`))
    let seed = 20_261_201
    const draw = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    const persons = Array.from({ length: 6 }, (_, index) => `person-${index}`)
    const personOf = new Map<string, string>()
    const barred = new Set<string>()
    const counts = { given: 0, recused: 0 }
    for (let round = 0; round < 100; round += 1) {
      const person = persons[draw(persons.length)] ?? ''
      const snapshot = makeSnapshot({ applicantIndex: person, arrivedOn: `2026-11-${10 + draw(10)}` })
      personOf.set(snapshot.applicationId, person)
      await house.receive(snapshot)
      const who = handlers[draw(handlers.length)] ?? anna
      const held = await next(house, who)
      if (!held) continue
      counts.given += 1
      expect(barred).not.toContain(`${who.subject} ${personOf.get(held.applicationId)}`)
      const act = draw(5)
      if (act === 0) {
        await recuse(house, who, held)
        barred.add(`${who.subject} ${personOf.get(held.applicationId)}`)
        counts.recused += 1
      } else if (act < 4) await decide(house, who, held)
    }
    expect(counts.given).toBeGreaterThan(40)
    expect(counts.recused).toBeGreaterThan(5)
  })

  test('once its conflict has ended, a recusal from another task of the person brings it back no more', async () => {
    const house = await open()
    const unknown = [makeSnapshot(), makeSnapshot()]
    await house.receive(...unknown)
    for (let round = 0; round < 2; round += 1) await recuse(house, anna, (await next(house)) as Held)
    const known = unknown.map((snapshot) => ({ ...snapshot, version: 2, applicantIndex: 'sister' }))
    await house.receive(...known)
    const [conflict] = await list(house)
    const end = await house.ask(anna, 'POST', `/conflicts/${conflict?.id}/end`, { reason: 'Another person.' })
    expect(end.status).toBe(200)
    for (const snapshot of known) await house.receive({ ...snapshot, version: 3 })
    await house.receive(makeSnapshot({ applicantIndex: 'sister' }))
    expect(await list(house)).toEqual([])
    const again = (await next(house)) as Held
    expect(unknown.map(({ applicationId }) => applicationId)).not.toContain(again.applicationId)
    await recuse(house, anna, again)
    expect(await list(house)).toHaveLength(1)
  })
})

describe('Rights end at once: a handler declares a conflict of interest', () => {
  test('what they hold of the person they lose, and get none of it again', async () => {
    const house = await open()
    await house.receive(makeSnapshot({ applicantIndex: indexPerson(code) }))
    const held = (await next(house)) as Held
    expect((await declare(house)).status).toBe(201)
    expect((await decide(house, anna, held)).code).toBe('task.not_held')
    expect(await next(house)).toBeNull()
    expect(await next(house, bertil)).toMatchObject({ id: held.id })
  })

  test('a claim made at the very moment is undone by the next tidying', async () => {
    const house = await open()
    await house.receive(makeSnapshot({ applicantIndex: 'sister' }))
    const held = (await next(house)) as Held
    const { id } = (await findHandler(house.db, anna.subject, '2026-11-23')) ?? { id: '' }
    await house.db.insertInto('conflict_of_interest').values({ handler_id: id, applicant_index: 'sister' }).execute()
    await tidyOnce(house)
    expect((await decide(house, anna, held)).code).toBe('task.not_held')
  })

  test('the code is neither given back, stored, logged nor in a refusal', async () => {
    const house = await open()
    const label = { hetu: code, ground: 'relative', label: `My sister ${code}` }
    const replies = [
      await house.ask(anna, 'POST', '/conflicts', label, 'declare-0001'),
      await house.ask(anna, 'POST', '/conflicts', label),
      await declare(house, anna, '010190-9000'),
      await house.ask(anna, 'GET', '/conflicts'),
    ]
    expect(replies.map(({ code }) => code)).toEqual([
      undefined,
      'conflict.already_declared',
      'person.wrong_hetu',
      undefined,
    ])
    const stored = [
      await house.db.selectFrom('conflict_of_interest').selectAll().execute(),
      await house.db.selectFrom('access_entry').selectAll().execute(),
      await house.db.selectFrom('idempotency_key').selectAll().execute(),
    ]
    expect(JSON.stringify([replies, stored])).not.toMatch(/010190.?900/)
    expect(await list(house)).toMatchObject([{ ground: 'relative', label: 'My sister •••••••••••' }])
    const logged = await house.db.selectFrom('access_entry').select(['action', 'reason']).execute()
    expect(logged).toContainEqual({ action: 'conflict.write', reason: 'relative' })
  })

  test('it is ended with a reason, by nobody else, and then the person may come again', async () => {
    const house = await open()
    await house.receive(makeSnapshot({ applicantIndex: indexPerson(code) }))
    await declare(house)
    const [conflict] = await list(house)
    const end = (who: typeof anna, reason: string) =>
      house.ask(who, 'POST', `/conflicts/${conflict?.id}/end`, { reason })
    expect((await end(anna, '')).code).toBe('request.invalid')
    expect((await end(bertil, 'Not mine.')).code).toBe('request.not_found')
    expect(await next(house)).toBeNull()
    expect((await end(anna, 'Declared for the wrong person.')).status).toBe(200)
    expect((await end(anna, 'Once more.')).code).toBe('conflict.already_ended')
    expect(await list(house)).toEqual([])
    expect(await next(house)).not.toBeNull()
    const task = await house.db.selectFrom('task').select('claimed_by').executeTakeFirst()
    expect(task?.claimed_by).not.toBeNull()
    expect((await declare(house)).status).toBe(201)
  })
})
