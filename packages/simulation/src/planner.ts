import { DEFAULT_PLAN_COSTS, type Plan, type PlanCosts, type PlanFlow, type PlanSnapshot } from '@tasain/contracts'
import { chooseTasks, plan } from '@tasain/levelling'
import type { Policy } from './judge/judge.ts'
import { listUsed, type Way } from './judge/law.ts'
import { listOpenTasks, takeSnapshot } from './judge/view.ts'
import type { World } from './world/world.ts'

/** Plans every morning, from the last plan's basis; `costs` stand over the world's own. */
export function makePlanPolicy(costs: PlanSnapshot['costs'] = {}, planFn: typeof plan = plan): Policy {
  let previous: Plan | undefined
  return (world, state, court) => {
    const snapshot = takeSnapshot(world, state, listUsed(court))
    const planned = planFn({ ...snapshot, costs: { ...snapshot.costs, ...costs } }, previous)
    previous = planned
    const moves = chooseTasks(planned.flows, listOpenTasks(world, state, planned.flows))
    return {
      flows: planned.flows.map((flow) => ({ ...readWay(world, flow), minutes: flow.minutes })),
      moves: moves.map(({ task, flow }) => ({ task: Number(task), flow })),
    }
  }
}

function readWay(world: World, flow: PlanFlow): Way {
  const find = (id: string) => world.offices.findIndex((office) => office.id === id)
  return {
    from: find(flow.from),
    to: find(flow.to),
    benefit: world.benefits.findIndex(({ id }) => id === flow.benefit),
    language: world.languages.indexOf(flow.language),
    isGuarded: flow.protected,
  }
}

/** All that moves is dearer or cheaper by a factor; whole minutes. How much dearer a far way is is a share, and stays. */
export function scaleMoves(costs: PlanSnapshot['costs'], factor: number): PlanCosts {
  const price = (key: keyof PlanCosts) => costs?.[key] ?? DEFAULT_PLAN_COSTS[key]
  const scale = (key: keyof PlanCosts) => Math.round(price(key) * factor)
  const moves = { fixed: scale('fixed'), district: scale('district'), region: scale('region'), km: scale('km') }
  return { ...moves, far: price('far'), lateDay: price('lateDay'), waitDay: price('waitDay') }
}
