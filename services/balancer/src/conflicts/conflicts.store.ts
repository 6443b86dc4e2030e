import type { Conflict, DeclaredGround } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { BalancerRead, BalancerTx } from '../schema.ts'

/** A handler's conflicts of interest that hold, the newest first. */
export async function listConflicts(read: BalancerRead, handlerId: string): Promise<Conflict[]> {
  const rows = await read
    .selectFrom('conflict_of_interest')
    .select(['id', 'ground', 'label', 'declared_at'])
    .where('handler_id', '=', handlerId)
    .where('ended_at', 'is', null)
    .orderBy('declared_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(({ declared_at, ...row }) => ({ ...row, declaredAt: declared_at.toISOString() }))
}

export type NewConflict = { handlerId: string; person: string; ground: DeclaredGround; label: string }

/** @returns its id; undefined when one with this person holds already. */
export async function insertConflict(tx: BalancerTx, conflict: NewConflict): Promise<string | undefined> {
  const { handlerId, person, ground, label } = conflict
  const inserted = await tx
    .insertInto('conflict_of_interest')
    .values({ id: newId(), handler_id: handlerId, applicant_index: person, ground, label })
    .onConflict((already) => already.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

/** Ends one of a handler's own. A task from which they recused themselves never comes back to them all the same. */
export async function endConflict(
  tx: BalancerTx,
  { id, handlerId, reason }: { id: string; handlerId: string; reason: string },
): Promise<'done' | 'ended' | 'unknown'> {
  const found = await tx
    .selectFrom('conflict_of_interest')
    .select('ended_at')
    .where('id', '=', id)
    .where('handler_id', '=', handlerId)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return 'unknown'
  if (found.ended_at !== null) return 'ended'
  await tx
    .updateTable('conflict_of_interest')
    .set({ ended_at: sql<Date>`clock_timestamp()`, end_reason: reason })
    .where('id', '=', id)
    .execute()
  return 'done'
}
