import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, type Database, isOutage, type Jobs, type Log, tryLockConnection } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import type { BalancerTx, Schema } from '../schema.ts'
import type { Intake } from './intake.work.ts'
import { type Applied, applyPage, getCursor } from './receiving.store.ts'

export type Receiving = {
  database: Database<Schema>
  intake: Intake
  jobs: Pick<Jobs, 'plan'>
  clock: Clock
  log: Log
}

/** How the way from intake is: `since` is when it last answered, or null when it never has. */
export type ReceivingState = { intake: 'answers' | 'out_of_reach' | 'another_receives'; since: Date | null }
export type Receiver = { state: () => ReceivingState; stop: () => Promise<void> }

const longestPauseMs = 15_000

/**
 * Pulls intake's log for as long as the service runs. One balancer at a time receives; the others take over when its
 * connection ends. While intake is down it keeps trying, ever more slowly.
 */
export function startReceiving(receiving: Receiving): Receiver {
  const stopping = new AbortController()
  const state: ReceivingState = { intake: 'out_of_reach', since: null }
  const running = runReceiving(receiving, state, stopping.signal)
  return {
    state: () => state,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function runReceiving(receiving: Receiving, state: ReceivingState, signal: AbortSignal): Promise<void> {
  let pauseMs = 0
  while (!signal.aborted) {
    try {
      const hadTurn = await withReceivingLock(receiving, () => receiveWhileRunning(receiving, state, signal))
      if (!hadTurn) state.intake = 'another_receives'
      pauseMs = hadTurn ? 0 : 1_000
    } catch (error) {
      if (signal.aborted) return
      if (state.intake !== 'out_of_reach' || pauseMs === 0)
        receiving.log.warn({ error }, isOutage(error) ? 'the database is out of reach' : 'intake is out of reach')
      state.intake = 'out_of_reach'
      pauseMs = Math.min(longestPauseMs, Math.max(250, pauseMs * 2))
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

/** Runs `work` when no other balancer is receiving; the lock ends with its connection. */
async function withReceivingLock(receiving: Receiving, work: () => Promise<void>): Promise<boolean> {
  const client = await receiving.database.pool.connect()
  // Without a listener a connection that breaks while it is checked out would end the process.
  client.on('error', ignore)
  let ended = true
  try {
    if (!(await tryLockConnection(client, 'receiving'))) {
      ended = false
      return false
    }
    await work()
    return true
  } finally {
    client.off('error', ignore)
    // Closing the connection gives the lock back, whatever state it is in.
    client.release(ended)
  }
}

function ignore(): void {}

async function receiveWhileRunning(receiving: Receiving, state: ReceivingState, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await receiveOnce(receiving, 10, signal)
    state.intake = 'answers'
    state.since = receiving.clock.now()
  }
}

/** Receives one page. @returns how much of intake's log there was on it. */
export async function receiveOnce(receiving: Receiving, waitSeconds: number, signal?: AbortSignal): Promise<number> {
  const { db } = receiving.database
  const after = await getCursor(db)
  const page = await receiving.intake.listHandovers(after, waitSeconds, signal)
  if (page.cursor === after) return 0
  raiseUnreadable(receiving.log, page.unreadable ?? [])
  await db.transaction().execute(async (tx) => {
    const applied = await applyPage(tx, after, page, helsinkiDate(receiving.clock.now()))
    if (applied) await followUp(receiving, tx, applied)
  })
  return page.handovers.length + (page.unreadable?.length ?? 0)
}

/** What cannot be read or stored is not lost: it stays in intake's log, and the comparison of both asks for it again. */
function raiseUnreadable(log: Log, unreadable: readonly object[]): void {
  for (const snapshot of unreadable)
    log.error({ alarm: 'unreadable_snapshot', ...snapshot }, 'an application cannot be received as it was handed over')
}

/** Plans on arrivals follow one another no sooner: a plan that sends anything keeps a picture of the whole nation. */
const arrivalsSeconds = 30

/** What follows from new work: a plan soon, and an alarm when an application has no office to go to or cannot be stored. */
export async function followUp({ jobs, log }: Receiving, tx: BalancerTx, applied: Applied): Promise<void> {
  for (const applicationId of applied.homeless)
    log.error({ alarm: 'unknown_office', applicationId }, 'an application names no office that is known here')
  raiseUnreadable(log, applied.failed)
  if (applied.changed > 0) await jobs.plan(tx, 'route', {}, { afterSeconds: arrivalsSeconds })
}
