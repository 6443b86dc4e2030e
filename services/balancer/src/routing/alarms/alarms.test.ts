import { alarmList, ruleVersion } from '@tasain/contracts'
import { createLog } from '@tasain/kit'
import { addDays, benefits, dueOn, isWorkingDay } from '@tasain/vocabulary'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownDatabase } from '../../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../../testing/house.ts'
import { makeHandler, makeNation, makeSnapshot } from '../../../testing/nation.ts'
import { saveAbsences } from '../../offices/nation.store.ts'
import { planOnce } from '../routing.work.ts'
import { listLateDates } from './alarms.ts'

let house: TestHouse
beforeEach(async () => {
  const nation = makeNation()
  const handlers = nation.handlers.map((handler) => ({ ...handler, languages: ['fi' as const] }))
  const swede = makeHandler('south-1', 'swede', { benefits: ['TO'], languages: ['sv'] })
  house = await openHouse({
    urls: (await ownDatabase()).urlsOf('balancer'),
    nation: { ...nation, handlers: [...handlers, swede] },
  })
})
afterEach(() => house.close())
const north = managerCaller('north')
const ask = async (who = north) => alarmList.parse((await house.ask(who, 'GET', '/alarms')).body)

test('work that nobody may do is told with its cause, the rules that keep it and the task that came first', async () => {
  const reach = { scope: { district: 'north' }, value: { kind: 'reach', within: 'district' }, from: '2026-11-23' }
  expect((await house.ask(north, 'POST', '/rules', { ...reach, reason: 'Near home.' })).status).toBe(201)
  await house.receive(
    makeSnapshot({ benefit: 'TO', language: 'sv', arrivedOn: '2026-11-12' }),
    makeSnapshot({ benefit: 'TO', language: 'sv', arrivedOn: '2026-11-11' }),
    makeSnapshot({ benefit: 'YA', language: 'sv', arrivedOn: '2026-11-02', homeOffice: 'north-2' }),
    makeSnapshot({ benefit: 'YA', language: 'sv', arrivedOn: '2026-11-01', homeOffice: 'south-1' }),
    makeSnapshot({ benefit: 'TO', language: 'fi', arrivedOn: '2026-11-01', restricted: true }),
    makeSnapshot(),
  )
  await planOnce(house.routing)
  const { stuck } = await ask()
  expect(stuck).toMatchObject([
    { office: 'north-2', benefit: 'YA', tasks: 1, cause: 'noLanguage', rules: [], oldestArrivedOn: '2026-11-02' },
    { office: 'north-1', benefit: 'TO', tasks: 2, cause: 'reach', oldestArrivedOn: '2026-11-11' },
  ])
  expect(stuck[1]?.rules).toEqual([expect.stringMatching(/@1$/)])
  const oldest = await house.db
    .selectFrom('task')
    .select('arrived_on')
    .where('id', '=', stuck[1]?.oldestTask ?? '')
    .execute()
  expect(oldest).toEqual([{ arrived_on: '2026-11-11' }])
  expect((await ask(managerCaller('south'))).stuck).toMatchObject([{ office: 'south-1' }])
  expect((await ask(auditorCaller)).stuck).toHaveLength(4)
})

test('work whose only able handler is away for a year is told', async () => {
  await house.receive(makeSnapshot({ benefit: 'TO', language: 'sv' }))
  await planOnce(house.routing)
  expect((await ask(auditorCaller)).stuck).toEqual([])
  const { id } = await house.db
    .selectFrom('handler')
    .select('id')
    .where('subject', '=', 'swede')
    .executeTakeFirstOrThrow()
  const away = { handlerId: id, from: '2026-11-01', to: '2027-11-01' }
  await house.db.transaction().execute((tx) => saveAbsences(tx, [away]))
  await planOnce(house.routing)
  expect((await ask(auditorCaller)).stuck).toMatchObject([{ office: 'south-1', benefit: 'TO', tasks: 1 }])
})

test('ordered work that could not be placed is told by order to every manager, and in the log', async () => {
  const order = { kind: 'quota', giver: 'north-1', receiver: 'north-2', minutesPerMonth: 3_000, minMinutes: 1_800 }
  const body = { scope: {}, value: order, from: '2026-11-23', reason: 'Ordered.' }
  const { id } = ruleVersion.parse((await house.ask(north, 'POST', '/rules', body)).body)
  await house.receive(...Array.from({ length: 40 }, () => makeSnapshot()))
  const lines: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  await planOnce({ ...house.routing, log: createLog('test') })
  vi.restoreAllMocks()
  const unmet = [{ rule: `${id}@1`, minutes: 1_800 - 40 * 30 }]
  expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ level: 40, alarm: 'unmet_order', unmet }),
  )
  for (const who of [north, managerCaller('south'), auditorCaller]) expect((await ask(who)).unmet).toEqual(unmet)
})

test('work past four fifths of its target time is told by office and benefit, the part past due beside it', async () => {
  await house.receive(
    ...['2026-11-07', '2026-11-06', '2026-11-01'].map((arrivedOn) => makeSnapshot({ arrivedOn })),
    makeSnapshot({ arrivedOn: '2026-11-01', restricted: true }),
    makeSnapshot({ benefit: 'TO', arrivedOn: '2026-11-13', homeOffice: 'north-2' }),
    makeSnapshot({ benefit: 'TO', arrivedOn: '2026-11-16', homeOffice: 'north-2' }),
    makeSnapshot({ benefit: 'TO', arrivedOn: '2026-11-02', homeOffice: 'east-1' }),
  )
  const { late, lateShare } = await ask()
  expect(lateShare).toBe(0.8)
  expect(late).toEqual([
    { office: 'north-1', benefit: 'YA', tasks: 2, pastDue: 1, oldestDueOn: '2026-11-22' },
    { office: 'north-2', benefit: 'TO', tasks: 1, pastDue: 0, oldestDueOn: '2026-11-24' },
  ])
  expect((await house.ask(handlerCaller('north-1-handler-1'), 'GET', '/alarms')).code).toBe('right.missing')
})

test('the alarm comes on the day the share of the target is reached, for every benefit', () => {
  for (const benefit of benefits) {
    const arrivedOn = '2026-08-03'
    const due = dueOn(benefit, arrivedOn)
    const isLate = (today: string) =>
      due <= (listLateDates(today, 0.8).find((one) => one.benefit === benefit)?.until ?? '')
    const counts = (day: string) => day <= due && (benefit !== 'TO' || isWorkingDay(day))
    const days = Array.from({ length: 60 }, (_, index) => addDays(arrivedOn, index)).filter(counts)
    const first = days.find(isLate) ?? ''
    const whole = days.length - 1
    const used = days.indexOf(first) / whole
    expect(used).toBeGreaterThanOrEqual(0.8)
    expect(used).toBeLessThan(0.8 + 1 / whole)
    expect(days.filter((day) => day >= first).every(isLate)).toBe(true)
  }
})
