import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { checkAccessLog, verifyAccessLog } from './access-check.ts'
import { createAccessLog } from './access-log.ts'
import { sealAccessLog } from './access-seal.ts'
import { connect, type Database } from './database.ts'
import { createLog } from './log.ts'
import type { HouseTables } from './migrate.ts'

const key = randomBytes(32).toString('base64')
const caller: Caller = { subject: 'clerk-1', name: 'Kirsi Kirjuri', roles: ['clerk'], office: 'pha-1', district: 'pha' }
let database: Database<HouseTables>
let owner: Kysely<HouseTables>
let folder: string
let headFile: string

beforeAll(async () => {
  const urls = await testDatabase('intake')
  database = connect<HouseTables>({ url: urls.appUrl, schema: 'intake', log: createLog('test') })
  // The one who tampers has more rights than the service: it is the owner of the tables.
  owner = new Kysely<HouseTables>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: urls.ownerUrl, options: '-c search_path=intake', max: 2 }),
    }),
  })
  folder = await mkdtemp(join(tmpdir(), 'tasain-seal-'))
})
afterAll(async () => {
  await database.close()
  await owner.destroy()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await owner.deleteFrom('access_seal').execute()
  await owner.deleteFrom('access_entry').execute()
  headFile = join(folder, newId())
})

async function append(count: number): Promise<void> {
  const log = createAccessLog(key)
  for (let i = 0; i < count; i += 1)
    await database.db
      .transaction()
      .execute((tx) => log.append(tx, caller, 'page.view', [{ kind: 'page', id: newId() }]))
}
const log = createLog('test')
log.level = 'silent'
const seal = () => sealAccessLog({ db: database.db, headFile, key, log })
const verify = () => verifyAccessLog(database.db, headFile, key)
const findEntry = async (position: number) =>
  (await owner.selectFrom('access_seal').select('entry_id').where('position', '=', position).executeTakeFirstOrThrow())
    .entry_id

describe('the sealed access log', () => {
  test('holds when nobody has touched it, over several seals', async () => {
    await append(5)
    await seal()
    await append(4)
    await seal()
    expect(await verify()).toEqual({ entries: 9, faults: [] })
  })

  test('is sealed once when two sealers run at the same moment', async () => {
    await append(20)
    await Promise.all([seal(), seal(), seal()])
    while ((await seal()) > 0);
    expect(await verify()).toEqual({ entries: 20, faults: [] })
  })

  test('seals all that gathered while no sealer ran, also more than one batch from hours ago', async () => {
    await append(1)
    await seal()
    const mac = randomBytes(32)
    await sql`
      insert into access_entry (id, subject, person, action, object_kind, object_id, mac, seen_at)
      select gen_random_uuid(), 'x', 'x', 'page.view', 'page', 'x', ${mac}, now() + interval '1 hour'
        + n * interval '0.1 s' from generate_series(1, 6000) n`.execute(owner)
    await sql`update access_entry set seen_at = seen_at - interval '5 hours'`.execute(owner)
    let sealed = 0
    for (let more = await seal(); more > 0; more = await seal()) sealed += more
    expect(sealed).toBe(6_000)
  })

  test('is read with as many heads as years bring, one of them cut short', async () => {
    await append(2)
    await seal()
    await appendFile(headFile, `{"position":1,"ha{"position":9,"hash":"${'0'.repeat(64)}"}\n`)
    const heads = Array.from({ length: 200_000 }, (_, n) => `{"position":${n + 10},"hash":"${'0'.repeat(64)}"}\n`)
    expect((await verify()).faults.map(({ kind, position }) => [kind, position])).toEqual([['truncated', 3]])
    await appendFile(headFile, heads.join(''))
    expect((await verify()).faults.map(({ kind, position }) => [kind, position])).toEqual([['truncated', 3]])
  })

  test('shows at which position an entry was edited', async () => {
    await append(6)
    await seal()
    const id = await findEntry(4)
    await owner.updateTable('access_entry').set({ person: 'Joku Muu' }).where('id', '=', id).execute()
    expect((await verify()).faults).toEqual([{ kind: 'edited', position: 4, entryId: id }])
  })

  test('shows at which position an entry was deleted, with or without its seal', async () => {
    await append(6)
    await seal()
    const id = await findEntry(3)
    await owner.deleteFrom('access_entry').where('id', '=', id).execute()
    expect((await verify()).faults).toEqual([{ kind: 'deleted', position: 3, entryId: id }])
    await owner.deleteFrom('access_seal').where('position', '=', 3).execute()
    expect((await verify()).faults.map((fault) => [fault.kind, fault.position])).toContainEqual(['deleted', 3])
  })

  test('shows an entry that the service did not write, before and after it is sealed', async () => {
    await append(2)
    await seal()
    await sql`
      insert into access_entry (id, subject, person, action, object_kind, object_id, mac)
      values (${newId()}, 'x', 'x', 'page.view', 'page', 'x', ${randomBytes(32)})`.execute(owner)
    expect((await verify()).faults.map((fault) => fault.kind)).toEqual(['inserted'])
    await seal()
    expect((await verify()).faults.map((fault) => [fault.kind, fault.position])).toEqual([['inserted', 3]])
  })

  test('shows that its end was cut off, by the head kept outside the database', async () => {
    await append(8)
    await seal()
    await sql`delete from access_entry where id in (select entry_id from access_seal where position > 5)`.execute(owner)
    await sql`delete from access_seal where position > 5`.execute(owner)
    expect((await verify()).faults).toEqual([{ kind: 'truncated', position: 6, entryId: null }])
  })

  test('shows that the heads kept outside the database are gone, also when later ones follow, until they are put back', async () => {
    await append(3)
    expect((await verify()).faults).toEqual([])
    await seal()
    const kept = await readFile(headFile)
    await rm(headFile)
    expect((await verify()).faults).toEqual([{ kind: 'heads_missing', position: null, entryId: null }])
    await writeFile(headFile, '')
    const { faults } = await checkAccessLog(database.db, headFile, key)
    expect(faults).toEqual([expect.stringMatching(/is missing or empty.*Put its last copy back/)])
    await rm(headFile)
    await append(2)
    await seal()
    expect((await verify()).faults).toEqual([{ kind: 'heads_begun_anew', position: 3, entryId: null }])
    await writeFile(headFile, Buffer.concat([kept, await readFile(headFile)]))
    expect((await verify()).faults).toEqual([])
  })

  test('cannot be changed by the role the service works as', async () => {
    await append(1)
    await expect(database.db.deleteFrom('access_entry').execute()).rejects.toThrow('permission denied')
    await expect(sql`update access_entry set person = 'x'`.execute(database.db)).rejects.toThrow('permission denied')
  })
})
