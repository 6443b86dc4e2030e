import type { PlanFlow } from '@tasain/contracts'
import type { HeldFlow } from '../schema.ts'

export type Damped = {
  /** What is sent now. */
  now: PlanFlow[]
  /** Minutes that wait for the next plan to ask for them too. */
  later: number
  /** All that saves little, sent now or not. */
  small: HeldFlow[]
}

/**
 * Which of a plan's flows are sent now. One that saves at least so many effort minutes a task goes at once, as does work
 * nobody can do where it lies; any other goes as far as the plan before asked for it and did not send it. So what two plans
 * running agree on is never held, whatever it saves.
 */
export function damp(flows: readonly PlanFlow[], heldBefore: readonly HeldFlow[], minimumSaving: number): Damped {
  const standing = new Map(heldBefore.map((flow) => [nameWay(flow), flow.minutes]))
  const small = new Map<string, HeldFlow>()
  let later = 0
  const now = flows.flatMap((flow) => {
    const { from, to, benefit, language, minutes } = flow
    if (!isSmall(flow, minimumSaving)) return [flow]
    const way = nameWay(flow)
    const sum = (small.get(way)?.minutes ?? 0) + minutes
    small.set(way, { from, to, benefit, language, protected: flow.protected, minutes: sum })
    const left = standing.get(way) ?? 0
    const going = Math.min(left, minutes)
    standing.set(way, left - going)
    later += minutes - going
    return going > 0 ? [{ ...flow, minutes: going }] : []
  })
  return { now, later, small: [...small.values()] }
}

/** Whether a flow saves so little that two plans must ask for it. */
function isSmall({ reasons }: PlanFlow, minimumSaving: number): boolean {
  return reasons.saving !== null && reasons.saving < minimumSaving
}

/** What of the small flows is not sent now: held, or less than half a task. `sent`: of all flows, in minutes. */
export function listHeld(
  small: readonly HeldFlow[],
  sent: ReadonlyMap<PlanFlow, number>,
  minimumSaving: number,
): HeldFlow[] {
  const gone = new Map<string, number>()
  for (const [flow, minutes] of sent)
    if (isSmall(flow, minimumSaving)) gone.set(nameWay(flow), (gone.get(nameWay(flow)) ?? 0) + minutes)
  const left = small.map((flow) => ({ ...flow, minutes: flow.minutes - (gone.get(nameWay(flow)) ?? 0) }))
  return left.filter(({ minutes }) => minutes > 0)
}

/** The clocks of a class are left out: they go on between two plans. */
function nameWay(flow: Omit<HeldFlow, 'minutes'>): string {
  return JSON.stringify([flow.from, flow.to, flow.benefit, flow.language, flow.protected])
}
