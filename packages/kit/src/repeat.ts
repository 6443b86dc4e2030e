import { getWorkHealth } from './health.ts'
import type { Log } from './log.ts'

/**
 * Does something again and again, never twice at once; a failure is logged and the next turn tries again, see `WorkHealth`.
 * `stop` lets the turn under way end.
 */
export function repeat(
  log: Log,
  everyMs: number,
  work: () => Promise<unknown>,
  name = 'upkeep',
): { stop: () => Promise<void> } {
  const health = getWorkHealth(log)
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= health
      .watch(name, work)
      .catch(() => {})
      .then(() => {
        running = undefined
      })
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
