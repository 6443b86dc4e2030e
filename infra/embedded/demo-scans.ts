import { randomUUID } from 'node:crypto'
import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { batch, idempotencyHeader } from '@tasain/contracts'
import { signCaller } from '@tasain/kit'
import { root } from './houses.ts'
import type { Person } from './people.ts'

export type DemoScans = {
  intakeUrl: string
  deskPrivateKeyFile: string
  people: readonly Person[]
  /** Called with the count whenever it has grown. */
  onRead: (read: number, all: number) => void
  signal: AbortSignal
}

/** Hands the demo scans to intake as one batch of the first demo clerk and waits until all have been read. */
export async function readDemoScans(options: DemoScans): Promise<void> {
  const files = listDemoScans()
  const clerk = options.people.find((person) => person.roles.includes('clerk'))
  if (files.length === 0 || !clerk) return
  const ask = openDoor(options, clerk)
  const { id } = batch.parse(await ask('/batches', { body: JSON.stringify({ channel: 'office_paper' }) }))
  for (const file of files) {
    const form = new FormData()
    form.set('file', await openAsBlob(file), basename(file))
    await ask(`/batches/${id}/scans`, { body: form })
  }
  let last = -1
  while (!options.signal.aborted) {
    const { counts } = batch.parse(Object(await ask(`/batches/${id}`, undefined))['batch'])
    const read = counts.read + counts.setAside + counts.duplicates
    if (read !== last) options.onRead(read, counts.pages)
    if (counts.pages > 0 && read >= counts.pages) return
    last = read
    await sleep(500, undefined, { signal: options.signal }).catch(() => {})
  }
}

/** The scans that ship with the demo, in the order of their names. */
export function listDemoScans(): string[] {
  const folder = join(root, 'infra', 'demo', 'scans')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => /\.(jpe?g|png|tiff?|pdf)$/i.test(name))
  return names.sort().map((name) => join(folder, name))
}

function openDoor({ intakeUrl, deskPrivateKeyFile, signal }: DemoScans, clerk: Person) {
  const privateKey = readFileSync(deskPrivateKeyFile, 'utf8')
  const { subject, name, officeId, districtId } = clerk
  return async (path: string, write: { body: string | FormData } | undefined): Promise<unknown> => {
    const caller = { subject, name, roles: ['clerk' as const], office: officeId, district: districtId }
    const token = await signCaller('desk', privateKey, caller)
    const headers: Record<string, string> = { authorization: `Bearer ${token}` }
    if (write) headers[idempotencyHeader] = randomUUID()
    if (typeof write?.body === 'string') headers['content-type'] = 'application/json'
    const request = { headers, signal, ...(write ? { method: 'POST', body: write.body } : {}) }
    const response = await fetch(intakeUrl + path, request)
    if (!response.ok) throw new Error(`intake answered ${response.status} to ${path}: ${await response.text()}`)
    return await response.json()
  }
}
