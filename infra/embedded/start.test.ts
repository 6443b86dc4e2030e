import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withClient } from './database.ts'
import { findFreePort } from './ports.ts'
import { listProcessesIn, waitUntil } from './processes.ts'

const entry = fileURLToPath(new URL('./start.ts', import.meta.url))
type Started = { process: ChildProcess; lines: string[]; exited: Promise<number | null> }
type RunFile = { pid: number; address: string; ports: Record<string, number>; secretsDir: string }

let folder: string
let port: number
const started: Started[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tasain-start-'))
  port = await findFreePort()
})

afterEach(async () => {
  for (const one of started.splice(0)) {
    one.process.kill('SIGKILL')
    await one.exited
  }
  await waitUntil(() => listProcessesIn(join(folder, 'postgres')).length === 0, 10_000)
  rmSync(folder, { recursive: true, force: true })
})

test('it says ready once, keeps the database up, refuses a second start, and Ctrl-C ends it', async () => {
  const first = start({ TASAIN_DATA: folder, TASAIN_PORT: String(port) })
  await waitForReady(first)
  expect(first.lines.filter((line) => line.startsWith('ready'))).toEqual([`ready http://127.0.0.1:${port}`])
  const run = readRunFile()
  expect(run).toMatchObject({ pid: first.process.pid, address: `http://127.0.0.1:${port}` })

  const second = start({ TASAIN_DATA: folder, TASAIN_PORT: String(await findFreePort()) })
  expect(await second.exited).toBe(1)
  expect(second.lines).toEqual([
    expect.stringContaining(`Another Tasain (process ${first.process.pid}) already runs on`),
  ])

  const beside = start({ TASAIN_DATA: join(folder, 'other'), TASAIN_PORT: String(run.ports['oidc']) })
  expect(await beside.exited).toBe(1)
  expect(beside.lines).toEqual([expect.stringMatching(/^Port \d+ is taken by another program\. .*TASAIN_PORT\.$/)])

  process.kill(readPostmasterPid(), 'SIGKILL')
  // A quiet machine needs under 5 seconds; a busy one must get there too.
  expect(await waitUntil(() => canAsk(run), 30_000)).toBe(true)

  first.process.kill('SIGINT')
  expect(await first.exited).toBe(0)
  expect(existsSync(join(folder, 'run.json'))).toBe(false)
  expect(listProcessesIn(join(folder, 'postgres'))).toEqual([])
}, 90_000)

test('after kill -9 of the whole start nothing is left running and the next start takes over', async () => {
  const first = start({ TASAIN_DATA: folder, TASAIN_PORT: String(port) })
  await waitForReady(first)
  const { ports } = readRunFile()
  first.process.kill('SIGKILL')
  await first.exited
  const second = start({ TASAIN_DATA: folder, TASAIN_PORT: String(port) })
  await waitForReady(second)
  expect(readRunFile().pid).toBe(second.process.pid)
  await expect(fetch(`http://127.0.0.1:${ports['oidc']}/ready`)).rejects.toThrow('fetch failed')
}, 90_000)

test('an interruption while it starts ends it with nothing left behind', async () => {
  const one = start({ TASAIN_DATA: folder, TASAIN_PORT: String(port) })
  await waitUntil(() => existsSync(join(folder, 'secrets', 'desk-oidc-client')), 30_000)
  one.process.kill('SIGINT')
  expect(await one.exited).toBe(0)
  expect(one.lines.some((line) => line.startsWith('ready'))).toBe(false)
  expect(listProcessesIn(join(folder, 'postgres'))).toEqual([])
}, 90_000)

test.each([
  [{ TASAIN_PORT: 'door' }, [], 'TASAIN_PORT must be a port number'],
  [{}, ['--fast'], 'The only option is --empty'],
])('a wrong setting or option is one sentence: %j %j', async (env, args, sentence) => {
  const one = start({ TASAIN_DATA: folder, ...env }, args)
  expect(await one.exited).toBe(1)
  expect(one.lines).toEqual([expect.stringContaining(sentence)])
})

function start(env: Record<string, string>, args = ['--empty']): Started {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => lines.push(line))
  const exited = once(child, 'close').then(() => child.exitCode)
  const one = { process: child, lines, exited }
  started.push(one)
  return one
}

async function waitForReady(one: Started): Promise<void> {
  const isReady = () => one.lines.some((line) => line.startsWith('ready')) || one.process.exitCode !== null
  await waitUntil(isReady, 80_000)
  expect(one.lines.join('\n')).toContain('ready')
}

function readRunFile(): RunFile {
  return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunFile
}

function readPostmasterPid(): number {
  return Number.parseInt(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

async function canAsk({ ports, secretsDir }: RunFile): Promise<boolean> {
  const password = readFileSync(join(secretsDir, 'postgres-intake_app'), 'utf8')
  const url = `postgres://intake_app:${password}@127.0.0.1:${ports['postgres']}/tasain`
  return await withClient(url, (client) => client.query('select 1')).then(
    () => true,
    () => false,
  )
}
