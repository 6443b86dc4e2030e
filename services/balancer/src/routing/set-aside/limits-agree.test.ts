import { connect, type Database } from '@tasain/kit'
import { addDays } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../../test/support/database.ts'
import { openHouse, type TestHouse } from '../../../testing/house.ts'
import { makeHandler, makeNation, makeSnapshot, makeWork } from '../../../testing/nation.ts'
import { listNationFaults, listWorkFaults } from '../../offices/load-check.ts'
import { saveOpenWork } from '../../offices/nation.store.ts'
import { listPlaces } from '../../offices/offices.store.ts'
import { longestDays } from '../../receiving/queue-key.ts'
import type { BalancerTx } from '../../schema.ts'
import { listSetAside } from './set-aside.store.ts'
import { findCause, listArrivalDays, type SetAside } from './set-aside.ts'

const today = '2026-11-23'
let house: TestHouse
let owner: Database<unknown>
beforeAll(async () => {
  const urls = await testDatabase('balancer')
  house = await openHouse({ urls, nation: makeNation() })
  owner = connect<unknown>({ url: urls.ownerUrl, schema: 'balancer', log: house.log, max: 1 })
})
afterAll(async () => {
  await owner.close()
  await house.close()
})

/** The number that follows these words in a check of the tables. */
async function readLimit(constraint: string, before: RegExp): Promise<number> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_constraintdef(oid) as definition from pg_constraint
    where conname = ${constraint} and connamespace = current_schema()::regnamespace`.execute(house.db)
  expect(rows).toHaveLength(1)
  const [, limit] = new RegExp(`${before.source}\\D{0,3}(\\d+)`).exec(rows[0]?.definition ?? '') ?? []
  expect(limit, rows[0]?.definition).toBeDefined()
  return Number(limit)
}

describe('One bad row stops nobody: what is checked before loading and planning is what the tables check', () => {
  test('minutes of a task and of a benefit', async () => {
    const most = await readLimit('task_most_minutes_check', /minutes <=/)
    expect(await readLimit('benefit_effort_most_check', /minutes <=/)).toBe(most)
    const nation = makeNation()
    const countFaults = (minutes: number) => [
      listWorkFaults(makeWork('north-1', 1, { minutes }), new Set(['north-1']), today).length,
      listNationFaults({ ...nation, benefits: [{ code: 'YA', minutes }] }).length,
    ]
    expect([countFaults(most), countFaults(most + 1)]).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  test('minutes of a handler in a day', async () => {
    const most = await readLimit('handler_minutes_check', /minutes_per_day <=/)
    const countFaults = (minutesPerDay: number) =>
      listNationFaults({ ...makeNation(), handlers: [makeHandler('north-1', 'one', { minutesPerDay })] }).length
    expect([countFaults(most), countFaults(most + 1)]).toEqual([0, 1])
  })

  test('days from arrival to due date', async () => {
    const most = await readLimit('task_sound_check', /arrived_on \+/)
    expect(longestDays).toBe(most)
    const task: SetAside = {
      id: '',
      office: 'north-1',
      homeOffice: 'north-1',
      benefit: 'YA',
      language: 'fi',
      restricted: false,
      arrivedOn: today,
      dueOn: today,
      minutes: 30,
      movable: false,
      queueKey: 0,
    }
    const causeOf = (days: number) => findCause({ ...task, dueOn: addDays(today, days) }, new Set(['north-1']), today)
    expect([causeOf(most), causeOf(most + 1)]).toEqual(['noQueue', 'badDates'])
  })

  // Of five years some have one leap day, some two.
  test.each(['2026-11-23', '2025-01-01', '2028-02-29'])('on %s the oldest arrival that is loaded is planned', (day) => {
    const { first } = listArrivalDays(day)
    const countFaults = (arrivedOn: string) =>
      listWorkFaults(makeWork('north-1', 1, { arrivedOn }), new Set(['north-1']), day).length
    expect([countFaults(first), countFaults(addDays(first, -1))]).toEqual([0, 1])
  })
})

test('work that is set aside is found without reading the rest', async () => {
  await saveOpenWork(house.db, makeWork('north-1', 6_000, { arrivedOn: '2026-11-02' }))
  const old = makeSnapshot()
  await house.receive(old)
  await sql`
    update task set arrived_on = '1990-01-02', due_on = '1990-01-23' where application_id = ${old.applicationId}`.execute(
    house.db,
  )
  await sql`analyze task`.execute(owner.db)
  const read = await house.db.transaction().execute(async (tx) => {
    const before = await countRead(tx)
    expect(await listSetAside(tx, [], await listPlaces(tx), today)).toHaveLength(1)
    return (await countRead(tx)) - before
  })
  expect(read).toBeLessThan(50)
})

/** Rows of tasks that this connection has read lately, this transaction's among them. */
async function countRead(tx: BalancerTx): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables
    where relid = 'task'::regclass`.execute(tx)
  return rows[0]?.rows ?? 0
}
