import { alarmList, type Caller, type NextTask, nextTask, staffList } from '@tasain/contracts'
import { afterEach, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import {
  adminCaller,
  auditorCaller,
  handlerCaller,
  indexPerson,
  managerCaller,
  openHouse,
  type TestHouse,
} from '../../testing/house.ts'
import { makeHandler, makeNation, makeSnapshot } from '../../testing/nation.ts'
import { planOnce } from '../routing/routing.work.ts'

const code = '010190-900P'
const cleared = { cleared: true }
const houses: TestHouse[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
})

/** North-1 has two cleared handlers; of the others only those named have one. */
async function open(...others: string[]): Promise<TestHouse> {
  const handlers = [
    makeHandler('north-1', 'own', cleared),
    makeHandler('north-1', 'colleague', cleared),
    makeHandler('north-1', 'plain'),
    ...others.map((office) => makeHandler(office, `${office}-cleared`, cleared)),
    makeHandler('north-2', 'north-2-plain'),
  ]
  const nation = { ...makeNation(), handlers }
  const house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation })
  houses.push(house)
  return house
}

const next = async (house: TestHouse, subject: string, office = 'north-1'): Promise<NextTask['task']> =>
  nextTask.parse((await house.ask(handlerCaller(subject, office), 'POST', '/tasks/next')).body).task
const register = (house: TestHouse, who: Caller = adminCaller, change = {}) =>
  house.ask(who, 'POST', '/staff', { hetu: code, office: 'north-1', label: 'Oma Olli', ...change })
const list = async (house: TestHouse, who: Caller = adminCaller) =>
  staffList.parse((await house.ask(who, 'GET', '/staff')).body).staff
const findTask = (house: TestHouse) => house.db.selectFrom('task').selectAll().executeTakeFirstOrThrow()
const mine = () => makeSnapshot({ applicantIndex: indexPerson(code) })

describe('Rights end at once: cases of own staff', () => {
  test('go to cleared handlers of the nearest other office, never to colleagues', async () => {
    const house = await open('north-2', 'south-1')
    expect((await register(house)).status).toBe(201)
    await house.receive(mine())
    expect(await findTask(house)).toMatchObject({ restricted: true, office_id: 'north-2', home_office_id: 'north-2' })
    for (const subject of ['own', 'colleague', 'plain']) expect(await next(house, subject)).toBeNull()
    expect(await next(house, 'north-2-plain', 'north-2')).toBeNull()
    expect(await next(house, 'north-2-cleared', 'north-2')).toMatchObject({ state: 'claimed' })
  })

  test('registering takes what a colleague holds from them and moves it at once', async () => {
    const house = await open('north-2')
    await house.receive(mine())
    const held = await next(house, 'colleague')
    expect(held).not.toBeNull()
    await register(house)
    const decision = { epoch: held?.epoch, outcome: 'granted', grounds: 'Yes.' }
    const late = await house.ask(handlerCaller('colleague'), 'POST', `/tasks/${held?.id}/decision`, decision)
    expect(late.code).toBe('task.not_held')
    expect(await findTask(house)).toMatchObject({ restricted: true, office_id: 'north-2', state: 'open' })
    expect(house.planned).toContain('route')
  })

  test('a handler never gets their own case, wherever they work', async () => {
    const house = await open('north-2')
    await register(house, adminCaller, { office: 'south-1', subject: 'own' })
    await house.receive(mine())
    expect(await next(house, 'own')).toBeNull()
    expect(await next(house, 'colleague')).not.toBeNull()
  })

  test('without anybody else who may, the case is stuck and says why', async () => {
    const house = await open()
    await register(house)
    await house.receive(mine())
    await planOnce(house.routing)
    expect(await next(house, 'colleague')).toBeNull()
    const { stuck } = alarmList.parse((await house.ask(auditorCaller, 'GET', '/alarms')).body)
    expect(stuck).toMatchObject([{ office: 'north-1', cause: 'own_staff', tasks: 1 }])
    const told = alarmList.parse((await house.ask(managerCaller('north'), 'GET', '/alarms')).body)
    expect(told.stuck).toEqual([])
  })

  test('the planner sends none of it to colleagues', async () => {
    const house = await open('north-2')
    await register(house, adminCaller, { office: 'north-2' })
    await house.db.updateTable('handler').set({ cleared: false }).where('office_id', '=', 'north-1').execute()
    await house.receive(mine())
    for (let round = 0; round < 2; round += 1) await planOnce(house.routing)
    expect(await findTask(house)).toMatchObject({ office_id: 'north-1', sends: 0 })
  })

  test('ending the entry with a reason gives the case back its home', async () => {
    const house = await open('north-2')
    await house.receive(mine())
    await register(house)
    const [entry] = await list(house)
    expect(entry).toMatchObject({ office: 'north-1', label: 'Oma Olli', subject: null, registeredBy: 'Adm' })
    const end = () => house.ask(adminCaller, 'POST', `/staff/${entry?.id}/end`, { reason: 'Left the institution.' })
    expect((await end()).status).toBe(200)
    expect((await end()).code).toBe('staff.already_ended')
    expect(await list(house)).toEqual([])
    expect(await findTask(house)).toMatchObject({ restricted: false, office_id: 'north-1', home_office_id: 'north-1' })
    expect(await next(house, 'plain')).not.toBeNull()
  })

  test('a restricted person stays restricted after the entry has ended', async () => {
    const house = await open('north-2')
    await register(house)
    await house.receive({ ...mine(), restricted: true })
    const [entry] = await list(house)
    await house.ask(adminCaller, 'POST', `/staff/${entry?.id}/end`, { reason: 'Left the institution.' })
    expect(await findTask(house)).toMatchObject({ restricted: true })
  })

  test('a decided case stays protected whatever a later version says', async () => {
    const house = await open('north-2')
    await register(house)
    const snapshot = mine()
    await house.receive(snapshot)
    const held = await next(house, 'north-2-cleared', 'north-2')
    const decision = { epoch: held?.epoch, outcome: 'granted', grounds: 'Yes.' }
    const cleared = handlerCaller('north-2-cleared', 'north-2')
    expect((await house.ask(cleared, 'POST', `/tasks/${held?.id}/decision`, decision)).status).toBe(200)
    await house.receive({ ...snapshot, version: 2 })
    expect(await findTask(house)).toMatchObject({ state: 'decided', version: 2, restricted: true })
  })

  test('a case that was decided before its person was registered becomes protected with its next version', async () => {
    const house = await open('north-2')
    const snapshot = mine()
    await house.receive(snapshot)
    const held = await next(house, 'plain')
    const decision = { epoch: held?.epoch, outcome: 'granted', grounds: 'Yes.' }
    await house.ask(handlerCaller('plain'), 'POST', `/tasks/${held?.id}/decision`, decision)
    await register(house)
    await house.receive({ ...snapshot, version: 2 })
    expect(await findTask(house)).toMatchObject({ state: 'decided', version: 2, restricted: true })
  })

  test('registering plans nothing when nothing comes of it', async () => {
    const house = await open('north-2')
    await house.receive({ ...mine(), restricted: true })
    await register(house, adminCaller, { office: 'south-1' })
    expect(house.planned).toEqual([])
  })

  test('registering does not resume work that awaits papers, but keeps it from colleagues', async () => {
    const house = await open('north-2')
    await house.receive(mine())
    const held = await next(house, 'colleague')
    const request = { epoch: held?.epoch, missing: ['Rent agreement'], deadlineOn: '2026-12-01' }
    await house.ask(handlerCaller('colleague'), 'POST', `/tasks/${held?.id}/information-request`, request)
    const before = await findTask(house)
    await register(house)
    const { state, reserved_for, office_id, due_on } = await findTask(house)
    expect({ state, reserved_for, office_id, due_on }).toEqual({
      state: 'awaiting_information',
      reserved_for: null,
      office_id: 'north-2',
      due_on: before.due_on,
    })
  })

  test('managers register the people of their own district, and see no others', async () => {
    const house = await open()
    expect((await register(house, managerCaller('south'))).code).toBe('staff.not_your_district')
    expect((await register(house, handlerCaller('plain'))).code).toBe('right.missing')
    expect((await register(house, adminCaller, { office: 'nowhere' })).code).toBe('staff.unknown_office')
    expect((await register(house, adminCaller, { hetu: '010190-9000' })).code).toBe('person.wrong_hetu')
    expect((await register(house, managerCaller('north'))).status).toBe(201)
    expect((await register(house)).code).toBe('staff.already_registered')
    expect(await list(house, managerCaller('south'))).toEqual([])
    const [entry] = await list(house, managerCaller('north'))
    const end = { reason: 'Not mine to end.' }
    expect((await house.ask(managerCaller('south'), 'POST', `/staff/${entry?.id}/end`, end)).code).toBe(
      'request.not_found',
    )
    const stored = await house.db.selectFrom('own_staff').selectAll().execute()
    const logged = await house.db.selectFrom('access_entry').selectAll().execute()
    expect(JSON.stringify([stored, logged])).not.toContain('010190')
    expect(logged.map(({ action }) => action)).toContain('staff.write')
  })
})
