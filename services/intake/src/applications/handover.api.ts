import { setTimeout as sleep } from 'node:timers/promises'
import type { HandoverPage, IntakeAction } from '@tasain/contracts'
import type { Door } from '@tasain/kit'
import type { Kysely } from 'kysely'
import * as z from 'zod'
import type { House } from '../house.ts'
import type { Schema } from '../schema.ts'
import { listHandedOver, listHandovers, placeHandovers } from './handover.store.ts'

const longestWait = 20
const lookEveryMs = 200
const count = (most: number) => z.coerce.number().int().min(1).max(most)
const page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: count(1_000).default(500),
  /** Seconds to wait for something new when there is nothing. */
  wait: z.coerce.number().min(0).max(longestWait).default(0),
})
const index = z.object({ after: z.uuid().optional(), limit: count(5_000).default(1_000) })

/** The hand-over log, for the balancer alone. */
export function mountHandovers(door: Door<Schema, IntakeAction>, { db }: Pick<House, 'db'>): void {
  door.list('/handovers/index', 'handover.read', { query: index }, async ({ query }) => ({
    applications: await listHandedOver(db, query.after, query.limit),
  }))
  door.list('/handovers', 'handover.read', { query: page }, async ({ query }) => await waitForHandovers(db, query))
}

/** Answers as soon as there is something after the position, or with nothing when the wait is over. */
export async function waitForHandovers(db: Kysely<Schema>, asked: z.output<typeof page>): Promise<HandoverPage> {
  const end = performance.now() + asked.wait * 1_000
  for (;;) {
    await placeHandovers(db)
    const found = await listHandovers(db, asked.after, asked.limit)
    if (found.handovers.length > 0 || performance.now() >= end) return found
    await sleep(lookEveryMs)
  }
}
