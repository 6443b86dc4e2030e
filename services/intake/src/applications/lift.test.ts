import { applicationDetail, type Caller, liftList, stored } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  clerk,
  clerkElsewhere,
  drawJpeg,
  handler,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../test-house.ts'
import { keepReading, madeUpReading } from '../test-reading.ts'
import { listSnapshots } from '../test-stack.ts'
import { settleApplication } from './settle.work.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const second: Caller = { ...clerk, subject: 'clerk-3', name: 'Toinen Virkailija' }
const refusalOf = async (response: Response) =>
  ((await response.json()) as { error?: { code: string } }).error?.code ?? response.status

const post = (path: string, body: object, by: Caller = clerk) =>
  intake.ask(path, { method: 'POST', body: JSON.stringify(body), by, headers: { 'idempotency-key': newId() } })
const getApplication = async (id: string, by: Caller = clerk) =>
  applicationDetail.parse(await (await intake.ask(`/applications/${id}`, { by })).json()).application
const protect = async (id: string, restricted = true) =>
  post(`/applications/${id}/corrections`, {
    version: (await getApplication(id)).version,
    fields: {},
    restricted,
  })
const decide = async (id: string, outcome: string, by: Caller = second, reason = 'The order has ended.') =>
  post(`/applications/${id}/lift/decision`, { request: (await getApplication(id)).lift?.id, outcome, reason }, by)
const isHandedOverRestricted = async (id: string) => {
  const rows = await intake.house.db
    .selectFrom('handover')
    .select('snapshot')
    .where('application_id', '=', id)
    .orderBy('version', 'desc')
    .execute()
  return (rows[0]?.snapshot as { restricted: boolean } | undefined)?.restricted
}

/** An application that has been handed over and is under protection. */
async function scanProtected(): Promise<string> {
  const batchId = await openTestBatch(intake.ask)
  const response = await sendScan(intake.ask, batchId, await drawJpeg(batchId))
  const { scan } = stored.parse(await response.json())
  await keepReading(intake.house, scan.pages[0]?.id ?? '', madeUpReading())
  const id = scan.applicationId ?? ''
  expect((await protect(id)).status).toBe(200)
  return id
}

describe('Rights end at once: protection is lifted by two', () => {
  test('one clerk sets it at once, and nobody lifts it alone', async () => {
    const id = await scanProtected()
    expect(await isHandedOverRestricted(id)).toBe(true)
    expect(await refusalOf(await protect(id, false))).toBe('application.lift_needs_two')
    expect(await refusalOf(await post(`/applications/${id}/lift`, { reason: '' }))).toBe('request.invalid')
    expect((await post(`/applications/${id}/lift`, { reason: 'The order has ended.' })).status).toBe(200)
    expect(await refusalOf(await decide(id, 'approved', clerk))).toBe('application.lift_own')
    expect(await refusalOf(await post(`/applications/${id}/lift`, { reason: 'Again.' }, second))).toBe(
      'application.lift_pending',
    )
    expect(await getApplication(id)).toMatchObject({ restricted: true, lift: { isOwn: true, askedBy: clerk.name } })
    expect(await isHandedOverRestricted(id)).toBe(true)
  })

  test('a second clerk of the office approves, and both acts are logged with the reason', async () => {
    const id = await scanProtected()
    await post(`/applications/${id}/lift`, { reason: 'The order of 010190-900P has ended.' })
    const found = await getApplication(id, second)
    expect(found.lift).toMatchObject({ reason: 'The order of ••••••••••• has ended.', isOwn: false })
    const lists = await Promise.all(
      [clerk, second].map(async (by) => liftList.parse(await (await intake.ask('/applications/lifts', { by })).json())),
    )
    expect(lists.map(({ lifts }) => lifts.find(({ applicationId }) => applicationId === id)?.isOwn)).toEqual([
      true,
      false,
    ])
    expect((await decide(id, 'approved', second, '')).status).toBe(200)
    expect(await getApplication(id)).toMatchObject({ restricted: false, lift: null })
    expect(await isHandedOverRestricted(id)).toBe(false)
    const logged = await intake.house.db
      .selectFrom('access_entry')
      .select(['subject', 'reason'])
      .where('application_id', '=', id)
      .where('action', '=', 'application.lift')
      .orderBy('id')
      .execute()
    const reason = 'The order of ••••••••••• has ended.'
    expect(logged).toEqual([
      { subject: clerk.subject, reason: `asked: ${reason}` },
      { subject: second.subject, reason: `approved: ${reason}` },
    ])
    expect(await refusalOf(await decide(id, 'approved'))).toBe('request.invalid')
    expect(await refusalOf(await post(`/applications/${id}/lift`, { reason: 'Once more.' }))).toBe(
      'application.not_restricted',
    )
  })

  test('refusing takes a reason, and the protection holds on', async () => {
    const id = await scanProtected()
    await post(`/applications/${id}/lift`, { reason: 'The order has ended.' })
    expect(await refusalOf(await decide(id, 'refused', second, ''))).toBe('request.invalid')
    expect(await refusalOf(await decide(id, 'withdrawn', second))).toBe('application.lift_not_own')
    expect((await decide(id, 'refused', second, 'It holds until May.')).status).toBe(200)
    expect(await getApplication(id)).toMatchObject({ restricted: true, lift: null })
    expect((await post(`/applications/${id}/lift`, { reason: 'May has come.' })).status).toBe(200)
  })

  test('whoever asked may take the request back', async () => {
    const id = await scanProtected()
    await post(`/applications/${id}/lift`, { reason: 'A mistake.' })
    const { lift } = await getApplication(id)
    expect((await decide(id, 'withdrawn', clerk)).status).toBe(200)
    expect(await getApplication(id)).toMatchObject({ restricted: true, lift: null })
    const late = { request: lift?.id, outcome: 'approved' }
    expect(await refusalOf(await post(`/applications/${id}/lift/decision`, late, second))).toBe('application.lift_over')
  })

  test('a clerk elsewhere and a handler neither ask, see nor decide', async () => {
    const id = await scanProtected()
    await post(`/applications/${id}/lift`, { reason: 'The order has ended.' })
    expect(await refusalOf(await decide(id, 'approved', clerkElsewhere))).toBe('request.not_found')
    expect(await refusalOf(await decide(id, 'approved', handler))).toBe('right.missing')
    const theirs = await intake.ask('/applications/lifts', { by: clerkElsewhere })
    expect(await theirs.json()).toEqual({ lifts: [] })
  })

  test('on a withdrawn application it is lifted and set as on others, and the balancer hears of it', async () => {
    const id = await scanProtected()
    const { db } = intake.house
    await db.updateTable('page').set({ left_out: 'blank' }).where('application_id', '=', id).execute()
    await db.transaction().execute((tx) => settleApplication(tx, id))
    expect(await getApplication(id)).toMatchObject({ state: 'withdrawn', restricted: true })
    await post(`/applications/${id}/lift`, { reason: 'The order has ended.' })
    expect((await decide(id, 'approved')).status).toBe(200)
    expect(await getApplication(id)).toMatchObject({ state: 'withdrawn', restricted: false, lift: null })
    expect((await protect(id)).status).toBe(200)
    expect(await getApplication(id)).toMatchObject({ state: 'withdrawn', restricted: true })
    const snapshots = await listSnapshots(intake, id)
    expect(snapshots.slice(-3).map(({ withdrawn, restricted }) => [withdrawn, restricted])).toEqual([
      [true, true],
      [true, false],
      [true, true],
    ])
  })

  test('two who decide at one moment make one decision', async () => {
    const id = await scanProtected()
    await post(`/applications/${id}/lift`, { reason: 'The order has ended.' })
    const third = { ...second, subject: 'clerk-4' }
    const answers = await Promise.all([decide(id, 'approved'), decide(id, 'refused', third)])
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
  })
})
