// A worker thread of the simulation's benchmark: one run for each message, its figures as the answer.
import { parentPort } from 'node:worker_threads'
import { parseScenario, type Scenario, type SimulateOptions, simulate } from '@tasain/simulation'

export type Job = { scenario: unknown; options: SimulateOptions }

const parsed = new Map<string, Scenario>()

parentPort?.on('message', ({ scenario, options }: Job) => {
  const key = JSON.stringify(scenario)
  const nation = parsed.get(key) ?? parseScenario(scenario)
  parsed.set(key, nation)
  parentPort?.postMessage(simulate(nation, options))
})
