import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Plan, type PlanBasis, type PlanSnapshot, planSchema, rulePreview } from '@tasain/contracts'
import type { Outlook, PreviewArrivals } from '@tasain/simulation'
import * as z from 'zod'

/** The nation now, under the rules in force and under those to try, and what comes in on a mean working day. */
export type Trial = {
  before: PlanSnapshot
  after: PlanSnapshot
  basis: PlanBasis | undefined
  arrivals: readonly PreviewArrivals[]
}
export type Tried = { now: { before: Plan; after: Plan }; weeks: { before: Outlook; after: Outlook } }

const limitMs = 240_000
const entry = new URL('./preview.process.ts', import.meta.url)
const tried = z.object({
  now: z.object({ before: planSchema, after: planSchema }),
  weeks: rulePreview.shape.weeks,
})

/**
 * Plans twice and simulates the coming weeks twice, in a thread of its own. @throws when nobody waits for it any more, or it
 * takes four minutes.
 */
export async function tryRules(trial: Trial, signal: AbortSignal): Promise<Tried> {
  signal.throwIfAborted()
  const worker = new Worker(entry, { workerData: trial })
  try {
    const [message]: unknown[] = await once(worker, 'message', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    })
    return tried.parse(message)
  } finally {
    await worker.terminate()
  }
}
