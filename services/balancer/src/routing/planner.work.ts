import { once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { Plan, PlanBasis, PlanSnapshot } from '@tasain/contracts'
import type { PlanRequest } from './plan.process.ts'

const limitMs = 120_000
const entry = new URL('./plan.process.ts', import.meta.url)

/** Kept from plan to plan: a thread that has planned before plans in half the time of a new one. */
let thread: Worker | undefined

/** Plans in a thread of its own, from where an earlier plan ended. @throws when it fails or takes longer than two minutes. */
export async function planInThread(snapshot: PlanSnapshot, basis: PlanBasis | undefined): Promise<Plan> {
  const worker = thread ?? startThread()
  const { port1, port2 } = new MessageChannel()
  const request: PlanRequest = { snapshot, basis, port: port2 }
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(limitMs)])
  try {
    worker.postMessage(request, [port2])
    const ended = once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('the planning thread ended')))
    const [answer]: { plan?: Plan; error?: Error }[] = await Promise.race([once(port1, 'message', { signal }), ended])
    if (answer?.plan === undefined) throw answer?.error ?? new Error('the planning thread gave no plan')
    return answer.plan
  } catch (error) {
    if (signal.aborted) await worker.terminate()
    throw error
  } finally {
    over.abort()
    port1.close()
  }
}

function startThread(): Worker {
  const worker = new Worker(entry)
  // It waits for the next plan for as long as the process has something else to do.
  worker.unref()
  // One that ends late must not take its successor's place away.
  const forget = () => {
    if (thread === worker) thread = undefined
  }
  worker.on('error', forget)
  worker.on('exit', forget)
  thread = worker
  return worker
}
