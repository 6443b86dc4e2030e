import {
  askLift,
  type Caller,
  decideLift,
  type IntakeAction,
  type LiftList,
  type PendingLift,
  type RefusalCode,
} from '@tasain/contracts'
import { type Door, refuse, wasSeenLately } from '@tasain/kit'
import { getId, getOffice } from '../asked.ts'
import { assertMayLook, describeLooker } from '../grant.ts'
import type { House } from '../house.ts'
import type { IntakeTx, Schema } from '../schema.ts'
import { lockApplication } from './application.store.ts'
import type { findApplication } from './checking.store.ts'
import { endLift, insertLift, listPendingLifts } from './lift.store.ts'
import { settleApplication } from './settle.work.ts'

type Find = (tx: IntakeTx, id: string, caller: Caller) => ReturnType<typeof findApplication>
type Needs = Pick<House, 'trusted' | 'tasks'> & { find: Find }

/** Lifting the protection of a restricted application: a clerk asks with a reason, another of the office decides. */
export function mountLifts(door: Door<Schema, IntakeAction>, { find, ...house }: Needs): void {
  type Asked = Parameters<typeof describeLooker>[1] & { params: Record<string, string> }
  const getLocked = async (tx: IntakeTx, asked: Asked) => {
    const id = getId(asked.params)
    await lockApplication(tx, id)
    // By their office alone, so that nothing is asked of the balancer while the application is locked.
    const looker = await describeLooker('application.lift', asked, house)
    const found = await find(tx, id, asked.caller)
    if (!found) throw refuse('request.not_found')
    assertMayLook(looker, found.paper)
    return found.detail.application
  }
  const answer = async (tx: IntakeTx, id: string, caller: Caller, reason: string) => ({
    body: (await find(tx, id, caller))?.detail.application,
    seen: [{ kind: 'application', id, applicationId: id, reason }],
  })

  door.view('/applications/lifts', 'application.lift', {}, async ({ caller }, tx) => {
    const office = getOffice(caller)
    const body: LiftList = { lifts: await listPendingLifts(tx, office, caller.subject) }
    const isKnown = body.lifts.length === 0 || (await wasSeenLately(tx, caller, 'application.lift', office))
    return { body, seen: isKnown ? [] : [{ kind: 'office', id: office }] }
  })

  door.write('post', '/applications/:id/lift', 'application.lift', { body: askLift }, async (asked, tx) => {
    const { id, restricted, lift } = await getLocked(tx, asked)
    if (!restricted) throw refuse('application.not_restricted')
    if (lift) throw refuse('application.lift_pending')
    const { reason } = asked.body
    await insertLift(tx, id, reason, asked.caller)
    return await answer(tx, id, asked.caller, `asked: ${reason}`)
  })

  const path = '/applications/:id/lift/decision'
  door.write('post', path, 'application.lift', { body: decideLift }, async (asked, tx) => {
    const { request, outcome, reason } = asked.body
    const { id, lift } = await getLocked(tx, asked)
    if (lift?.id !== request) throw refuse('application.lift_over')
    const refusal = findRefusal(lift, outcome)
    if (refusal) throw refuse(refusal)
    await endLift(tx, { request, outcome, reason, by: asked.caller })
    if (outcome === 'approved') await settleApplication(tx, id, { restricted: false })
    return await answer(tx, id, asked.caller, `${outcome}: ${reason === '' ? lift.reason : reason}`)
  })
}

function findRefusal({ isOwn }: PendingLift, outcome: string): RefusalCode | undefined {
  if (isOwn) return outcome === 'withdrawn' ? undefined : 'application.lift_own'
  return outcome === 'withdrawn' ? 'application.lift_not_own' : undefined
}
