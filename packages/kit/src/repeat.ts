import type { Log } from './log.ts'

/**
 * Does something again and again, never twice at once; a failure is logged and the next turn tries again. `stop` lets the
 * turn under way end.
 */
export function repeat(log: Log, everyMs: number, work: () => Promise<unknown>): { stop: () => Promise<void> } {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => log.warn({ error }, 'upkeep failed and will be tried again'))
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
