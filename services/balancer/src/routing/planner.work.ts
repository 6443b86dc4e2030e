import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Plan, type PlanSnapshot, planSchema } from '@tasain/contracts'

/** Plans, from where its last plan ended. @throws when it fails or takes longer than two minutes. */
export type Planner = (snapshot: PlanSnapshot) => Promise<Plan>

const limitMs = 120_000
const entry = new URL('./plan.process.ts', import.meta.url)

/** A planner that works in a thread of its own. */
export function createPlanner(): Planner {
  let previous: Plan | undefined
  return async (snapshot) => {
    const worker = new Worker(entry, { workerData: { snapshot, previous } })
    try {
      const [message]: unknown[] = await once(worker, 'message', { signal: AbortSignal.timeout(limitMs) })
      previous = planSchema.parse(message)
      return previous
    } finally {
      await worker.terminate()
    }
  }
}
