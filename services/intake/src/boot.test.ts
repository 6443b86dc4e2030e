import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { batchDetail, stored, verification } from '@tasain/contracts'
import { signCaller } from '@tasain/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabase } from '../../../test/support/database.ts'
import { startTestEvents, type TestEvents } from './test-events.ts'
import { auditor, clerk, drawJpeg } from './test-house.ts'

const desk = generateKeyPairSync('ed25519')
const deskKey = desk.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const processes: ChildProcess[] = []
let folder: string
let events: TestEvents
let settings: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tasain-boot-'))
  const file = async (name: string, content: string) => {
    await writeFile(join(folder, name), content, { mode: 0o600 })
    return join(folder, name)
  }
  const key = async (name: string) => await file(name, randomBytes(32).toString('base64'))
  const publicKey = desk.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  events = await startTestEvents(publicKey)
  settings = {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    DATABASE_URL: (await ownDatabase()).urlsOf('intake').appUrl,
    ACCESS_LOG_KEY_FILE: await key('access'),
    ACCESS_LOG_HEAD_FILE: join(folder, 'head.jsonl'),
    OBJECT_STORE: 'file',
    OBJECT_DIR: join(folder, 'objects'),
    INTAKE_TEMP_DIR: join(folder, 'temporary'),
    DESK_PUBLIC_KEY_FILE: await file('desk', publicKey),
    BALANCER_PUBLIC_KEY_FILE: await file('balancer', publicKey),
    BALANCER_URL: events.url,
    INTAKE_PRIVATE_KEY_FILE: await file('intake', deskKey),
    IDENTITY_CIPHER_KEY_FILE: await key('cipher'),
    IDENTITY_INDEX_KEY_FILE: await key('index'),
    INTAKE_READERS: '1',
  }
})
afterAll(async () => {
  for (const one of processes) one.kill('SIGKILL')
  await events.stop()
  await rm(folder, { recursive: true, force: true })
})

function startMain(changed: Record<string, string> = {}): ChildProcess {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], { env: { ...settings, ...changed }, stdio: ['ignore', 'pipe', 'pipe'] })
  processes.push(child)
  return child
}

/** The address a process listens on, from the line in which it says so. What it says later is read and let go of. */
async function findAddress(child: ChildProcess): Promise<string> {
  return await new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const port = /"port":(\d+)/.exec(said)?.[1]
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`)
    })
    child.once('close', () => reject(new Error(`intake ended before it listened: ${said}`)))
  })
}

async function ask(address: string, path: string, options: RequestInit = {}, by = clerk): Promise<Response> {
  const headers = new Headers(options.headers)
  headers.set('authorization', `Bearer ${await signCaller('desk', deskKey, by)}`)
  return await fetch(address + path, { ...options, headers })
}

async function upload(address: string, batchId: string, bytes: Buffer, key: string) {
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(bytes)]), 'page.jpg')
  const headers = { 'idempotency-key': key }
  return await ask(address, `/batches/${batchId}/scans`, { method: 'POST', body, headers })
}

test('a setting that is missing or unknown stops the start with a sentence that names it', async () => {
  const child = startMain({ INTAKE_TEMP_DIR: '', INTAKE_REEDERS: '2' })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  expect((await once(child, 'close'))[0]).toBe(1)
  expect(said).toMatch(/INTAKE_TEMP_DIR is missing.*INTAKE_REEDERS is not a setting/)
}, 30_000)

test('two intakes on one database read every page once, also when one of them is killed on the way', async () => {
  const [one, two] = [startMain(), startMain()]
  const [here, there] = await Promise.all([findAddress(one), findAddress(two)])
  for (const address of [here, there]) expect((await fetch(`${address}/ready`)).status).toBe(200)
  const headers = { 'content-type': 'application/json' }
  const opened = await ask(here, '/batches', { method: 'POST', headers, body: '{}' })
  const { id: batchId } = (await opened.json()) as { id: string }

  const sent = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const bytes = await drawJpeg(index)
      // The same upload reaches both, as it may when an answer was lost.
      const answers = await Promise.all(
        [here, there].map((address) => upload(address, batchId, bytes, `the-scan-${index}`)),
      )
      const scans = await Promise.all(answers.map(async (answer) => stored.parse(await answer.json()).scan.id))
      expect(new Set(scans).size).toBe(1)
    }),
  )
  expect(sent).toHaveLength(12)
  two.kill('SIGKILL')

  const getCounts = async () => batchDetail.parse(await (await ask(here, `/batches/${batchId}`)).json()).batch.counts
  await expect.poll(getCounts, { timeout: 60_000, interval: 500 }).toMatchObject({
    scans: 12,
    pages: 12,
    read: 12,
    setAside: 0,
    duplicates: 0,
  })
  const verified = verification.parse(await (await ask(here, '/verify', {}, auditor)).json())
  expect(verified.checks.flatMap(({ faults }) => faults)).toEqual([])
  one.kill('SIGTERM')
  expect((await once(one, 'close'))[0]).toBe(0)
}, 120_000)
