import { taskStory } from '@tasain/contracts'
import { addDays, uiLanguages } from '@tasain/vocabulary'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { saveOpenWork } from '../offices/nation.store.ts'
import { planOnce } from '../routing/routing.work.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
})
afterEach(() => house.close())

const ask = async (id: string, words = 'en') => {
  const { body } = await house.ask(auditorCaller, 'GET', `/tasks/${id}/story?words=${words}`)
  return taskStory.parse(body).words ?? []
}
const congest = (officeId: string) =>
  saveOpenWork(
    house.db,
    Array.from({ length: 300 }, (_, index) => ({
      benefit: 'YA' as const,
      language: 'fi' as const,
      officeId,
      arrivedOn: addDays('2026-10-20', index % 30),
      minutes: 30,
      restricted: false,
    })),
  )
const findTask = async (isMoved: boolean) => {
  const query = house.db
    .selectFrom('task')
    .select(['id', 'office_id'])
    .where('sends', '=', isMoved ? 1 : 0)
  return await query.orderBy('id').limit(1).executeTakeFirstOrThrow()
}

test('a move is told with the rule behind it, the queues before and after, and the two alternatives', async () => {
  const rule = { scope: { district: 'north' }, value: { kind: 'reach', within: 'region' }, from: '2026-11-23' }
  await house.ask(managerCaller('north'), 'POST', '/rules', { ...rule, reason: 'Not too far.' })
  await congest('north-1')
  await planOnce(house.routing)
  const { id, office_id: office } = await findTask(true)
  const said = (await ask(id)).join(' ')
  expect(said).toMatch(new RegExp(`The home office of the task is north-1 fi, and it is now at ${office} fi.`))
  expect(said).toMatch(
    /30 minutes of work move from office north-1 fi .*benefit General housing allowance, language Finnish/,
  )
  expect(said).toMatch(/The queue at office north-1 fi is 22.5 working days, and [\d.]+ after the plan/)
  expect(said).toMatch(/The queue at office \S+ fi is 0 working days/)
  expect(said).toMatch(/“north fi: Work moves within its own region only”/)
  expect(said.match(/Not to office/g)).toHaveLength(2)
  expect(said).toMatch(/not sent again automatically/)
  for (const language of uiLanguages) {
    const sentences = await ask(id, language)
    expect(sentences.length).toBeGreaterThanOrEqual(7)
    expect(sentences.join(' ')).not.toMatch(/@1|\bYA\b|undefined/)
  }
})

test('of a task that stays the queue and two other offices are told, or the rule that keeps it', async () => {
  await house.receive(makeSnapshot())
  await planOnce(house.routing)
  const { id } = await findTask(false)
  expect(await ask(id)).toEqual([
    'The task is at its home office, north-1 fi.',
    expect.stringContaining('30 minutes of work stay at office north-1 fi'),
    'The queue at office north-1 fi is 0.1 working days, and 0.1 after the plan.',
    expect.stringContaining('Not to office'),
    expect.stringContaining('Not to office'),
  ])
  const closing = { scope: { office: 'north-1' }, value: { kind: 'export', allow: false }, from: '2026-11-23' }
  await house.ask(managerCaller('north'), 'POST', '/rules', { ...closing, reason: 'Ours.' })
  await planOnce(house.routing)
  expect((await ask(id)).at(-1)).toBe('The work cannot leave: sending is closed (rule “north-1 fi: No work leaves”).')
})

test('what keeps a task that may not move is told: unidentified, in hands, begun, or moved by hand', async () => {
  await house.receive(makeSnapshot({ identified: false }))
  const unknown = (await findTask(false)).id
  expect((await ask(unknown)).at(-1)).toMatch(/not identified yet/)
  await house.receive(makeSnapshot({ arrivedOn: '2026-11-01' }))
  const anna = handlerCaller('north-1-handler-1')
  await house.ask(anna, 'POST', '/tasks/next')
  const held = await house.db.selectFrom('task').select('id').where('state', '=', 'claimed').executeTakeFirstOrThrow()
  expect((await ask(held.id)).at(-1)).toMatch(/A handler has the task/)
  await house.ask(anna, 'POST', `/tasks/${held.id}/return`, { epoch: 1, reason: 'unclear' })
  expect((await ask(held.id)).at(-1)).toBe('The task is partly handled, so it stays at this office.')
  const north = managerCaller('north')
  await house.ask(north, 'POST', `/tasks/${held.id}/move`, { office: 'south-1', reason: 'TO and fi stay words.' })
  expect(await ask(held.id)).toEqual([
    'The home office of the task is north-1 fi, and it is now at south-1 fi.',
    'Manager north-manager moved the task from north-1 fi to south-1 fi: TO and fi stay words.',
    'The task was moved here by hand, so it stays at this office.',
  ])
})

test('of a task that nobody may do the cause is told', async () => {
  await house.receive(makeSnapshot({ restricted: true }))
  await planOnce(house.routing)
  const { id } = await findTask(false)
  expect((await ask(id)).at(-1)).toMatch(/north-1 fi has 30 minutes .* that nobody may do: nobody is cleared/)
  expect((await ask(id, 'fi')).at(-1)).toMatch(/jota kukaan ei saa tehdä: turvakiellon/)
})
