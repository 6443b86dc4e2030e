import type { World } from '../world/world.ts'
import { dropFirst, peekEntry, readTask } from './queue.ts'
import { DECIDED, nameKind, OPEN, type State, WAITING } from './state.ts'

/** Share of a task's minutes that a first look takes when papers must be asked for. */
const FIRST_LOOK = 0.3

/** Handlers alike in one place. `over`: minutes already worked into today by the last task of yesterday. */
export type Hands = { kinds: number[]; pools: number[]; over: number; today: number; left: number }

/** The hands of each place, pools alike made one. */
export function listHands(world: World, isPooled: boolean): Hands[][] {
  const places: Map<string, Hands>[] = Array.from({ length: isPooled ? 1 : world.offices.length }, () => new Map())
  world.pools.forEach((pool, index) => {
    const place = places[isPooled ? 0 : pool.office]
    const key = JSON.stringify([...pool.benefits, -1, ...pool.languages, pool.cleared])
    const found = place?.get(key)
    if (found !== undefined) found.pools.push(index)
    else {
      const levels = pool.cleared ? [0, 1] : [0]
      const kinds = [...pool.benefits].flatMap((benefit) =>
        [...pool.languages].flatMap((language) => levels.map((level) => nameKind(world, benefit, language, level))),
      )
      place?.set(key, { kinds, pools: [index], over: 0, today: 0, left: 0 })
    }
  })
  return places.map((place) => [...place.values()])
}

/** One working day in every place: whoever has done least of their day takes the earliest due task they can do. */
export function workDay(world: World, state: State, places: readonly Hands[][], setUpMinutes: number): void {
  places.forEach((hands, place) => {
    for (const each of hands) {
      each.today = each.pools.reduce((sum, pool) => sum + (world.pools[pool]?.minutes[state.day] ?? 0), 0)
      each.left = each.today - each.over
    }
    for (let next = findFreest(hands); next !== undefined; next = findFreest(hands)) {
      const task = takeTask(state, place, next)
      if (task === undefined) next.left = 0
      else next.left -= handle(world, state, task, setUpMinutes)
    }
    for (const each of hands) each.over = Math.max(0, -each.left)
  })
}

function findFreest(hands: readonly Hands[]): Hands | undefined {
  let freest: Hands | undefined
  let most = 0
  for (const each of hands) {
    if (each.left <= 0 || each.today <= 0) continue
    const share = each.left / each.today
    if (share <= most) continue
    most = share
    freest = each
  }
  return freest
}

function takeTask(state: State, place: number, { kinds }: Hands): number | undefined {
  let best: number | undefined
  let from = -1
  for (const kind of kinds) {
    const entry = findFirst(state, place, kind)
    if (entry === undefined || (best !== undefined && entry >= best)) continue
    best = entry
    from = kind
  }
  const queue = state.queues[place * state.kinds + from]
  if (best === undefined || queue === undefined) return undefined
  dropFirst(queue)
  return readTask(best)
}

/** Drops entries of tasks that have gone elsewhere or are done. */
function findFirst(state: State, place: number, kind: number): number | undefined {
  const queue = state.queues[place * state.kinds + kind] ?? []
  for (let entry = peekEntry(queue); entry !== undefined; entry = peekEntry(queue)) {
    const task = readTask(entry)
    const isHere = state.places === 1 || state.office[task] === place
    if (state.phase[task] === OPEN && isHere) return entry
    dropFirst(queue)
  }
  return undefined
}

/** Works on a task and says how many minutes it took. */
function handle(world: World, state: State, task: number, setUpMinutes: number): number {
  const { home, papers } = world.tasks
  const isNew = state.started[task] === 0
  const setUp = isNew && state.office[task] !== home[task] ? setUpMinutes : 0
  const left = state.left[task] ?? 0
  state.started[task] = 1
  const wait = papers[task] ?? 0
  if (isNew && wait > 0) {
    const look = left * FIRST_LOOK
    state.left[task] = left - look
    state.phase[task] = WAITING
    state.waiting += 1
    state.papers[Math.min(state.day + wait, state.papers.length - 1)]?.push(task)
    return look + setUp
  }
  state.left[task] = 0
  state.phase[task] = DECIDED
  state.decidedOn[task] = state.day
  state.decided += 1
  return left + setUp
}
