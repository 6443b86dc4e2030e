import type { CancelAnswer } from '@tasain/contracts'
import { useSyncExternalStore } from 'react'
import { cancelWrite, onSession } from './client.ts'
import { onLineBack } from './line.ts'
import { findOpenWrites, stopRepeating } from './open-writes.ts'
import { type ServerRefusal, toRefusal } from './refusal.ts'

/** A write that its page no longer shows: it was cancelled, or the page was left while it was under way. */
export type LeftWrite = {
  readonly key: string
  /** What it was sent to, below `/api`. */
  readonly path: string
  /** `under_way`: not answered yet; `asking`, `unknown`: cancelled, and what became of it is asked, or cannot be known now. */
  readonly state: 'under_way' | 'asking' | 'unknown' | 'cancelled' | 'late' | 'stored' | 'refused'
  readonly refusal?: ServerRefusal
}

const askAgainMs = 3_000
const shownAfterMs = 1_000
const mostOver = 3
const listeners = new Set<() => void>()
let writes: readonly LeftWrite[] = []

export function useLeftWrites(): readonly LeftWrite[] {
  return useSyncExternalStore(subscribe, () => writes)
}

/** Whether nothing more is to be expected of it. */
export function isOver({ state }: LeftWrite): boolean {
  return state !== 'under_way' && state !== 'asking' && state !== 'unknown'
}

export function dismissLeftWrite(key: string): void {
  publish(writes.filter((write) => write.key !== key))
}

/**
 * Takes back what was sent under this key, and says on every page what became of it; resolves once that is known, however
 * long the line is down.
 * @param running what still runs of it, once it was told to stop
 */
export async function takeBack(key: string, running?: Promise<unknown>): Promise<CancelAnswer> {
  show(key, { state: 'asking' })
  const answered = await running?.then(
    (body) => ({ body }),
    () => undefined,
  )
  const answer: CancelAnswer = answered ? { outcome: 'done', body: answered.body } : await findOutcome(key)
  show(key, { state: answer.outcome === 'done' ? 'late' : 'cancelled' })
  return answer
}

/** Watches a write whose page was left; it is not sent again. What has no answer within a moment is shown on every page. */
export function watchLeftWrite(key: string, running: Promise<unknown>): void {
  stopRepeating(key)
  const [write] = findOpenWrites(key)
  if (!write) return
  const { path } = write
  const timer = setTimeout(() => show(key, { state: 'under_way', path }), shownAfterMs)
  const stored = () => {
    clearTimeout(timer)
    if (writes.some((one) => one.key === key && one.state === 'under_way')) show(key, { state: 'stored' })
  }
  // What may have arrived all the same is taken back by whoever sent it.
  const failed = (thrown: unknown) => {
    clearTimeout(timer)
    const refusal = toRefusal(thrown)
    if (!refusal.mayPass) show(key, { state: 'refused', path, refusal })
  }
  void running.then(stored, failed)
}

async function findOutcome(key: string): Promise<CancelAnswer> {
  for (;;) {
    try {
      return await cancelWrite(key)
    } catch {
      show(key, { state: 'unknown' })
      await waitForLine()
    }
  }
}

/** Until the line or the session is back, or it is time to ask again all the same. */
async function waitForLine(): Promise<void> {
  const stops: (() => void)[] = []
  await new Promise<void>((resolve) => {
    stops.push(onLineBack(resolve), onSession('back', resolve))
    const timer = setTimeout(resolve, askAgainMs)
    stops.push(() => clearTimeout(timer))
  })
  for (const stop of stops) stop()
}

function show(key: string, part: Pick<LeftWrite, 'state'> & Partial<LeftWrite>): void {
  const known = writes.find((write) => write.key === key)
  const path = known?.path ?? findOpenWrites(key)[0]?.path ?? ''
  const write: LeftWrite = { key, path, ...part }
  const others = writes.filter((one) => one.key !== key)
  const over = others.filter(isOver)
  publish([...others.filter((one) => !isOver(one)), ...over.slice(Math.max(0, over.length - mostOver)), write])
}

function publish(next: readonly LeftWrite[]): void {
  writes = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
