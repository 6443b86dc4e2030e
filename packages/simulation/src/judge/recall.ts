import type { World } from '../world/world.ts'
import { relocate, type State } from './state.ts'
import { listKnownMinutes } from './view.ts'

/**
 * Takes home, once, what was sent and nobody has begun: when its due date is past, or when its receiver is closed today
 * and tomorrow while home is not. Returns how many.
 */
export function recallTasks(world: World, state: State): number {
  const closed = listClosed(world, state.day)
  let recalled = 0
  for (const task of state.open) {
    const [at, home] = [state.office[task] ?? 0, world.tasks.home[task] ?? 0]
    if (at === home || state.started[task] === 1) continue
    const isLate = (state.due[task] ?? 0) < state.day
    if (!isLate && !(closed.has(at) && !closed.has(home))) continue
    state.recalledOn[task] = state.day
    relocate(world, state, task, home)
    recalled += 1
  }
  return recalled
}

function listClosed(world: World, day: number): Set<number> {
  const working = new Set<number>()
  for (const pool of world.pools) {
    const tomorrow = listKnownMinutes(world.closures, pool, day)[0] ?? 0
    if ((pool.minutes[day] ?? 0) > 0 || tomorrow > 0) working.add(pool.office)
  }
  return new Set(world.offices.flatMap((_, office) => (working.has(office) ? [] : [office])))
}
