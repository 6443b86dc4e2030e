import { setTimeout as sleep } from 'node:timers/promises'
import { connect, createLog, type Database, type Jobs, startJobs } from '@tasain/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeWork } from '../../testing/nation.ts'
import { saveOpenWork } from '../offices/nation.store.ts'
import { followUp } from '../receiving/receiving.work.ts'
import { checkMoves } from '../reporting/verify.store.ts'
import { findRecord } from './plan.store.ts'
import { planOnce, startRouting } from './routing.work.ts'

let house: TestHouse
let owner: Database<unknown>
const log = createLog('test')
log.level = 'silent'

beforeEach(async () => {
  const urls = (await ownDatabase()).urlsOf('balancer')
  owner = connect({ url: urls.ownerUrl, schema: 'balancer', log })
  house = await openHouse({ urls, nation: makeNation() })
})
afterEach(async () => {
  await house.close()
  await owner.close()
})

const fill = (officeId: string, count: number, restricted = false) =>
  saveOpenWork(house.db, makeWork(officeId, count, { restricted }))
const plan = (planDays = 90) => planOnce({ ...house.routing, planDays })
const listPlans = () =>
  house.db
    .selectFrom('plan')
    .leftJoin('plan_record', 'plan_record.plan_id', 'plan.id')
    .select(['id', 'sends', 'stuck'])
    .orderBy('planned_at')
    .execute()

test('of a plan that wanted moves and made none nothing but its figures is kept once there is another', async () => {
  await fill('north-1', 300)
  const client = await owner.pool.connect()
  await client.query('begin')
  await client.query('select id from task for update')
  expect(await plan()).toMatchObject({ moved: 0 })
  await client.query('rollback')
  client.release()
  const [first] = await listPlans()
  expect(first?.sends).toBe(false)
  expect((await plan())?.moved).toBeGreaterThan(100)
  expect((await listPlans()).map(({ sends }) => sends)).toEqual([null, true])
  // The one that sent starts from no plan that is gone.
  expect((await findRecord(house.db, { sends: true }))?.plan.basis.from).toBeUndefined()
  expect((await checkMoves(house.db)).faults).toEqual([])
})

test('what a plan found stuck goes with its record once it has been kept long enough', async () => {
  await fill('north-1', 3, true)
  for (const office of ['north-1', 'south-1', 'east-1', 'north-2']) {
    await fill(office, 300)
    expect((await plan())?.moved).toBeGreaterThan(10)
  }
  const keepsDetails = async () => (await listPlans()).map(({ sends, stuck }) => [sends, stuck.length > 0])
  expect(await keepsDetails()).toEqual(Array.from({ length: 4 }, () => [true, true]))
  await owner.pool.query(`update plan set planned_at = planned_at - interval '91 days'`)
  await fill('south-1', 600)
  expect((await plan())?.moved).toBeGreaterThan(10)
  const details = await keepsDetails()
  expect(details.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => [null, false]))
  expect(details.slice(3)).toEqual(Array.from({ length: 2 }, () => [true, true]))
})

test('plans on arrivals follow one another after half a minute, and one that held something back is looked at once more', async () => {
  const jobs = await startJobs({ url: house.urls.appUrl, schema: 'balancer_jobs', log })
  try {
    await followRouting(jobs)
  } finally {
    await jobs.stop()
  }
})

async function followRouting(jobs: Jobs): Promise<void> {
  const listJobs = async (name: string) => {
    const query = `select state, extract(epoch from start_after - created_on)::int as wait from balancer_jobs.job
      where name = $1 order by created_on`
    return (await owner.pool.query<{ state: string; wait: number }>(query, [name])).rows
  }
  const waitFor = async (name: string, state: string) => {
    for (let turn = 0; !(await listJobs(name)).some((job) => job.state === state); turn += 1) {
      if (turn > 200) throw new Error('waited in vain')
      await sleep(50)
    }
  }
  const arrive = () =>
    house.db
      .transaction()
      .execute((tx) => followUp({ ...house, jobs }, tx, { changed: 1, homeless: [], failed: [], received: 1 }))
  await arrive()
  await arrive()
  await fill('north-1', 300)
  await startRouting({ ...house.routing, dampingMinutes: 30 }, jobs)
  await waitFor('look', 'created')
  expect(await listJobs('route')).toEqual([{ state: 'created', wait: 30 }])
  expect(await listJobs('look')).toEqual([{ state: 'created', wait: 10 }])
  // The look holds something back itself, and still is the last one.
  await fill('south-1', 600)
  await owner.pool.query(`update balancer_jobs.job set start_after = now() where name = 'look'`)
  await waitFor('look', 'completed')
  const held = await house.db.selectFrom('plan').select('held').orderBy('planned_at', 'desc').limit(1).execute()
  expect(held[0]?.held.length).toBeGreaterThan(0)
  expect(await listJobs('look')).toHaveLength(1)
}
