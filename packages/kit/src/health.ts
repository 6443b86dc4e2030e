import type { Log } from './log.ts'

/** Background work that has failed at least twice in a row, and when it began to. */
export type FailingWork = { work: string; since: Date }

export type WorkHealth = {
  /** Runs one turn of the work and remembers how it went. @throws what the turn throws. */
  watch: <T>(work: string, turn: () => Promise<T>) => Promise<T>
  listFailing: () => FailingWork[]
}

const byLog = new WeakMap<Log, WorkHealth>()

/** How the background work of a process goes: all that logs to one log is of one service. */
export function getWorkHealth(log: Log): WorkHealth {
  const known = byLog.get(log)
  if (known) return known
  const health = createWorkHealth(log)
  byLog.set(log, health)
  return health
}

/** A failure may pass by itself; the second in a row is an alarm, and stands until the work succeeds again. */
function createWorkHealth(log: Log): WorkHealth {
  const failures = new Map<string, { count: number; since: Date }>()
  const fail = (work: string, error: unknown) => {
    const { count, since } = failures.get(work) ?? { count: 0, since: new Date() }
    const failed = count + 1
    failures.set(work, { count: failed, since })
    const told = { work, failures: failed, since, error }
    // What fails each second must not drown the log: at the second, fourth, eighth failure it is an alarm.
    const isAlarm = failed > 1 && Number.isInteger(Math.log2(failed))
    if (isAlarm) log.error({ alarm: 'failing_work', ...told }, 'background work keeps failing')
    else log.warn(told, 'background work failed and will be tried again')
  }
  const succeed = (work: string) => {
    const failed = failures.get(work)
    failures.delete(work)
    if (failed && failed.count > 1) log.info({ work, since: failed.since }, 'background work succeeds again')
  }
  return {
    async watch(work, turn) {
      try {
        const result = await turn()
        succeed(work)
        return result
      } catch (error) {
        fail(work, error)
        throw error
      }
    },
    listFailing: () => [...failures].filter(([, { count }]) => count > 1).map(([work, { since }]) => ({ work, since })),
  }
}
