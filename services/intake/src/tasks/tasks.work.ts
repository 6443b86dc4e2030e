import type { ViewGrant } from '@tasain/contracts'
import { type Log, refuse, repeat } from '@tasain/kit'
import type { Kysely } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'
import type { Balancer } from './balancer.work.ts'
import { applyEvents, findStanding, getCursor, listHandedOverOf } from './standing.store.ts'
import { isHeldBy } from './standing.ts'

/** How long what was pulled may show a right as lasting: an end of it counts after this time at the latest. */
const graceMs = 300
const everyMs = 1_000
/** People wait no longer for a log that is long behind. */
const patienceMs = 3_000

/** What intake knows of the balancer's tasks. */
export type Tasks = {
  /** Whether the handler holds the task now, as the grant says; undefined while the balancer is out of reach. */
  isHeld: (grant: ViewGrant) => Promise<boolean | undefined>
  /** Pulls what the balancer has committed by now. @returns false while it is out of reach. */
  catchUp: () => Promise<boolean>
  state: () => { balancer: 'answers' | 'out_of_reach'; since: Date | null }
  /** Pulls again and again, so that lists are true. */
  start: () => { stop: () => Promise<void> }
}

export function createTasks(options: { db: Kysely<Schema>; balancer: Balancer; log: Log }): Tasks {
  const { db, log } = options
  const state: ReturnType<Tasks['state']> = { balancer: 'out_of_reach', since: null }
  /** What was committed at the balancer before this instant is known here. */
  let knownUntil = Number.NEGATIVE_INFINITY
  let pulling: Promise<void> | undefined

  const pull = async () => {
    const began = performance.now()
    try {
      while (await pullPage(options));
      knownUntil = began
      Object.assign(state, { balancer: 'answers', since: new Date() })
    } catch (error) {
      state.balancer = 'out_of_reach'
      throw error
    } finally {
      pulling = undefined
    }
  }

  /** One pull at a time; one that began too early is waited for, and followed by another. @throws when one fails. */
  const pullOrThrow = async (since: number): Promise<boolean> => {
    const end = performance.now() + patienceMs
    while (knownUntil < since) {
      pulling ??= pull()
      if (!(await endsWithin(pulling, end - performance.now()))) return false
    }
    return true
  }
  const pullSince = (since: number) => pullOrThrow(since).catch(() => false)

  return {
    async isHeld(grant) {
      const now = performance.now()
      // Whoever turns pages does not wait for a pull each time: the next is under way before the last is too old.
      if (knownUntil < now - graceMs / 2) void pullSince(now)
      // That a right lasts may have been seen a moment ago; that it has ended or not begun must be seen now.
      for (const since of [now - graceMs, now]) {
        if (!(await pullSince(since))) return undefined
        if (isHeldBy(await findStanding(db, grant.application), grant)) return true
      }
      return false
    },
    catchUp: () => pullSince(performance.now()),
    state: () => state,
    start: () => repeat(log, everyMs, () => pullOrThrow(performance.now()), 'task_events'),
  }
}

/** @returns whether there was anything, so that there may be more. */
async function pullPage({ db, balancer }: { db: Kysely<Schema>; balancer: Balancer }): Promise<boolean> {
  const after = await getCursor(db)
  const page = await balancer.listEvents(after)
  if (page.cursor === after) return false
  await db.transaction().execute((tx) => applyEvents(tx, after, page))
  return true
}

async function endsWithin(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, ms))
  })
  try {
    return await Promise.race([work.then(() => true), tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Refuses a change of what an application says once its case is at an end.
 * @param isCurrent whether what is known here was pulled for this very request.
 * @throws application.decided, application.withdrawn; application.state_unknown when it cannot be known.
 */
export async function assertOpen(tx: IntakeTx, applicationId: string, isCurrent: boolean): Promise<void> {
  const state = (await findStanding(tx, applicationId))?.state
  if (state === 'decided' || state === 'withdrawn') throw refuse(`application.${state}`)
  await assertKnown(tx, [applicationId], isCurrent)
}

/** @throws application.state_unknown when the balancer may have a task of one of them and could not be asked. */
export async function assertKnown(tx: IntakeTx, applicationIds: readonly string[], isCurrent: boolean): Promise<void> {
  if (!isCurrent && (await listHandedOverOf(tx, applicationIds)).length > 0) throw refuse('application.state_unknown')
}
