import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type SealFault, verifyAccessLog } from './access-check.ts'
import { authenticateEarly, createAccessLog } from './access-log.ts'
import { chainEarly, reportVanished, type SealedEntry, sealAccessLog, start } from './access-seal.ts'
import { openWitness, type Witness } from './access-witness.ts'
import { connect, type Database } from './database.ts'
import { createLog } from './log.ts'
import type { HouseTables } from './migrate.ts'

const key = randomBytes(32).toString('base64')
const caller: Caller = { subject: 'clerk-1', name: 'Kirsi Kirjuri', roles: ['clerk'], office: 'pha-1', district: 'pha' }
const log = createLog('test')
log.level = 'silent'
let database: Database<HouseTables>
let owner: Kysely<HouseTables>
let folder: string
let headFile: string
let witness: Witness

beforeAll(async () => {
  const urls = await testDatabase('intake')
  database = connect<HouseTables>({ url: urls.appUrl, schema: 'intake', log })
  const pool = new pg.Pool({ connectionString: urls.ownerUrl, options: '-c search_path=intake', max: 2 })
  owner = new Kysely<HouseTables>({ dialect: new PostgresDialect({ pool }) })
})
afterAll(async () => {
  await database.close()
  await owner.destroy()
})
beforeEach(async () => {
  await owner.deleteFrom('access_seal').execute()
  await owner.deleteFrom('access_entry').execute()
  await owner.updateTable('access_seal_start').set({ position: 0, hash: start, mac: null }).execute()
  folder = await mkdtemp(join(tmpdir(), 'tasain-keyed-'))
  headFile = join(folder, 'heads')
  witness = openWitness(headFile, log)
})
afterEach(async () => {
  witness.close()
  await rm(folder, { recursive: true, force: true })
})

async function append(count: number, fail = false): Promise<void> {
  const { append: write } = createAccessLog(key, witness)
  for (let i = 0; i < count; i += 1)
    await database.db
      .transaction()
      .execute(async (tx) => {
        await write(tx, caller, 'page.view', [{ kind: 'page', id: newId() }])
        if (fail) throw new Error('rolled back')
      })
      .catch((error: unknown) => {
        if (!fail) throw error
      })
}
const sealing = () => ({ db: database.db, headFile, key, witness, log })
const seal = () => sealAccessLog(sealing())
const verify = async () => (await verifyAccessLog(database.db, headFile, key)).faults
const kindsOf = (faults: SealFault[]) => faults.map(({ kind, position }) => [kind, position])
const listEntries = async () =>
  (await owner.selectFrom('access_entry').selectAll().orderBy('id').execute()) as SealedEntry[]

/** Chains all entries as it was done before there was a key, heads too; whoever can write to both can do so. */
async function sealWithoutKey(): Promise<{ position: number; hash: Buffer }> {
  await owner.deleteFrom('access_seal').execute()
  let last: { position: number; hash: Buffer } = { position: 0, hash: start }
  for (const entry of await listEntries()) {
    const position = last.position + 1
    last = { position, hash: chainEarly(last.hash, position, entry) }
    await owner
      .insertInto('access_seal')
      .values({ ...last, entry_id: entry.id, sealed_at: undefined })
      .execute()
  }
  await writeFile(headFile, `${JSON.stringify({ position: last.position, hash: last.hash.toString('hex') })}\n`)
  return last
}

/** Entries and seals as the version before wrote them, and the row that the migration leaves. */
async function makeEarlyLog(count: number): Promise<void> {
  await append(count)
  for (const entry of await listEntries())
    await owner
      .updateTable('access_entry')
      .set({ mac: authenticateEarly(key, entry) })
      .where('id', '=', entry.id)
      .execute()
  const last = await sealWithoutKey()
  await owner
    .updateTable('access_seal_start')
    .set({ ...last, mac: null })
    .execute()
  witness.forget(new Set(witness.list().map(({ id }) => id)))
}

describe('The log', () => {
  test('entries sealed before there was a key still verify, and later ones are keyed', async () => {
    await makeEarlyLog(4)
    expect(await verify()).toEqual([])
    await append(3)
    await seal()
    expect(await verify()).toEqual([])
    await owner
      .updateTable('access_entry')
      .set({ person: 'X' })
      .where('id', '=', (await listEntries())[1]?.id ?? '')
      .execute()
    expect(kindsOf(await verify())).toEqual([['edited', 2]])
  })

  test('one entry removed, chain and heads written anew without the key, is located', async () => {
    await append(6)
    await seal()
    await owner
      .deleteFrom('access_entry')
      .where('id', '=', (await listEntries())[3]?.id ?? '')
      .execute()
    await sealWithoutKey()
    expect(kindsOf(await verify())).toContainEqual(['edited', 1])
  })

  test('later entries do not pass for early ones, whatever says where the key begins', async () => {
    await makeEarlyLog(2)
    await append(4)
    await seal()
    await owner
      .deleteFrom('access_entry')
      .where('id', '=', (await listEntries())[4]?.id ?? '')
      .execute()
    const last = await sealWithoutKey()
    await owner.updateTable('access_seal_start').set(last).execute()
    expect(kindsOf(await verify())).toContainEqual(['start_forged', null])
    await owner
      .updateTable('access_seal_start')
      .set({ ...last, mac: null })
      .execute()
    expect(kindsOf(await verify())).toContainEqual(['inserted', 3])
    await owner.deleteFrom('access_seal_start').execute()
    expect(kindsOf(await verify())).toContainEqual(['start_forged', null])
    await owner
      .insertInto('access_seal_start')
      .values({ singleton: true, position: 0, hash: start, mac: null })
      .execute()
  })

  test('a head that the service did not write is told from its own', async () => {
    await append(2)
    await seal()
    await appendFile(headFile, `{"position":2,"hash":"${'0'.repeat(64)}","mac":"${'0'.repeat(64)}"}\n`)
    expect(kindsOf(await verify())).toEqual([['heads_forged', null]])
  })

  test('an entry deleted before it is sealed is missed, one rolled back is not', async () => {
    await append(3)
    await append(2, true)
    const gone = (await listEntries())[1]?.id ?? ''
    await owner.deleteFrom('access_entry').where('id', '=', gone).execute()
    await seal()
    await reportVanished(sealing())
    await reportVanished(sealing())
    expect(await verify()).toEqual([{ kind: 'deleted', position: null, entryId: gone }])
    expect(witness.list()).toEqual([])
  })

  test('an entry whose transaction is still open is neither sealed nor missed', async () => {
    await database.db.transaction().execute(async (tx) => {
      await createAccessLog(key, witness).append(tx, caller, 'page.view', [{ kind: 'page', id: newId() }])
      await seal()
      await reportVanished(sealing())
      expect(witness.list()).toHaveLength(1)
    })
    await seal()
    await reportVanished(sealing())
    expect([await verify(), witness.list()]).toEqual([[], []])
  })

  test('entries of a process that was killed are missed by the one that follows', async () => {
    await append(2)
    const [name = ''] = (await readdir(folder)).filter((one) => one.includes('unsealed'))
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    await rename(join(folder, name), `${headFile}.unsealed-${hostname()}-${pid}`)
    const [first] = await listEntries()
    await owner
      .deleteFrom('access_entry')
      .where('id', '=', first?.id ?? '')
      .execute()
    witness = openWitness(headFile, log)
    await seal()
    await reportVanished(sealing())
    expect(await verify()).toEqual([{ kind: 'deleted', position: null, entryId: first?.id }])
  })

  test('a seal out of its range is refused to the role that works', async () => {
    await append(3)
    await seal()
    await append(1)
    const [entry] = (await listEntries()).slice(-1)
    const put = (position: number) =>
      database.db
        .insertInto('access_seal')
        .values({ position, entry_id: entry?.id ?? '', hash: start, sealed_at: undefined })
    for (const position of [60_000_000, 5, 0, -1]) await expect(put(position).execute()).rejects.toThrow('must follow')
    await seal()
    expect(await verify()).toEqual([])
  })

  test('a far seal that was put there all the same costs nothing and is not followed', async () => {
    await append(3)
    await seal()
    await append(1)
    const [entry] = (await listEntries()).slice(-1)
    const far = { position: 60_000_000, entry_id: entry?.id ?? '', hash: start, sealed_at: undefined }
    await sql`alter table access_seal disable trigger access_seal_follows`.execute(owner)
    await owner.insertInto('access_seal').values(far).execute()
    await sql`alter table access_seal enable trigger access_seal_follows`.execute(owner)
    await append(2)
    expect(await seal()).toBe(2)
    const { entries, faults } = await verifyAccessLog(database.db, headFile, key)
    expect(entries).toBe(6)
    expect(faults).toEqual([{ kind: 'deleted', position: 6, through: 59_999_999, entryId: null }])
  })
})
