import { connect, createLog } from '@tasain/kit'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { handlerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot } from '../../testing/nation.ts'
import { tidyOnce } from '../handling/handling.work.ts'
import { findHandler } from '../offices/offices.store.ts'
import { receiveOnce } from './receiving.work.ts'

let house: TestHouse
let ownerUrl: string
beforeEach(async () => {
  const urls = (await ownDatabase()).urlsOf('balancer')
  ownerUrl = urls.ownerUrl
  house = await openHouse({ urls, nation: makeNation() })
})
afterEach(() => house.close())

const anna = handlerCaller('north-1-handler-1')
const findTask = (applicationId: string) =>
  house.db.selectFrom('task').selectAll().where('application_id', '=', applicationId).executeTakeFirst()
const findPosition = async () =>
  (await house.db.selectFrom('receiving_cursor').select('position').executeTakeFirst())?.position

/** Asks for papers on the day, as a handler would. */
async function askForPapers(day: string, deadlineOn: string): Promise<void> {
  house.clock.at = new Date(`${day}T10:00:00Z`)
  await house.ask(anna, 'POST', '/tasks/next')
  const { id } = await house.db.selectFrom('task').select('id').executeTakeFirstOrThrow()
  const request = { epoch: 1, missing: ['Bank statement'], deadlineOn }
  expect((await house.ask(anna, 'POST', `/tasks/${id}/information-request`, request)).status).toBe(200)
}

describe('One bad row stops nobody: snapshots', () => {
  test('a request made before the corrected arrival moves no due date', async () => {
    const mistyped = makeSnapshot({ benefit: 'TO', arrivedOn: '2026-10-01' })
    await house.receive(mistyped)
    await askForPapers('2026-10-05', '2026-10-15')
    expect(await findTask(mistyped.applicationId)).toMatchObject({ due_on: '2026-10-26' })
    house.clock.at = new Date('2026-11-02T10:00:00Z')
    const other = makeSnapshot()
    await house.receive({ ...mistyped, version: 2, arrivedOn: '2026-11-02' }, other)
    expect(await findPosition()).toBe(3)
    expect(await findTask(mistyped.applicationId)).toMatchObject({ due_on: '2026-11-11', queue_key: 1000 })
    expect(await findTask(other.applicationId)).toMatchObject({ state: 'open' })
  })

  test('work whose dates cannot be lies in no queue', async () => {
    const snapshot = makeSnapshot({ benefit: 'TO' })
    await house.receive(snapshot)
    await askForPapers('2026-11-23', '2026-12-04')
    await house.db.updateTable('information_request').set({ deadline_on: '2028-01-03' }).execute()
    await house.receive({ ...snapshot, version: 2 })
    expect(await findTask(snapshot.applicationId)).toMatchObject({ version: 2, due_on: '2028-01-13', queue_key: 0 })
  })

  test('one that the tables do not take is told, and the others of its page are received', async () => {
    const [first, second] = [makeSnapshot(), makeSnapshot()]
    const bad = [makeSnapshot({ version: 3_000_000_000 }), makeSnapshot({ applicantIndex: 'a\u0000b' })]
    house.intake.add(first, ...bad, second, { ...first, version: 2 })
    const lines: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
    expect(await receiveOnce({ ...house, log: createLog('test') }, 0)).toBe(5)
    vi.restoreAllMocks()
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 50, alarm: 'unreadable_snapshot', position: 2, applicationId: bad[0]?.applicationId, fault: '22003' },
      { level: 50, alarm: 'unreadable_snapshot', position: 3, applicationId: bad[1]?.applicationId },
    ])
    expect(await findPosition()).toBe(5)
    expect(await findTask(first.applicationId)).toMatchObject({ version: 2 })
    expect(await findTask(second.applicationId)).toMatchObject({ version: 1 })
    for (const { applicationId } of bad) expect(await findTask(applicationId)).toBeUndefined()
    expect(house.planned).toEqual(['route'])
    const sums = sql<{ tasks: number }>`select sum(tasks)::int as tasks from open_work_change`
    expect((await sums.execute(house.db)).rows).toEqual([{ tasks: 2 }])
  })

  test('a fault of the database itself loses nothing of the page', async () => {
    const owner = connect<unknown>({ url: ownerUrl, schema: 'balancer', log: house.log, max: 1 })
    await sql`alter table handover rename to away`.execute(owner.db)
    await expect(house.receive(makeSnapshot())).rejects.toThrow('handover')
    await sql`alter table away rename to handover`.execute(owner.db)
    await owner.close()
    expect(await findPosition()).toBe(0)
  })

  test('a stored one that cannot be read any more keeps no other from its review', async () => {
    const snapshots = ['cousin', 'sister'].map((applicantIndex) => makeSnapshot({ applicantIndex }))
    await house.receive(...snapshots)
    const bertil = handlerCaller('north-1-handler-2')
    for (const who of [anna, bertil]) {
      await house.ask(who, 'POST', '/tasks/next')
      const { id } = (await findHandler(house.db, who.subject, '2026-11-23')) ?? { id: '' }
      const persons = ['cousin', 'sister'].map((person) => ({ handler_id: id, applicant_index: person }))
      await house.db.insertInto('conflict_of_interest').values(persons).execute()
    }
    const owner = connect<unknown>({ url: ownerUrl, schema: 'balancer', log: house.log, max: 1 })
    await sql`update handover set snapshot = '{"benefit":"ZZ"}' where application_id = ${snapshots[0]?.applicationId}`.execute(
      owner.db,
    )
    await owner.close()
    await tidyOnce(house)
    expect(await findTask(snapshots[0]?.applicationId ?? '')).toMatchObject({ state: 'claimed' })
    expect(await findTask(snapshots[1]?.applicationId ?? '')).toMatchObject({ state: 'open' })
  })

  test('work whose deadline has passed goes on even when the review of what is held fails', async () => {
    const snapshot = makeSnapshot()
    await house.receive(snapshot)
    await askForPapers('2026-11-23', '2026-12-04')
    house.clock.at = new Date('2026-12-07T10:00:00Z')
    const owner = connect<unknown>({ url: ownerUrl, schema: 'balancer', log: house.log, max: 1 })
    await sql`alter table own_staff rename to away`.execute(owner.db)
    await owner.close()
    await expect(tidyOnce(house)).rejects.toThrow('own_staff')
    expect(await findTask(snapshot.applicationId)).toMatchObject({ state: 'open' })
  })
})
