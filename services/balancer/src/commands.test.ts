import { connect, createLog } from '@tasain/kit'
import { addDays, helsinkiDate } from '@tasain/vocabulary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../test/support/database.ts'
import { makeNation } from '../testing/nation.ts'
import { loadAbsences, loadNation, loadOpenTasks, migrate } from './commands.ts'
import type { OpenWork } from './offices/nation.ts'
import { findHandler } from './offices/offices.store.ts'
import { checkConservation, checkOneTask } from './reporting/verify.store.ts'
import type { Schema } from './schema.ts'

let env: Record<string, string>
let database: ReturnType<typeof connect<Schema>>
const nation = makeNation()

beforeAll(async () => {
  const { ownerUrl, appUrl } = (await ownDatabase()).urlsOf('balancer')
  env = { DATABASE_OWNER_URL: ownerUrl }
  database = connect<Schema>({ url: appUrl, schema: 'balancer', log: createLog('test') })
})
afterAll(() => database.close())

const count = async (table: 'office' | 'handler' | 'handler_skill' | 'absence' | 'task') =>
  (await database.db.selectFrom(table).selectAll().execute()).length

test('migrations and a nation may be loaded again, and bring what has changed', async () => {
  await migrate(env)
  const absences = nation.handlers
    .slice(0, 3)
    .map(({ id }) => ({ handlerId: id, from: '2026-11-23', to: '2026-11-27' }))
  for (let round = 0; round < 2; round += 1) {
    await loadNation(env, nation)
    await loadAbsences(env, absences)
  }
  expect(await Promise.all([count('office'), count('handler'), count('handler_skill'), count('absence')])).toEqual([
    4, 8, 104, 3,
  ])
  const handlers = nation.handlers.map((handler) => ({ ...handler, benefits: ['TO' as const], cleared: true }))
  await loadNation(env, { ...nation, handlers })
  expect(await findHandler(database.db, 'north-1-handler-1', '2026-11-25')).toMatchObject({
    benefits: ['TO'],
    cleared: true,
    absent: true,
    queueKeys: [1000, 1001, 1002, 1003],
  })
})

test('twenty thousand open tasks are loaded within seconds and accounted for', { timeout: 60_000 }, async () => {
  const work = Array.from({ length: 20_000 }, (_, index) => ({
    benefit: 'YA' as const,
    language: 'sv' as const,
    officeId: nation.offices[index % 4]?.id ?? '',
    arrivedOn: '2026-11-01',
    minutes: 25,
    restricted: index % 500 === 0,
  }))
  const started = performance.now()
  expect(await loadOpenTasks(env, work)).toBe(20_000)
  expect(performance.now() - started).toBeLessThan(30_000)
  expect(await checkConservation(database.db)).toEqual({ name: 'conservation', counted: 20_000, faults: [] })
  expect((await checkOneTask(database.db)).faults).toEqual([])
  await expect(loadOpenTasks(env, [{ ...work[0], officeId: 'nowhere' } as (typeof work)[0]])).rejects.toThrow(/nowhere/)
})

describe('One bad row stops nobody', () => {
  const good = { benefit: 'YA', language: 'fi', officeId: 'north-1', minutes: 30, restricted: false }
  const today = helsinkiDate(new Date())
  const row = (change: object) => ({ ...good, arrivedOn: addDays(today, -20), ...change }) as OpenWork

  test('a load with an impossible row is refused whole, row by row', async () => {
    const before = await count('task')
    const work = [
      row({}),
      row({ language: 'se' }),
      row({ benefit: 'ZZ' }),
      row({ officeId: 'nowhere', minutes: 0 }),
      row({ arrivedOn: addDays(today, -2_000) }),
      row({ arrivedOn: addDays(today, 2) }),
      row({ arrivedOn: '2026-02-30' }),
    ]
    const refused = await loadOpenTasks(env, work).catch((error: unknown) => String(error))
    expect(String(refused).split('\n').slice(1)).toEqual([
      'Row 2: there is no language "se".',
      'Row 3: there is no benefit "ZZ".',
      'Row 4: there is no office nowhere: load the nation first.',
      'Row 4: its minutes are 0, not from 1 to 10000.',
      expect.stringMatching(/^Row 5: .* more than five years ago\.$/),
      expect.stringMatching(/^Row 6: .* still to come\.$/),
      'Row 7: "2026-02-30" is no date.',
    ])
    expect(await count('task')).toBe(before)
    expect(await loadOpenTasks(env, [row({})])).toBe(1)
  })

  test('a nation with an unknown benefit, language or place is refused', async () => {
    const [office, ...offices] = nation.offices
    const [handler, ...handlers] = nation.handlers
    const bad = {
      ...nation,
      offices: [{ ...office, id: 'north', lat: Number.NaN }, ...offices],
      benefits: [...nation.benefits, { code: 'ZZ', minutes: 30 }],
      handlers: [{ ...handler, benefits: ['ZZ'], languages: ['se'], minutesPerDay: 5_000 }, ...handlers],
    } as typeof nation
    const refused = await loadNation(env, bad).catch((error: unknown) => String(error))
    expect(String(refused).split('\n')).toHaveLength(1 + 6)
    expect(refused).toContain('There is no benefit "ZZ" to have an effort.')
    await loadNation(env, nation)
  })
})
