import { setTimeout as sleep } from 'node:timers/promises'

/** One run of something supervised. */
export type Running = { pid: number; exited: Promise<void>; stop: () => Promise<void> }

export type Supervised = {
  name: string
  /** Resolves when it is ready for work; rejects when it ended or never got ready. */
  start: () => Promise<Running>
  log: (line: string) => void
}

export type Supervision = {
  name: string
  /** Of the present run; undefined while it is down. */
  findPid: () => number | undefined
  stop: () => Promise<void>
}

const shortestPauseMs = 200
// With the child's own start-up this keeps "back within 5 seconds", also for one that is killed again and again.
const longestPauseMs = 3_000
const healthyAfterMs = 10_000

/**
 * Starts it and, from then on, starts it again whenever it ends, until it is stopped.
 * @throws when the very first start fails: then something is wrong that a restart will not mend.
 */
export async function supervise(supervised: Supervised): Promise<Supervision> {
  const { name, start, log } = supervised
  let running: Running | undefined = await start()
  const stopping = new AbortController()
  const isStopping = () => stopping.signal.aborted

  async function keepAlive(first: Running): Promise<void> {
    let current: Running = first
    let pauseMs = shortestPauseMs
    for (;;) {
      const startedAt = Date.now()
      await current.exited
      running = undefined
      if (Date.now() - startedAt > healthyAfterMs) pauseMs = shortestPauseMs
      for (;;) {
        if (isStopping()) return
        log(`${name} ended; it is started again in ${pauseMs / 1000} s`)
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {})
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
        if (isStopping()) return
        const next = await start().catch((error: unknown) => log(`${name} did not start: ${String(error)}`))
        if (next === undefined) continue
        current = next
        break
      }
      running = current
      log(`${name} runs again (process ${current.pid})`)
      // Stopped while it was starting: nobody else knows this run.
      if (isStopping()) await current.stop()
    }
  }

  const kept = keepAlive(running)
  return {
    name,
    findPid: () => running?.pid,
    async stop() {
      stopping.abort()
      await running?.stop()
      await kept
    },
  }
}
