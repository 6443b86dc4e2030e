import type { House } from '../house.ts'
import { deleteEndedSessions } from './session.store.ts'

const everyMs = 10 * 60_000

/** Clears away sessions that have ended, now and every ten minutes; two desks may do so at once. @returns what stops it. */
export function startSessionSweep({ db, log }: Pick<House, 'db' | 'log'>): () => void {
  const sweep = () => {
    db.transaction()
      .execute(deleteEndedSessions)
      .catch((error: unknown) => log.warn({ error }, 'ended sessions could not be cleared away'))
  }
  sweep()
  const timer = setInterval(sweep, everyMs)
  return () => clearInterval(timer)
}
