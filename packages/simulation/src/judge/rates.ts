import type { ComingRate } from '@tasain/levelling'
import type { World } from '../world/world.ts'
import { kindOf, type State } from './state.ts'

/** Working days before today whose arrivals stand for those to come. */
const WINDOW = 20

type Sum = { task: number; tasks: number; targetDays: number }

/** What is likely to come in a day, by home office and kind: as much as in the last four weeks, unless the world says. */
export function listRates(world: World, state: State): readonly ComingRate[] {
  if (world.rates !== undefined) return world.rates
  const days = Math.min(WINDOW, state.day)
  const { arrived, due, home } = world.tasks
  const sums = new Map<number, Sum>()
  for (let task = state.arrived - 1; task >= 0 && (arrived[task] ?? 0) >= state.day - days; task -= 1) {
    if ((arrived[task] ?? 0) >= state.day) continue
    const key = (home[task] ?? 0) * state.kinds + kindOf(world, task)
    const sum = sums.get(key) ?? { task, tasks: 0, targetDays: 0 }
    sum.tasks += 1
    sum.targetDays += (due[task] ?? 0) - (arrived[task] ?? 0)
    sums.set(key, sum)
  }
  return [...sums].sort(([a], [b]) => a - b).map(([, sum]) => writeRate(world, sum, days))
}

function writeRate({ offices, benefits, languages, tasks }: World, { task, ...sum }: Sum, days: number): ComingRate {
  const benefit = benefits[tasks.benefit[task] ?? 0]
  return {
    office: offices[tasks.home[task] ?? 0]?.id ?? '',
    benefit: benefit?.id ?? '',
    language: languages[tasks.language[task] ?? 0] ?? '',
    protected: tasks.guarded[task] === 1,
    minutesPerDay: ((benefit?.minutes ?? 0) * sum.tasks) / days,
    targetDays: Math.round(sum.targetDays / sum.tasks),
  }
}
