import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Figures, SimulateOptions } from '@tasain/simulation'
import type { Job } from './run.process.ts'

/** Runs of one nation, as many at once as there are cores. */
export type Runs = { run: (options: SimulateOptions) => Promise<Figures>; close: () => Promise<void> }

export function openRuns(scenario: unknown): Runs {
  const idle = Array.from(
    { length: Math.min(8, availableParallelism()) },
    () => new Worker(new URL('./run.process.ts', import.meta.url)),
  )
  const all = [...idle]
  const waiting: ((worker: Worker) => void)[] = []
  const take = (): Promise<Worker> => {
    const worker = idle.pop()
    return worker === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(worker)
  }
  const give = (worker: Worker): void => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }
  return {
    run: async (options) => {
      const worker = await take()
      try {
        return await ask(worker, { scenario, options })
      } finally {
        give(worker)
      }
    },
    close: async () => {
      await Promise.all(all.map((worker) => worker.terminate()))
    },
  }
}

function ask(worker: Worker, job: Job): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      worker.off('message', done)
      worker.off('error', fail)
    }
    const done = (figures: Figures): void => {
      end()
      resolve(figures)
    }
    const fail = (error: unknown): void => {
      end()
      reject(error instanceof Error ? error : new Error(String(error)))
    }
    worker.on('message', done)
    worker.on('error', fail)
    worker.postMessage(job)
  })
}
