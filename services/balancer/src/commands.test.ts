import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createBlindIndex, createLog } from '@tasain/kit'
import { parseHetu } from '@tasain/vocabulary'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabase } from '../../../test/support/database.ts'
import { makeNation } from '../testing/nation.ts'
import { addConflictOfInterest, loadAbsences, loadNation, loadOpenTasks, migrate } from './commands.ts'
import { findHandler } from './offices/offices.store.ts'
import { checkConservation, checkOneTask } from './reporting/verify.store.ts'
import type { Schema } from './schema.ts'

let env: Record<string, string>
let database: ReturnType<typeof connect<Schema>>
const nation = makeNation()
const folder = mkdtempSync(join(tmpdir(), 'tasain-key-'))
const keyFile = join(folder, 'index')
const key = randomBytes(32).toString('base64')

beforeAll(async () => {
  const { ownerUrl, appUrl } = (await ownDatabase()).urlsOf('balancer')
  writeFileSync(keyFile, key)
  env = { DATABASE_OWNER_URL: ownerUrl, IDENTITY_INDEX_KEY_FILE: keyFile }
  database = connect<Schema>({ url: appUrl, schema: 'balancer', log: createLog('test') })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

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

test('a conflict of interest is kept by the keyed index of the identity code, never by the code', async () => {
  const hetu = parseHetu('010190-900P')
  if (!hetu) throw new Error('not a code')
  await addConflictOfInterest(env, { subject: 'east-1-handler-1', hetu: '010190-900P' })
  const rows = await database.db.selectFrom('conflict_of_interest').selectAll().execute()
  expect(rows.map(({ applicant_index }) => applicant_index)).toEqual([createBlindIndex(key)(hetu)])
  await expect(addConflictOfInterest(env, { subject: 'nobody', hetu: '010190-900P' })).rejects.toThrow(/nobody/i)
  await expect(addConflictOfInterest(env, { subject: 'x', hetu: '010190-9000' })).rejects.toThrow(/not valid/)
})
