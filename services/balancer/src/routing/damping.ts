import type { PlanFlow } from '@tasain/contracts'
import type { HeldFlow } from '../schema.ts'

/**
 * Which of a plan's flows are sent now. One that saves at least so many effort minutes a task goes at once, as does work
 * nobody can do where it lies; any other goes as far as the plan before held it too, and the rest is held until the next
 * plan. So what two plans running agree on is never held, whatever it saves.
 */
export function damp(
  flows: readonly PlanFlow[],
  heldBefore: readonly HeldFlow[],
  minimumSaving: number,
): { now: PlanFlow[]; held: HeldFlow[] } {
  const standing = new Map(heldBefore.map((flow) => [nameWay(flow), flow.minutes]))
  const held = new Map<string, HeldFlow>()
  const now = flows.flatMap((flow) => {
    const { from, to, benefit, language, minutes, reasons } = flow
    if (reasons.saving === null || reasons.saving >= minimumSaving) return [flow]
    const way = nameWay(flow)
    const left = standing.get(way) ?? 0
    const going = Math.min(left, minutes)
    standing.set(way, left - going)
    const waiting = (held.get(way)?.minutes ?? 0) + minutes - going
    if (waiting > 0) held.set(way, { from, to, benefit, language, protected: flow.protected, minutes: waiting })
    return going > 0 ? [{ ...flow, minutes: going }] : []
  })
  return { now, held: [...held.values()] }
}

/** The clocks of a class are left out: they go on between two plans. */
function nameWay(flow: Omit<HeldFlow, 'minutes'>): string {
  return JSON.stringify([flow.from, flow.to, flow.benefit, flow.language, flow.protected])
}
