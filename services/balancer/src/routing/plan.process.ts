import { type MessagePort, parentPort } from 'node:worker_threads'
import type { PlanBasis, PlanSnapshot } from '@tasain/contracts'
import { plan } from '@tasain/levelling'

/** One plan asked for, and where the answer goes: `{ plan }`, or `{ error }` when the snapshot is not one. */
export type PlanRequest = { snapshot: PlanSnapshot; basis: PlanBasis | undefined; port: MessagePort }

// Planning is a second of computing without a pause: in a thread of its own it holds up no request.
parentPort?.on('message', ({ snapshot, basis, port }: PlanRequest) => {
  try {
    port.postMessage({ plan: plan(snapshot, basis && { basis }) })
  } catch (error) {
    port.postMessage({ error })
  }
})
