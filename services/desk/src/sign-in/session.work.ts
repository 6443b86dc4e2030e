import { repeat } from '@tasain/kit'
import type { House } from '../house.ts'
import { deleteEndedSessions } from './session.store.ts'

const everyMs = 10 * 60_000

/** Clears away sessions that have ended, every ten minutes; two desks may do so at once. */
export function startSessionSweep({ db, log }: Pick<House, 'db' | 'log'>): { stop: () => Promise<void> } {
  return repeat(log, everyMs, () => db.transaction().execute(deleteEndedSessions), 'sessions')
}
