import { type ConflictList, declareConflict, endWithReason } from '@tasain/contracts'
import { type Asked, type Clock, refuse } from '@tasain/kit'
import { type Hetu, helsinkiDate, parseHetu } from '@tasain/vocabulary'
import { findHandler, type Handler } from '../offices/offices.store.ts'
import { lockCursor, reviewTasks } from '../receiving/receiving.store.ts'
import type { BalancerDoor, BalancerRead } from '../schema.ts'
import { endConflict, insertConflict, listConflicts } from './conflicts.store.ts'

type Needs = { clock: Clock; indexIdentity: (hetu: Hetu) => string }

/**
 * A handler's own conflicts of interest: declared by identity code, of which only the keyed index is stored. What they hold
 * of the person they lose at once, and whether there is anything they are not told.
 */
export function mountConflicts(door: BalancerDoor, { clock, indexIdentity }: Needs): void {
  door.view('/conflicts', 'conflict.list', {}, async (asked, tx) => {
    const { id } = await getHandler(tx, asked, clock)
    const body: ConflictList = { conflicts: await listConflicts(tx, id) }
    return { body, seen: [{ kind: 'handler', id }] }
  })
  door.write('post', '/conflicts', 'conflict.write', { body: declareConflict }, async (asked, tx) => {
    const person = indexIdentity(getHetu(asked.body.hetu))
    await lockCursor(tx)
    const handler = await getHandler(tx, asked, clock)
    const { ground, label } = asked.body
    const id = await insertConflict(tx, { handlerId: handler.id, person, ground, label })
    if (id === undefined) throw refuse('conflict.already_declared')
    await reviewTasks(tx, [person], helsinkiDate(clock.now()))
    return { status: 201, body: { id }, seen: [{ kind: 'conflict', id, reason: ground }] }
  })
  door.write('post', '/conflicts/:id/end', 'conflict.write', { body: endWithReason }, async (asked, tx) => {
    const { id: handlerId } = await getHandler(tx, asked, clock)
    const id = asked.params['id'] ?? ''
    const { reason } = asked.body
    const outcome = await endConflict(tx, { id, handlerId, reason })
    if (outcome === 'unknown') throw refuse('request.not_found')
    if (outcome === 'ended') throw refuse('conflict.already_ended')
    return { body: { id }, seen: [{ kind: 'conflict', id, reason }] }
  })
}

/** @throws person.wrong_hetu, in which the code does not stand */
export function getHetu(written: string): Hetu {
  const hetu = parseHetu(written)
  if (!hetu) throw refuse('person.wrong_hetu')
  return hetu
}

async function getHandler(read: BalancerRead, { caller }: Pick<Asked, 'caller'>, clock: Clock): Promise<Handler> {
  const handler = await findHandler(read, caller.subject, helsinkiDate(clock.now()))
  if (!handler) throw refuse('handler.unknown')
  return handler
}
