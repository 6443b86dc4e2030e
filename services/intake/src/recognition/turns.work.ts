import type { House } from '../house.ts'
import { readPage, readText, turnDue } from '../queues.ts'
import { giveTurn, type TurnQueue } from './turns.store.ts'

/**
 * What waits to be read has no job until its turn comes: one at a time waits for a worker, and whichever worker takes it gives
 * the next turn. So whatever one person sends, a page of another waits for those being read and one more.
 */
export async function giveNextTurn({ db, jobs }: Pick<House, 'db' | 'jobs'>, queue: TurnQueue): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const pageId = await giveTurn(tx, queue)
    if (pageId !== undefined) await jobs.plan(tx, queue, { pageId })
  })
}

/** Starts giving turns when something new waits; what waited when everything stopped needs no reminder. */
export async function startTurns(house: Pick<House, 'db' | 'jobs'>): Promise<void> {
  await house.jobs.work<{ queue: TurnQueue }>(turnDue, 1, async ({ queue }) => await giveNextTurn(house, queue))
  for (const queue of [readPage, readText] as const) await giveNextTurn(house, queue)
}
