import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from '@tasain/contracts'
import { signCaller } from '@tasain/kit'
import pg from 'pg'
import { people } from '../../infra/demo/people.ts'
import { type Stack, startStack } from '../../infra/embedded/index.ts'
import { findFreePort } from '../../infra/embedded/ports.ts'

export type TestStack = Stack & { dataDir: string; remove: () => Promise<void> }

/**
 * The whole product in a folder of its own: the houses as processes, real PostgreSQL with fsync, no demo tasks. `client`
 * builds the pages too, for those who look at them.
 */
export async function startTestStack({ client = false } = {}): Promise<TestStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tasain-stack-'))
  const stack = await startStack({ dataDir, port: await findFreePort(), empty: true, say: () => {}, client })
  const remove = async () => {
    await stack.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ...stack, dataDir, remove }
}

export type Answer<T> = { status: number; body: T; headers: Headers }

/** Speaks to a house as a person of the demo, the way desk does after sign-in. */
export type Voice = {
  get: <T>(path: string, headers?: Record<string, string>) => Promise<Answer<T>>
  post: <T>(path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer<T>>
  upload: <T>(path: string, bytes: Buffer, fileName: string, key?: string) => Promise<Answer<T>>
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** What stands in the header that says who asks. */
  authorize: () => Promise<string>
}

export function speakAs(stack: Stack, house: 'intake' | 'balancer' | 'desk', subject: string, office?: string): Voice {
  const person = people.find((one) => one.subject === subject)
  if (!person) throw new Error(`nobody in the demo is called ${subject}`)
  const caller: Caller = {
    subject,
    name: person.name,
    roles: [...person.roles],
    office: office ?? person.officeId ?? null,
    district: person.districtId ?? null,
  }
  const key = readFileSync(join(stack.secretsDir, 'desk-private.pem'), 'utf8')
  const authorize = async () => `Bearer ${await signCaller('desk', key, caller)}`
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', await authorize())
    return await fetch(`http://127.0.0.1:${stack.ports[house]}${path}`, { ...init, headers })
  }
  const read = async <T>(response: Response): Promise<Answer<T>> => ({
    status: response.status,
    body: (await response.json()) as T,
    headers: response.headers,
  })
  return {
    fetch: ask,
    authorize,
    get: async (path, headers = {}) => await read(await ask(path, { headers })),
    post: async (path, body, headers = {}) =>
      await read(
        await ask(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
          body: JSON.stringify(body),
        }),
      ),
    async upload(path, bytes, fileName, key_ = randomUUID()) {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)]), fileName)
      return await read(await ask(path, { method: 'POST', headers: { 'idempotency-key': key_ }, body: form }))
    },
  }
}

/** Asks again until the answer will do; a story that does not get on says where it stands. */
export async function waitUntil<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await ask()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Rows of a house's tables, read past the house: to see what is really there. */
export async function query<T extends object>(
  stack: Stack,
  house: 'intake' | 'balancer' | 'desk',
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  const user = `${house}_app`
  const password = readFileSync(join(stack.secretsDir, `postgres-${user}`), 'utf8')
  const client = new pg.Client({ host: '127.0.0.1', port: stack.ports.postgres, database: 'tasain', user, password })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}
