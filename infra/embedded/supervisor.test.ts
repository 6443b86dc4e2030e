import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChildOptions, startChild } from './child.ts'
import { findFreePort } from './ports.ts'
import { isProcessAlive, waitUntil } from './processes.ts'
import { type Supervision, supervise } from './supervisor.ts'

let folder: string
let options: ChildOptions
let supervision: Supervision | undefined

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tasain-supervisor-'))
  const port = await findFreePort()
  options = {
    name: 'clock',
    entry: join(folder, 'main.mjs'),
    env: { PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/ready`,
    log: () => {},
    signal: new AbortController().signal,
  }
  writeMain('')
})

afterEach(async () => {
  await supervision?.stop()
  supervision = undefined
  rmSync(folder, { recursive: true, force: true })
})

// A quiet machine needs under a second; a busy one must get there too.
test('a killed child answers again by itself, again and again', async () => {
  supervision = await superviseChild()
  for (let round = 0; round < 2; round += 1) {
    const pid = getPid()
    process.kill(pid, 'SIGKILL')
    await waitUntil(() => supervision?.findPid() !== undefined && supervision.findPid() !== pid, 30_000)
    expect((await fetch(options.readyUrl)).status).toBe(200)
  }
}, 90_000)

test('stopping lets the child finish its work first and starts it no more', async () => {
  writeMain(`process.on('SIGTERM', () => setTimeout(() => {
    writeFileSync(${JSON.stringify(join(folder, 'finished'))}, 'yes'); process.exit(0)
  }, 300))`)
  supervision = await superviseChild()
  const pid = getPid()
  await supervision.stop()
  expect(readFileSync(join(folder, 'finished'), 'utf8')).toBe('yes')
  expect(isProcessAlive(pid)).toBe(false)
  expect(supervision.findPid()).toBeUndefined()
})

test('a child that does not listen to SIGTERM is killed when its grace is over', async () => {
  writeMain("process.on('SIGTERM', () => {})")
  options.graceMs = 300
  supervision = await superviseChild()
  const pid = getPid()
  await supervision.stop()
  expect(isProcessAlive(pid)).toBe(false)
})

test('a first start that fails says what the child said last', async () => {
  writeMain("console.error('DATABASE_URL is missing'); process.exit(1)")
  await expect(superviseChild()).rejects.toThrow('DATABASE_URL is missing')
})

test('the child sees only the environment it is given and its lines reach the log', async () => {
  const lines: string[] = []
  writeMain(
    "console.log('settings:', Object.keys(process.env).filter((name) => !name.startsWith('NODE_CHANNEL')).join(' '))",
  )
  options.log = (line) => lines.push(line)
  supervision = await superviseChild()
  expect(lines).toContain('settings: PORT')
})

function superviseChild(): Promise<Supervision> {
  return supervise({ name: options.name, start: () => startChild(options), log: options.log })
}

function getPid(): number {
  const pid = supervision?.findPid()
  if (pid === undefined) throw new Error('the child is down')
  return pid
}

function writeMain(extra: string): void {
  writeFileSync(
    options.entry,
    `import { writeFileSync } from 'node:fs'
     import { createServer } from 'node:http'
     ${extra}
     createServer((_, response) => response.end('ready')).listen(Number(process.env.PORT), '127.0.0.1')`,
  )
}
