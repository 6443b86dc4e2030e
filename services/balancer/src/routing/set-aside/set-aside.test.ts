import { alarmList } from '@tasain/contracts'
import { connect, type Database, getWorkHealth } from '@tasain/kit'
import { addDays, newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../../test/support/database.ts'
import * as soundRows from '../../../migrations/0011-sound-rows.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../../testing/house.ts'
import { makeNation, makeSnapshot, makeWork } from '../../../testing/nation.ts'
import { sweepOnce, tidyOnce } from '../../handling/handling.work.ts'
import { recountOnce } from '../../load/recount.work.ts'
import { saveOpenWork } from '../../offices/nation.store.ts'
import { planOnce } from '../routing.work.ts'

const today = '2026-11-23'
let house: TestHouse
let owner: Database<unknown>
beforeEach(async () => {
  const urls = (await ownDatabase()).urlsOf('balancer')
  house = await openHouse({ urls, nation: makeNation() })
  owner = connect<unknown>({ url: urls.ownerUrl, schema: 'balancer', log: house.log, max: 1 })
})
afterEach(async () => {
  await owner.close()
  await house.close()
})

type Row = {
  benefit: string
  language: string
  arrived: string
  due: string
  minutes: number
  office: string
  home: string
  key: number
}
const good: Row = {
  benefit: 'YA',
  language: 'fi',
  arrived: '2026-11-02',
  due: '2026-11-23',
  minutes: 30,
  office: 'north-1',
  home: 'north-1',
  key: 1010,
}

/** Puts a task into the table as nobody but the database's own tools would. @returns its id, or undefined when it is refused. */
async function insert(row: Row): Promise<string | undefined> {
  const id = newId()
  const inserted = sql`
    insert into task (id, application_id, version, channel, benefit, language, arrived_on, due_on, minutes, home_office_id,
      office_id, queue_key, identified, restricted)
    values (${id}, ${newId()}, 1, 'post', ${row.benefit}, ${row.language}, ${row.arrived}::text::date,
      ${row.due}::text::date, ${row.minutes}, ${row.home}, ${row.office}, ${row.key}, true, false)`.execute(house.db)
  return await inserted.then(
    () => id,
    () => undefined,
  )
}

const listSetAside = async (who = auditorCaller) =>
  alarmList.parse((await house.ask(who, 'GET', '/alarms')).body).setAside

/** Numbers from 0 to below 1, the same in each run. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const spoilt = {
  language: ['se', '', 'FI', 'en'],
  benefit: ['ZZ', '', 'ya', 'YA '],
  arrived: [
    '1926-11-02',
    '0001-01-01',
    '1990-01-02',
    'infinity',
    '-infinity',
    '44-03-15 BC',
    '12026-01-01',
    '2027-06-01',
  ],
  due: ['1926-11-23', '0001-01-01', 'infinity', '-infinity', '2099-01-01', '2026-11-01'],
  minutes: [0, -30, 10_001, 2_147_483_647],
  office: ['nowhere', '', 'south-1'],
  home: ['nowhere', ''],
  key: [-1, 0, 7, 999, 1_004, 1_999, 16_008, 9_999_999, 2_147_483_647],
} as const satisfies { [K in keyof Row]: readonly Row[K][] }

/** A row with one to three things wrong; half of them in nobody's queue, where the table takes nearly anything. */
function spoil(random: () => number): Row {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const wrong = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(Object.keys(spoilt) as (keyof Row)[]))
  const values = wrong.map((name) => [name, pick<string | number>(spoilt[name])] as const)
  return { ...good, ...(random() < 0.5 && { key: 0 }), ...Object.fromEntries(values) }
}

/** All that reads the nation's work answers, and a plan is made. */
async function expectWork(): Promise<void> {
  await saveOpenWork(house.db, makeWork('north-1', 20, { arrivedOn: '2026-11-02' }))
  await planOnce(house.routing)
  await tidyOnce(house)
  await sweepOnce(house.database)
  await recountOnce(house)
}

describe('One bad row stops nobody', () => {
  test('random bad rows are refused or listed, and each plan comes', { timeout: 3_600_000 }, async () => {
    const rounds = process.env['TASAIN_LONG'] === '1' ? 50 : 4
    const random = makeRandom(7)
    const stored: string[] = []
    let moved = 0
    for (let round = 0; round < rounds; round += 1) {
      for (let count = 0; count < 20; count += 1) {
        const id = await insert(spoil(random))
        if (id !== undefined) stored.push(id)
      }
      await saveOpenWork(house.db, makeWork('north-1', 40, { arrivedOn: '2026-11-02' }))
      moved += (await planOnce(house.routing))?.moved ?? 0
      await expectWork()
    }
    expect(moved).toBeGreaterThan(rounds)
    const listed = await listSetAside()
    expect(listed.map(({ task }) => task).toSorted()).toEqual(stored.toSorted())
    expect(stored.length).toBeGreaterThan(rounds * 4)
    if (rounds === 50) process.stdout.write(`${rounds * 20} bad rows: ${rounds * 20 - stored.length} refused, `)
    if (rounds === 50) process.stdout.write(`${stored.length} listed\n`)
    const moves = await house.db.selectFrom('move').select('task_id').execute()
    expect(moves.filter(({ task_id }) => stored.includes(task_id))).toEqual([])
    await expectAnswers(stored[0] ?? '')
  })

  test('each kind of bad row is listed under its own cause', async () => {
    const causes: [Partial<Row>, string][] = [
      [{ benefit: 'ZZ', key: 0 }, 'unknownBenefit'],
      [{ language: 'se', key: 0 }, 'unknownLanguage'],
      [{ office: 'nowhere', key: 0 }, 'unknownOffice'],
      [{ arrived: '1926-11-02', due: '1926-11-23' }, 'badDates'],
      [{ arrived: '0001-01-01', due: '0001-01-22' }, 'badDates'],
      [{ arrived: '2026-12-24', due: '2027-01-14' }, 'badDates'],
      [{ key: 0 }, 'noQueue'],
    ]
    for (const [change, cause] of causes) {
      const id = await insert({ ...good, ...change })
      expect(id).toBeDefined()
      expect((await listSetAside()).find(({ task }) => task === id)?.cause).toBe(cause)
    }
    const [north, east] = [managerCaller('north'), managerCaller('east')]
    expect(await listSetAside(north)).toHaveLength(causes.length)
    expect(await listSetAside(east)).toEqual([])
    await insert({ ...good, office: 'nowhere', home: 'nowhere', key: 0 })
    expect(await listSetAside(east)).toHaveLength(1)
  })

  test('an old date neither fails a plan nor keeps handlers from it', async () => {
    // As one returned by its handler: bound to its office, which is what failed every plan.
    const id = await insert({ ...good, arrived: '1990-01-02', due: '1990-01-23' })
    await house.db.updateTable('task').set({ pinned: true }).execute()
    await expectWork()
    const anna = handlerCaller('north-1-handler-1')
    const { body } = await house.ask(anna, 'POST', '/tasks/next')
    expect(body).toMatchObject({ task: { id } })
    const decision = { epoch: 1, outcome: 'granted', grounds: 'At last.' }
    expect((await house.ask(anna, 'POST', `/tasks/${id}/decision`, decision)).status).toBe(200)
    expect(await listSetAside()).toEqual([])
  })

  test('places, people and rules that cannot be are left out', async () => {
    await saveOpenWork(house.db, makeWork('north-1', 100))
    const refused = [
      sql`update handler set minutes_per_day = 100000`,
      sql`insert into handler_skill select id, 'ZZ' from handler`,
      sql`insert into benefit_effort values ('ZZ', 30)`,
      sql`insert into absence select gen_random_uuid(), id, 'infinity', 'infinity' from handler`,
      sql`update office set lat = 'NaN'`,
      sql`insert into office_midnight select id, ${today}::date, -5 from office`,
    ]
    for (const statement of refused) await expect(statement.execute(owner.db)).rejects.toThrow(/violates check/)
    await sql`alter table office drop constraint office_place_check`.execute(owner.db)
    await sql`update office set lat = 'NaN' where id = 'east-1'`.execute(owner.db)
    await sql`insert into district values ('south-1', 'lower', 'x', 'x')`.execute(owner.db)
    await sql`insert into office values ('odd', 'south-1', 77, 'x', 'x', 61, 25)`.execute(owner.db)
    const id = newId()
    await sql`insert into rule (id) values (${id})`.execute(owner.db)
    await sql`
      insert into rule_version (rule_id, version, kind, scope_kind, scope_id, value, from_on, needs_approval, reason,
        author_subject, author_name)
      values (${id}, 1, 'blackout', 'office', 'nowhere', '{"kind":"blackout"}', ${today}, false, 'x', 'x', 'x')`.execute(
      owner.db,
    )
    expect((await planOnce(house.routing))?.moved).toBeGreaterThan(0)
    const { rows } = await sql<{ to: string }>`select distinct to_office_id as to from move`.execute(house.db)
    expect(rows).toEqual([{ to: 'north-2' }])
    const lost = await insert({ ...good, office: 'east-1', home: 'east-1', key: 3010 })
    expect(await listSetAside()).toEqual([expect.objectContaining({ task: lost, cause: 'unknownOffice' })])
  })

  test('a plan that keeps failing is told in readiness and to managers', async () => {
    await saveOpenWork(house.db, makeWork('north-1', 40))
    const id = newId()
    await sql`insert into rule (id) values (${id})`.execute(owner.db)
    await sql`
      insert into rule_version (rule_id, version, kind, scope_kind, scope_id, value, from_on, needs_approval, reason,
        author_subject, author_name)
      values (${id}, 1, 'shareOut', 'nation', '', '{"kind":"shareOut","max":7}', ${today}, false, 'x', 'x', 'x')`.execute(
      owner.db,
    )
    const run = () => getWorkHealth(house.log).watch('plan', () => planOnce(house.routing))
    const ask = async () => [
      await house.ask(managerCaller('north'), 'GET', '/ready'),
      await house.ask(managerCaller('north'), 'GET', '/work'),
    ]
    for (const degraded of [[], [{ work: 'plan' }]]) {
      await expect(run()).rejects.toThrow('rules[0].max')
      expect(await ask()).toMatchObject([
        { status: 200, body: { ok: true, degraded } },
        { status: 200, body: { degraded } },
      ])
    }
    const handler = await house.ask(handlerCaller('north-1-handler-1'), 'GET', '/work')
    expect(handler.code).toBe('right.missing')
    await sql`update rule_version set value = '{"kind":"shareOut","max":0.7}'`.execute(owner.db)
    expect((await run())?.moved).toBeGreaterThan(0)
    expect(await ask()).toMatchObject([{ body: { degraded: [] } }, { body: { degraded: [] } }])
  })

  test('sums that went wrong fail no plan, and are set right', async () => {
    await saveOpenWork(house.db, makeWork('north-1', 100))
    await sql`
      insert into open_work_change (queue_key, due_on, tasks, minutes, waiting, movable_tasks, movable_minutes)
      values (1010, '2026-11-10', 5, -900, 0, 500, -7), (16008, '2026-11-10', 1, 1, 1, 1, 1), (-5, 'infinity', 1, 1, 1, 1, 1),
        (1010, '0001-01-01', -3, 99999999, 0, 0, 0), (1010, '2026-11-11', 1, 99999999, 0, 0, 0)`.execute(house.db)
    expect(await planOnce(house.routing)).toBeDefined()
    await house.ask(managerCaller('north'), 'GET', '/load')
    await recountOnce(house)
    await expectWork()
  })

  test('a database with bad rows migrates, and they are set aside', async () => {
    const statements = [
      'drop function check_task_insert() cascade',
      'drop index task_set_aside',
      'alter table task drop constraint task_sound_check, drop constraint task_most_minutes_check',
      'alter table open_work_change drop constraint open_work_change_minutes_check',
      'alter table handler_skill drop constraint handler_skill_benefit_check',
      'alter table handler drop constraint handler_minutes_check',
      'alter table benefit_effort drop constraint benefit_effort_benefit_check, drop constraint benefit_effort_most_check',
      'alter table absence drop constraint absence_days_check',
      'alter table office_midnight drop constraint office_midnight_minutes_check',
      'alter table office drop constraint office_place_check',
      'alter table rule_version drop constraint rule_version_days_check',
      "insert into benefit_effort values ('ZZ', 30)",
      "insert into handler_skill select id, 'ZZ' from handler",
    ]
    for (const statement of statements) await sql.raw(statement).execute(owner.db)
    const bad = [
      { language: 'se', key: 16_008 },
      { benefit: 'ZZ' },
      { office: 'nowhere' },
      { arrived: 'infinity' },
      { key: 0, minutes: 2_000_000 },
    ]
    const ids = await Promise.all(bad.map((change) => insert({ ...good, ...change })))
    await house.receive(makeSnapshot())
    await soundRows.up(owner.db)
    expect(new Set((await listSetAside()).map(({ task }) => task))).toEqual(new Set(ids))
    await expectWork()
    await sql`update task set epoch = epoch + 1`.execute(house.db)
  })
})

/** Every page that shows work answers, of a bad task too. */
async function expectAnswers(bad: string): Promise<void> {
  const rule = { scope: { office: 'north-1' }, value: { kind: 'reach', within: 'district' }, from: addDays(today, 1) }
  const north = managerCaller('north')
  const asked = await Promise.all([
    house.ask(north, 'GET', '/load'),
    house.ask(handlerCaller('north-1-handler-1'), 'GET', '/load/own'),
    house.ask(north, 'GET', '/queues/north-1'),
    house.ask(north, 'GET', '/plans/latest'),
    house.ask(auditorCaller, 'GET', `/tasks/${bad}/story?words=fi`),
    house.ask(auditorCaller, 'GET', '/verify'),
    house.ask(handlerCaller('north-1-handler-1'), 'POST', '/tasks/next'),
    house.ask(north, 'POST', '/rules/preview', rule),
  ])
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 200))
}
