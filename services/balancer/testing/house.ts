import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Caller, type HandoverPage, idempotencyHeader, type Snapshot } from '@tasain/contracts'
import { connect, createBlindIndex, createLog, type Jobs, serve, signCaller } from '@tasain/kit'
import { helsinkiDate, parseHetu } from '@tasain/vocabulary'
import { sql } from 'kysely'
import * as z from 'zod'
import { createApp, type House } from '../src/app.ts'
import { saveNation } from '../src/offices/nation.store.ts'
import type { Nation } from '../src/offices/nation.ts'
import type { Intake } from '../src/receiving/intake.work.ts'
import { applyPage, getCursor } from '../src/receiving/receiving.store.ts'
import type { Schema } from '../src/schema.ts'

const desk = makeKeys()
const balancer = makeKeys()
const intakeKeys = makeKeys()
const identityIndexKey = randomBytes(32).toString('base64')
const log = createLog('balancer-test')
log.level = 'silent'

/** Intake's log as an array: what the balancer pulls from, without the other house. */
function createIntakeLog(): Intake & { add: (...snapshots: Snapshot[]) => void; clear: () => void } {
  const snapshots: Snapshot[] = []
  return {
    add: (...more) => void snapshots.push(...more),
    clear: () => void snapshots.splice(0),
    listHandovers: (after) => {
      const slice = snapshots.slice(after, after + 500)
      const handovers = slice.map((snapshot, index) => ({ position: after + index + 1, snapshot }))
      return Promise.resolve<HandoverPage>({ cursor: after + slice.length, handovers })
    },
    listIndex: (after) => {
      const latest = new Map<string, number>()
      for (const { applicationId, version } of snapshots)
        latest.set(applicationId, Math.max(version, latest.get(applicationId) ?? 0))
      const entries = [...latest].map(([applicationId, version]) => ({ applicationId, version }))
      const sorted = entries.toSorted((one, other) => (one.applicationId < other.applicationId ? -1 : 1))
      return Promise.resolve(sorted.filter((entry) => after === undefined || entry.applicationId > after))
    },
  }
}

/** A balancer on a database of the test's, served on a free port, with a clock and planned jobs in the test's hands. */
export async function openHouse(options: { urls: { appUrl: string }; nation?: Nation; connections?: number }) {
  const { urls } = options
  const database = connect<Schema>({ url: urls.appUrl, schema: 'balancer', log, max: options.connections ?? 10 })
  const { nation } = options
  if (nation) await database.db.transaction().execute((tx) => saveNation(tx, nation))
  const clock = { at: new Date('2026-11-23T10:00:00Z'), now: () => clock.at }
  const planned: string[] = []
  const intake = createIntakeLog()
  const jobs: Pick<Jobs, 'plan'> = {
    plan: (_tx, queue) => {
      planned.push(queue)
      return Promise.resolve()
    },
  }
  const folder = mkdtempSync(join(tmpdir(), 'tasain-head-'))
  const house: House = {
    config: {
      accessLogKey: randomBytes(32).toString('base64'),
      accessLogHeadFile: join(folder, 'heads'),
      privateKey: balancer.privateKey,
      publicKey: balancer.publicKey,
      identityIndexKey,
      deskPublicKey: desk.publicKey,
      intakePublicKey: intakeKeys.publicKey,
      planning: 'on',
      dampingMinutes: 0,
      lateShare: 0.8,
      planDays: 90,
    },
    database,
    jobs,
    intake,
    clock,
    log,
    receivingState: () => ({ intake: 'answers', since: clock.now() }),
  }
  const running = await serve(createApp(house), 0)
  const address = `http://127.0.0.1:${running.port}`
  const ask = createAsk(address)
  const receive = async (...snapshots: Snapshot[]) => {
    intake.add(...snapshots)
    const after = await getCursor(database.db)
    const page = await intake.listHandovers(after, 0)
    await database.db.transaction().execute((tx) => applyPage(tx, after, page, helsinkiDate(clock.at)))
  }
  return {
    ...house,
    /** What planning takes; a test may have it otherwise. */
    routing: { ...house.config, isOn: true, database, clock, log },
    urls,
    log,
    clock,
    intake,
    planned,
    db: database.db,
    receive,
    /** As if they had been received at that instant. */
    receiveAt: async (at: string, ...snapshots: Snapshot[]) => {
      await receive(...snapshots)
      const ids = snapshots.map(({ applicationId }) => applicationId)
      await sql`update task set received_at = ${at}::timestamptz where application_id = any(${ids}::uuid[])`.execute(
        database.db,
      )
    },
    ask,
    address,
    /** What intake would sign its questions with, and check the balancer's grants by. */
    intakePrivateKey: intakeKeys.privateKey,
    balancerPublicKey: balancer.publicKey,
    close: async () => {
      await running.stop()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type TestHouse = Awaited<ReturnType<typeof openHouse>>

export function handlerCaller(subject: string, office = 'north-1'): Caller {
  return { subject, name: subject, roles: ['handler'], office, district: office.split('-')[0] ?? null }
}

export function managerCaller(district: string, subject = `${district}-manager`): Caller {
  return { subject, name: `Manager ${subject}`, roles: ['manager'], office: null, district }
}

/** What stands for a person of this identity code in snapshots. */
export function indexPerson(code: string): string {
  const hetu = parseHetu(code)
  if (!hetu) throw new Error('not an identity code')
  return createBlindIndex(identityIndexKey)(hetu)
}

export const adminCaller: Caller = { subject: 'admin', name: 'Adm', roles: ['admin'], office: null, district: null }
export const auditorCaller: Caller = { subject: 'auditor', name: 'A', roles: ['auditor'], office: null, district: null }

const refused = z.object({ error: z.object({ code: z.string() }) })
type Reply = { status: number; code: string | undefined; body: unknown }

/** Asks the running house as somebody; `code` is that of a refusal. */
function createAsk(address: string) {
  return async (caller: Caller, method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Reply> => {
    const token = await signCaller('desk', desk.privateKey, caller)
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== undefined && { [idempotencyHeader]: key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    return { status: response.status, code: refused.safeParse(answer).data?.error.code, body: answer }
  }
}

function makeKeys() {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}
