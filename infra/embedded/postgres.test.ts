import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withClient } from './database.ts'
import { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts'
import { StartRefused } from './refusal.ts'

// Root can try out other accounts, unless the checkout lies where only root may look.
const canActAsNobody =
  process.getuid?.() === 0 && spawnSync(process.execPath, ['--version'], { uid: 65_534, gid: 65_534 }).status === 0

let folder: string
let options: PostgresOptions
let running: Postgres | undefined

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tasain-postgres-')))
  options = { dataDir: join(folder, 'postgres'), password: 'a b@c/ä', durable: true, log: () => {} }
})

afterEach(async () => {
  await running?.stop()
  running = undefined
  rmSync(folder, { recursive: true, force: true })
})

test('starts, keeps what was written over a stop, and comes back on the same port', async () => {
  running = await startPostgres(options)
  const { port } = running
  await withClient(running.adminUrl, (client) => client.query('create table kept as select 42 as answer'))
  await running.stop()
  running = await startPostgres(options)
  expect(running.port).toBe(port)
  await withClient(running.adminUrl, async (client) => {
    expect((await client.query('select answer from kept')).rows).toEqual([{ answer: 42 }])
    expect((await client.query('show fsync')).rows).toEqual([{ fsync: 'on' }])
    expect((await client.query('show data_checksums')).rows).toEqual([{ data_checksums: 'on' }])
    expect((await client.query('show listen_addresses')).rows).toEqual([{ listen_addresses: '127.0.0.1' }])
  })
})

test.runIf(canActAsNobody)('root may also start it where user namespaces are forbidden, and back', async () => {
  const first = await startPostgres(options)
  await withClient(first.adminUrl, (client) => client.query('create table kept as select 42 as answer'))
  await first.stop()
  writeFileSync(join(folder, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`)
  const asNobody = await startPostgres(options)
  vi.unstubAllEnvs()
  expect(statSync(`/proc/${asNobody.pid}`).uid).toBe(65_534)
  await asNobody.stop()
  running = await startPostgres(options)
  await withClient(running.adminUrl, async (client) => {
    expect((await client.query('select answer from kept')).rows).toEqual([{ answer: 42 }])
  })
})

test.runIf(canActAsNobody)('an ordinary user starts it too', async () => {
  chmodSync(folder, 0o755)
  const own = join(folder, 'own')
  mkdirSync(own)
  chownSync(own, 65_534, 65_534)
  const script = `const { startPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)})
    const server = await startPostgres({ ...${JSON.stringify({ ...options, dataDir: join(own, 'postgres') })}, log: console.error })
    await server.stop(); console.log('stopped', process.getuid())`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    uid: 65_534,
    gid: 65_534,
    cwd: own,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TMPDIR: own },
  })
  expect(stdout, stderr).toBe('stopped 65534\n')
})

test('a wrong password is refused', async () => {
  running = await startPostgres(options)
  const url = new URL(running.adminUrl)
  url.password = 'guess'
  await expect(withClient(url.href, () => Promise.resolve())).rejects.toThrow('password authentication failed')
})

test('after kill -9 of the postmaster with a query under way it starts again with every committed row', async () => {
  const first = await startPostgres(options)
  let committed = 0
  const writing = withClient(first.adminUrl, async (client) => {
    await client.query('create table row_kept (id int)')
    for (;;) {
      await client.query('insert into row_kept values ($1)', [committed])
      committed += 1
      if (committed === 50) process.kill(first.pid, 'SIGKILL')
    }
  }).catch(() => 'cut off')
  const busy = withClient(first.adminUrl, (client) => client.query('select pg_sleep(60)')).catch(() => 'cut off')
  await first.exited
  running = await startPostgres({ ...options, port: first.port })
  expect(await writing).toBe('cut off')
  expect(await busy).toBe('cut off')
  await withClient(running.adminUrl, async (client) => {
    const { rows } = await client.query<{ count: string }>('select count(*) from row_kept')
    expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(committed)
  })
})

test('a server whose supervisor was killed is ended and its data folder taken over', async () => {
  const orphan = await startPostgres(options)
  running = await startPostgres(options)
  await orphan.exited
  expect(running.pid).not.toBe(orphan.pid)
  await withClient(running.adminUrl, (client) => client.query('select 1'))
})

test("a stale postmaster.pid whose number now is another program's does not hinder the start", async () => {
  const first = await startPostgres(options)
  await first.stop()
  writeFileSync(join(options.dataDir, 'postmaster.pid'), `${process.pid}\n${options.dataDir}\n`)
  running = await startPostgres(options)
  await withClient(running.adminUrl, (client) => client.query('select 1'))
})

test('data of another version of PostgreSQL is refused in a sentence', async () => {
  const first = await startPostgres(options)
  await first.stop()
  writeFileSync(join(options.dataDir, 'PG_VERSION'), '14\n')
  await expect(startPostgres(options)).rejects.toThrow(StartRefused)
  await expect(startPostgres(options)).rejects.toThrow('holds data of PostgreSQL 14')
})

test('a folder that holds something else is refused and left as it is', async () => {
  options.dataDir = folder
  writeFileSync(join(folder, 'letter.txt'), 'dear')
  await expect(startPostgres(options)).rejects.toThrow('holds no PostgreSQL data')
})
