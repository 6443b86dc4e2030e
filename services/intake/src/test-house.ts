import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller, ViewGrant } from '@tasain/contracts'
import { createLog, serve, signCaller, signViewGrant } from '@tasain/kit'
import { sql } from 'kysely'
import sharp from 'sharp'
import { expect } from 'vitest'
import { createApp } from './app.ts'
import type { House } from './house.ts'
import { openHouse } from './open-house.ts'
import { startTestEvents, type TestEvents } from './test-events.ts'

// Starts a whole house for tests: real database, real files, real tokens.

export const clerk: Caller = {
  subject: 'clerk-1',
  name: 'Kaisa Kirjaaja',
  roles: ['clerk'],
  office: 'lahti',
  district: 'etela',
}
export const clerkElsewhere: Caller = { ...clerk, subject: 'clerk-2', office: 'kuopio', district: 'ita' }
export const handler: Caller = { ...clerk, subject: 'handler-1', name: 'Heikki Handläggare', roles: ['handler'] }
export const auditor: Caller = { ...clerk, subject: 'auditor-1', roles: ['auditor'], office: null, district: null }
export const balancer: Caller = { ...clerk, subject: 'balancer', roles: ['service'], office: null, district: null }

type Grant = Omit<ViewGrant, 'cleared'> & { cleared?: boolean }
export type Ask = (path: string, options?: RequestInit & { by?: Caller; grant?: Grant }) => Promise<Response>
export type TestHouse = {
  house: House
  ask: Ask
  /** The balancer's log of task events. */
  events: TestEvents
  authorize: (by?: Caller) => Promise<string>
  address: string
  folder: string
  /** The processes that read. */
  readerPids: () => number[]
  stop: () => Promise<void>
}

const pem = (format: 'pkcs8' | 'spki') => ({ type: format, format: 'pem' }) as const

/** A balancer of flesh and blood: where it answers, what it signs with, and the key by which it knows intake. */
type RealBalancer = { url: string; publicKey: string; intakePrivateKey: string }

/**
 * `change` replaces parts of the house before its routes are mounted, such as a store that is out of reach. Without a real
 * balancer only its log of events is there.
 */
export async function startTestHouse(
  databaseUrl: string,
  change: (house: House) => Partial<House> = () => ({}),
  { readers = 1, balancer }: { readers?: number; balancer?: RealBalancer } = {},
): Promise<TestHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'tasain-intake-'))
  const [desk, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
  const own = generateKeyPairSync('ed25519')
  const events = await startTestEvents(own.publicKey.export(pem('spki')).toString())
  const key = () => randomBytes(32).toString('base64')
  const opened = await openHouse(
    {
      databaseUrl,
      accessLogKey: key(),
      accessLogHead: join(folder, 'head.jsonl'),
      deskPublicKey: desk.publicKey.export(pem('spki')).toString(),
      balancerPublicKey: balancer?.publicKey ?? other.publicKey.export(pem('spki')).toString(),
      balancerUrl: balancer?.url ?? events.url,
      privateKey: balancer?.intakePrivateKey ?? own.privateKey.export(pem('pkcs8')).toString(),
      identityCipherKey: key(),
      identityIndexKey: key(),
      temporaryFolder: join(folder, 'temporary'),
      readers,
      objectStore: 'file',
      objectFolder: join(folder, 'objects'),
      s3Endpoint: '',
      s3Region: '',
      s3Bucket: '',
      s3AccessKey: '',
      s3SecretKey: '',
    },
    createLog('intake-test'),
  )
  const house: House = { ...opened, ...change(opened) }
  const running = await serve(createApp(house), 0)
  const address = `http://127.0.0.1:${running.port}`
  const keys = { desk: desk.privateKey.export(pem('pkcs8')), balancer: other.privateKey.export(pem('pkcs8')) }
  const authorize = async (by: Caller = clerk) => {
    const signer = by.roles.includes('service') ? 'balancer' : 'desk'
    return `Bearer ${await signCaller(signer, keys[signer].toString(), by)}`
  }
  const sign = (grant: ViewGrant) => signViewGrant(keys.balancer.toString(), grant, new Date(Date.now() + 30 * 60_000))
  const ask: Ask = async (path, { by = clerk, grant, ...options } = {}) => {
    const headers = new Headers(options.headers)
    headers.set('authorization', await authorize(by))
    if (grant) headers.set('x-view-grant', await sign({ cleared: false, ...grant }))
    if (typeof options.body === 'string' && !headers.has('content-type'))
      headers.set('content-type', 'application/json')
    return await fetch(address + path, { ...options, headers })
  }
  return {
    house,
    ask,
    events,
    authorize,
    address,
    folder,
    readerPids: opened.readerPids,
    async stop() {
      await running.stop()
      await opened.close()
      await events.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a batch and gives its id. */
export async function openTestBatch(ask: Ask, cover: object = {}, by: Caller = clerk): Promise<string> {
  const response = await ask('/batches', { method: 'POST', body: JSON.stringify(cover), by })
  const { id } = (await response.json()) as { id: string }
  return id
}

/** A small JPEG; each mark gives other bytes. */
export async function drawJpeg(mark: number | string): Promise<Buffer> {
  return await sharp({ create: { width: 400, height: 566, channels: 3, background: { r: 240, g: 240, b: 230 } } })
    .withExif({ IFD0: { ImageDescription: `page ${mark}` } })
    .jpeg()
    .toBuffer()
}

/** Sends a file as the form does. */
export async function sendScan(
  ask: Ask,
  batchId: string,
  bytes: Buffer,
  options: { name?: string; key?: string; by?: Caller } = {},
): Promise<Response> {
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(bytes)]), options.name ?? 'page.jpg')
  const headers = options.key === undefined ? {} : { 'idempotency-key': options.key }
  return await ask(`/batches/${batchId}/scans`, { method: 'POST', body, headers, by: options.by ?? clerk })
}

/** Waits until one of the house's transactions waits for another to end. */
export async function expectWaiting({ db }: House): Promise<void> {
  const countWaiting = async () => {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    return rows.length
  }
  await expect.poll(countWaiting).toBeGreaterThan(0)
}
