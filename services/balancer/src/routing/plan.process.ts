import { parentPort, workerData } from 'node:worker_threads'
import type { PlanBasis, PlanSnapshot } from '@tasain/contracts'
import { plan } from '@tasain/levelling'

// Planning is seconds of computing without a pause: in a thread of its own it holds up no request.
const { snapshot, previous }: { snapshot: PlanSnapshot; previous: { basis: PlanBasis } | undefined } = workerData
parentPort?.postMessage(plan(snapshot, previous))
