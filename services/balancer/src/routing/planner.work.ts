import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Plan, type PlanBasis, type PlanSnapshot, planSchema } from '@tasain/contracts'

const limitMs = 120_000
const entry = new URL('./plan.process.ts', import.meta.url)

/** Plans in a thread of its own, from where an earlier plan ended. @throws when it fails or takes longer than two minutes. */
export async function planInThread(snapshot: PlanSnapshot, basis: PlanBasis | undefined): Promise<Plan> {
  const worker = new Worker(entry, { workerData: { snapshot, previous: basis && { basis } } })
  try {
    const [message]: unknown[] = await once(worker, 'message', { signal: AbortSignal.timeout(limitMs) })
    return planSchema.parse(message)
  } finally {
    await worker.terminate()
  }
}
