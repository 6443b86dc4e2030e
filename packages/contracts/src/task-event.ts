import * as z from 'zod'
import { outcomes, type TaskState } from './balancer-api.ts'
import { instant } from './shapes.ts'

/** What became of a task, as the balancer tells other services; `resumed`: papers came, or the time for them ran out. */
export const outgoingKinds = [
  'received',
  'claimed',
  'returned',
  'recused',
  'lease_lost',
  'information_requested',
  'resumed',
  'decided',
  'withdrawn',
] as const
export type OutgoingKind = (typeof outgoingKinds)[number]

/** How a task stands after each of them. */
export const stateAfter = {
  received: 'open',
  claimed: 'claimed',
  returned: 'open',
  recused: 'open',
  lease_lost: 'open',
  information_requested: 'awaiting_information',
  resumed: 'open',
  decided: 'decided',
  withdrawn: 'withdrawn',
} as const satisfies Record<OutgoingKind, TaskState>

export const taskEvent = z.object({
  position: z.int(),
  kind: z.enum(outgoingKinds),
  applicationId: z.uuid(),
  /** Grows with each claim. */
  epoch: z.int(),
  /** The subject of the handler who claimed the task or gave it up; null where no person did anything. */
  holder: z.string().nullable(),
  /** Of a decision. */
  outcome: z.enum(outcomes).nullable(),
  restricted: z.boolean(),
  happenedAt: instant,
})
export type TaskEvent = z.infer<typeof taskEvent>

/** `GET /events?after=<cursor>&limit=<n>`: events in order, and the cursor to ask with next; the same when there are none. */
export const taskEventPage = z.object({ cursor: z.int(), events: z.array(taskEvent) })
export type TaskEventPage = z.infer<typeof taskEventPage>
