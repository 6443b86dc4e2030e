import { repeat } from '@tasain/kit'
import type { House } from '../house.ts'
import { deleteOldDrafts } from './draft.store.ts'

const everyMs = 60 * 60_000

/** Throws away drafts that nobody has touched for a month, every hour; two desks may do so at once. */
export function startDraftSweep({ db, log }: Pick<House, 'db' | 'log'>): { stop: () => Promise<void> } {
  return repeat(log, everyMs, () => db.transaction().execute(deleteOldDrafts))
}
