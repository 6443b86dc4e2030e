import type { Database } from '@tasain/kit'
import * as z from 'zod'
import type { BalancerDoor, Schema } from '../schema.ts'
import { listEvents, placeEvents } from './event.store.ts'

const page = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
})

/** The log of task events, for other services alone. */
export function mountEvents(door: BalancerDoor, { db }: Pick<Database<Schema>, 'db'>): void {
  door.list('/events', 'event.read', { query: page }, async ({ query }) => {
    await placeEvents(db)
    return await listEvents(db, query.after, query.limit)
  })
}
