import type { Stored } from '@tasain/contracts'
import { useSyncExternalStore } from 'react'
import { onSession } from '../../shell/server/client.ts'
import { showFilesUnderWay } from '../../shell/server/files-under-way.ts'
import { takeBack } from '../../shell/server/left-writes.ts'
import { findOpenWrites } from '../../shell/server/open-writes.ts'
import { describeLostConnection, type ServerRefusal } from '../../shell/server/refusal.ts'

export type UploadState = 'waiting' | 'sending' | 'paused' | 'stored' | 'duplicate' | 'sent' | 'refused'
export type UploadItem = {
  id: string
  batchId: string
  file: File
  state: UploadState
  /** Share sent, 0 to 1. */
  sent: number
  stored: Stored | null
  refusal: ServerRefusal | null
}

const atOnce = 3
const listeners = new Set<() => void>()
const stops = new Map<string, AbortController>()
let items: readonly UploadItem[] = []

/** The uploads into one batch; they go on while the clerk looks at other pages. */
export function useUploads(batchId: string): UploadItem[] {
  return useSyncExternalStore(subscribe, () => items).filter((item) => item.batchId === batchId)
}

/** What sends files, which comes after the page where they are dropped; undefined when it can't be had now. */
export async function loadSender(): Promise<typeof import('./send-file.ts') | undefined> {
  return await import('./send-file.ts').catch(() => undefined)
}

export function addFiles(batchId: string, files: readonly File[]): void {
  const added = files.map(
    (file): UploadItem => ({
      id: crypto.randomUUID(),
      batchId,
      file,
      state: 'waiting',
      sent: 0,
      stored: null,
      refusal: null,
    }),
  )
  publish([...items, ...added])
  startNext()
}

export function retryUpload(id: string): void {
  change(id, { state: 'waiting', sent: 0, refusal: null })
  startNext()
}

/** Takes files off the list. What is under way is stopped, and what may have arrived is taken back and its outcome told. */
export function dismissUploads(ids: readonly string[]): void {
  publish(items.filter((item) => !ids.includes(item.id)))
  for (const id of ids) {
    stops.get(id)?.abort()
    if (findOpenWrites(id).length > 0) void takeBackFile(id)
  }
  startNext()
}

async function takeBackFile(id: string): Promise<void> {
  const { outcome } = await takeBack(id)
  if (outcome === 'cancelled') await (await loadSender())?.discardStopped(id)
}

export function isUnderWay({ state }: UploadItem): boolean {
  return state === 'waiting' || state === 'sending' || state === 'paused'
}

function startNext(): void {
  const free = atOnce - items.filter(({ state }) => state === 'sending').length
  for (const item of items.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) {
    change(item.id, { state: 'sending' })
    void send(item)
  }
}

async function send({ id, batchId, file }: UploadItem): Promise<void> {
  const stop = new AbortController()
  stops.set(id, stop)
  const sender = await loadSender()
  const outcome = sender
    ? await sender.sendFile(batchId, id, file, stop.signal, (sent) => change(id, { sent }))
    : { refusal: describeLostConnection() }
  stops.delete(id)
  if (outcome === 'stopped') return
  if ('refusal' in outcome) {
    const { refusal } = outcome
    change(id, { state: refusal.code === 'session.none' ? 'paused' : 'refused', refusal })
  } else change(id, { state: outcome.stored?.state ?? 'sent', sent: 1, stored: outcome.stored })
  startNext()
}

function change(id: string, part: Partial<UploadItem>): void {
  publish(items.map((item) => (item.id === id ? { ...item, ...part } : item)))
}

function publish(next: readonly UploadItem[]): void {
  items = next
  const underWay = items.filter(isUnderWay)
  showFilesUnderWay({ count: underWay.length, path: `/scan/${underWay[0]?.batchId ?? ''}` })
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

// Work goes on by itself once somebody is signed in again, and leaving the page in the middle is asked about.
onSession('back', () => {
  publish(items.map((item) => (item.state === 'paused' ? { ...item, state: 'waiting' } : item)))
  startNext()
})
window.addEventListener('beforeunload', (event) => {
  if (items.some(isUnderWay)) event.preventDefault()
})
