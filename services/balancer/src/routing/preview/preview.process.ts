import { parentPort, workerData } from 'node:worker_threads'
import { plan } from '@tasain/levelling'
import { previewRules } from '@tasain/simulation'
import type { Trial, Tried } from './preview.work.ts'

const { before, after, basis, arrivals }: Trial = workerData
const previous = basis && { basis }
const tried: Tried = {
  now: { before: plan(before, previous), after: plan(after, previous) },
  weeks: previewRules({
    snapshot: before,
    arrivals,
    rulesAfter: after.rules,
    usedAfter: after.used,
    weeks: 4,
    seed: 1,
  }),
}
parentPort?.postMessage(tried)
