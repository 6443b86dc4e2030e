import {
  backgroundHeader,
  type CancelAnswer,
  cancelRequestPath,
  csrfHeader,
  idempotencyHeader,
  type Session,
  viewGrantHeader,
} from '@tasain/contracts'
import { checkLine, onLineDown } from './line.ts'
import { closeWrite, findOpenWrites, mayRepeat, openWrite } from './open-writes.ts'
import { isAway } from './presence.ts'
import { describeLostConnection, readRefusal, ServerRefusal } from './refusal.ts'

type Asked = { grant?: string | undefined; signal?: AbortSignal | undefined }
type Written = Asked & { key?: string; patienceMs?: number }

/** How long an answer is waited for before the line counts as broken, in milliseconds: a silent one must not spin for ever. */
export const patience = { write: 30_000, ask: 30_000, work: 120_000 } as const
/** How long while the line is known to be down. */
const downPatienceMs = 4_000

const pauses = [400, 1200]
const listeners = { lost: new Set<() => void>(), back: new Set<() => void>() }
let csrf = ''

/** Remembers the value that must come back with every write; the session query sets it. */
export function keepCsrf(value: string): void {
  csrf = value
}

/** Headers of a write that some other library sends. */
export function listWriteHeaders(): Record<string, string> {
  return { [csrfHeader]: csrf }
}

export type SessionTurn = keyof typeof listeners

/** Calls back whenever the server says that nobody is signed in, or somebody is again. Returns how to stop. */
export function onSession(turn: SessionTurn, listener: () => void): () => void {
  listeners[turn].add(listener)
  return () => void listeners[turn].delete(listener)
}

export function announceSession(turn: SessionTurn): void {
  for (const listener of listeners[turn]) listener()
}

/** GET of JSON below `/api`. @throws ServerRefusal */
export async function getJson<T>(path: string, { grant, signal }: Asked = {}): Promise<T> {
  return await ask(path, { headers: listGrant(grant), signal: bound(signal, patience.ask) }, readJson<T>, signal)
}

/** Who is signed in, if anybody. @throws ServerRefusal */
export async function findSession(): Promise<Session | null> {
  const session = await ask('/session', { signal: bound(undefined, patience.write) }, readJson<Session | undefined>)
  if (session) return session
  announceSession('lost')
  return null
}

/** GET of bytes below `/api`. @throws ServerRefusal */
export async function getBlob(path: string, { grant, signal }: Asked = {}): Promise<Blob> {
  const init = { headers: listGrant(grant), signal: bound(signal, patience.work) }
  return await ask(path, init, (response) => response.blob(), signal)
}

/**
 * POST of JSON below `/api`. Sent again at once when the connection breaks or the service is away, always under the same
 * idempotency key, so it has one effect; after `patienceMs` it has failed. @throws ServerRefusal
 */
export async function postJson<T>(path: string, body: unknown = {}, written: Written = {}): Promise<T> {
  const headers = { 'content-type': 'application/json', ...listGrant(written.grant) }
  return await write<T>(path, headers, JSON.stringify(body), written)
}

/** POST of one file below `/api`, as a form with the field `file`; sent again as `postJson` does. @throws ServerRefusal */
export async function postFile<T>(path: string, file: File, written: Written = {}): Promise<T> {
  const body = new FormData()
  body.append('file', file)
  return await write<T>(path, {}, body, { patienceMs: patience.work, ...written })
}

/**
 * Takes back what was sent under this key, and asks what became of it; where nothing was sent there is nothing to ask. May
 * be asked again, and answers the same. @throws ServerRefusal when it cannot be known now
 */
export async function cancelWrite(key: string): Promise<CancelAnswer> {
  let answer: CancelAnswer = { outcome: 'cancelled' }
  for (const write of findOpenWrites(key)) {
    const service = write.path.split('/')[1]
    write.answer ??= await postJson<CancelAnswer>(`/${service}${cancelRequestPath}`, { key: write.key })
    if (write.answer.outcome === 'done') answer = write.answer
  }
  return answer
}

/** Ends the session at the desk. Returns where to go to end it at the provider of identities as well. */
export async function signOut(): Promise<string> {
  const signal = bound(undefined, patience.write)
  const response = await send('/sign-out', { method: 'POST', headers: listWriteHeaders(), signal })
  if (!response.ok) return '/'
  const { next } = (await response.json()) as { next: string }
  return next
}

async function write<T>(path: string, listed: Record<string, string>, body: BodyInit, written: Written): Promise<T> {
  const { key, signal, patienceMs = patience.write } = written
  const headers = { ...listed, [idempotencyHeader]: key ?? crypto.randomUUID() }
  const broken = new AbortController()
  const stopWatching = onLineDown(downPatienceMs, () => broken.abort())
  const limit = AbortSignal.any([bound(signal, patienceMs), broken.signal])
  if (key !== undefined) openWrite(key, path)
  const send = () => ask(path, { method: 'POST', headers, body, signal: limit }, readJson<T>, signal)
  try {
    const answer = await repeat(send, () => !limit.aborted && mayRepeat(key))
    if (key !== undefined) closeWrite(key)
    return answer
  } catch (thrown) {
    if (key !== undefined && thrown instanceof ServerRefusal && !thrown.mayPass) closeWrite(key)
    throw thrown
  } finally {
    stopWatching()
  }
}

/** Tries a few times what may pass by itself, while it may still be tried. */
async function repeat<T>(run: () => Promise<T>, mayGoOn: () => boolean): Promise<T> {
  for (const pause of pauses) {
    try {
      return await run()
    } catch (thrown) {
      if (!(thrown instanceof ServerRefusal) || !thrown.mayPass) throw thrown
      if (mayGoOn()) await new Promise((resolve) => setTimeout(resolve, pause))
      // The page may have been left meanwhile, or the write been cancelled.
      if (!mayGoOn()) throw thrown
    }
  }
  return await run()
}

/**
 * Asks, and reads the answer to its end. Whatever breaks off on the way is a lost connection, unless it was `stop` that the
 * asker themselves gave.
 */
async function ask<T>(
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<T>,
  stop?: AbortSignal,
): Promise<T> {
  const headers = new Headers(init.headers)
  if (init.method === 'POST') for (const [name, value] of Object.entries(listWriteHeaders())) headers.set(name, value)
  const response = await send(`/api${path}`, { ...init, headers }, stop)
  if (!response.ok) {
    const refusal = readRefusal(response.status, await response.text().catch(() => ''))
    if (refusal.code === 'session.none') announceSession('lost')
    throw refusal
  }
  return await read(response).catch((thrown: unknown) => {
    throw explain(thrown, stop)
  })
}

async function send(address: string, init: RequestInit, stop?: AbortSignal): Promise<Response> {
  const headers = new Headers(init.headers)
  if (isAway()) headers.set(backgroundHeader, '1')
  try {
    return await fetch(address, { ...init, headers, credentials: 'same-origin' })
  } catch (thrown) {
    throw explain(thrown, stop)
  }
}

function explain(thrown: unknown, stop: AbortSignal | undefined): unknown {
  if (stop?.aborted) return thrown
  checkLine()
  return describeLostConnection()
}

async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** The signal given, or that time is up, whichever comes first. */
function bound(signal: AbortSignal | undefined, ms: number): AbortSignal {
  const limit = AbortSignal.timeout(ms)
  return signal ? AbortSignal.any([signal, limit]) : limit
}

function listGrant(grant: string | undefined): Record<string, string> {
  return grant === undefined ? {} : { [viewGrantHeader]: grant }
}
