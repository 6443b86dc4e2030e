import { backgroundHeader, csrfHeader, idempotencyHeader, type Session, viewGrantHeader } from '@tasain/contracts'
import { isAway } from './presence.ts'
import { describeLostConnection, readRefusal, ServerRefusal } from './refusal.ts'

type Asked = { grant?: string | undefined; signal?: AbortSignal | undefined }
type Written = { key?: string; grant?: string | undefined; signal?: AbortSignal }

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
  const response = await ask(path, { headers: listGrant(grant), ...(signal ? { signal } : {}) })
  return (await response.json()) as T
}

/** Who is signed in, if anybody. @throws ServerRefusal */
export async function findSession(): Promise<Session | null> {
  const response = await ask('/session', {})
  if (response.status !== 204) return (await response.json()) as Session
  announceSession('lost')
  return null
}

/** GET of bytes below `/api`. @throws ServerRefusal */
export async function getBlob(path: string, { grant, signal }: Asked = {}): Promise<Blob> {
  const response = await ask(path, { headers: listGrant(grant), ...(signal ? { signal } : {}) })
  return await response.blob()
}

/**
 * POST of JSON below `/api`. Sent again by itself when the connection breaks or the service is away, always under the same
 * idempotency key, so it has one effect. @throws ServerRefusal
 */
export async function postJson<T>(path: string, body: unknown = {}, { key, grant, signal }: Written = {}): Promise<T> {
  const headers = {
    'content-type': 'application/json',
    [idempotencyHeader]: key ?? crypto.randomUUID(),
    ...listGrant(grant),
  }
  const response = await askPatiently(path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** POST of one file below `/api`, as a form with the field `file`; sent again as `postJson` does. @throws ServerRefusal */
export async function postFile<T>(path: string, file: File, { key }: Written = {}): Promise<T> {
  const body = new FormData()
  body.append('file', file)
  const headers = { [idempotencyHeader]: key ?? crypto.randomUUID() }
  const response = await askPatiently(path, { method: 'POST', headers, body })
  return (await response.json()) as T
}

/** Ends the session at the desk. Returns where to go to end it at the provider of identities as well. */
export async function signOut(): Promise<string> {
  const response = await send('/sign-out', { method: 'POST', headers: listWriteHeaders() })
  if (!response.ok) return '/'
  const { next } = (await response.json()) as { next: string }
  return next
}

async function askPatiently(path: string, init: RequestInit): Promise<Response> {
  for (const pause of pauses) {
    try {
      return await ask(path, init)
    } catch (thrown) {
      if (!(thrown instanceof ServerRefusal) || !thrown.mayPass) throw thrown
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return await ask(path, init)
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  if (init.method === 'POST') for (const [name, value] of Object.entries(listWriteHeaders())) headers.set(name, value)
  const response = await send(`/api${path}`, { ...init, headers })
  if (response.ok) return response
  const refusal = readRefusal(response.status, await response.text())
  if (refusal.code === 'session.none') announceSession('lost')
  throw refusal
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  if (isAway()) headers.set(backgroundHeader, '1')
  try {
    return await fetch(address, { ...init, headers, credentials: 'same-origin' })
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown
    throw describeLostConnection()
  }
}

function listGrant(grant: string | undefined): Record<string, string> {
  return grant === undefined ? {} : { [viewGrantHeader]: grant }
}
