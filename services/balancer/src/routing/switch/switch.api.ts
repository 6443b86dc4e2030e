import { maySwitchPlanning, type PlanningState, switchPlanning } from '@tasain/contracts'
import { type Jobs, refuse } from '@tasain/kit'
import type { BalancerDoor } from '../../schema.ts'
import { readSwitch, turnSwitch } from './switch.store.ts'

/** POST /plans/switch: the kill switch. Turned on again, levelling plans at once. */
export function mountSwitch(door: BalancerDoor, { jobs }: { jobs: Pick<Jobs, 'plan'> }): void {
  door.write('post', '/plans/switch', 'plan.switch', { body: switchPlanning }, async ({ caller, body }, tx) => {
    if (!maySwitchPlanning(caller)) throw refuse('right.missing')
    await turnSwitch(tx, body, caller)
    if (body.on) await jobs.plan(tx, 'plan', {}, { priority: 1 })
    const state: PlanningState = await readSwitch(tx)
    return { body: state, seen: [{ kind: 'planning', id: body.on ? 'on' : 'off', reason: body.reason }] }
  })
}
