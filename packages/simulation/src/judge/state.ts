import type { World } from '../world/world.ts'
import { pushTask, type Queue } from './queue.ts'

/** Phases of a task; 0 = still to come. */
export const OPEN = 1
export const WAITING = 2
export const DECIDED = 3

/** What has become of each task so far. Days are numbers of working days; -1 = never. */
export type State = {
  day: number
  phase: Uint8Array
  office: Uint16Array
  due: Int32Array
  /** Effort minutes still to be spent. */
  left: Float32Array
  /** 1: somebody has worked on it. */
  started: Uint8Array
  sentOn: Int32Array
  /** The office it was sent to; -1 = never sent. */
  sentTo: Int32Array
  recalledOn: Int32Array
  decidedOn: Int32Array
  /** Ids of open tasks, in no particular order. */
  open: number[]
  /** By day: tasks whose papers come. */
  papers: number[][]
  waiting: number
  arrived: number
  decided: number
  /** By place × kinds + kind; a place is an office, or the nation when there is one queue. */
  queues: Queue[]
  places: number
  kinds: number
}

/** Begins with nothing in; `isPooled`: one queue for the nation. */
export function makeState(world: World, isPooled: boolean): State {
  const { tasks } = world
  const places = isPooled ? 1 : world.offices.length
  const kinds = countKinds(world)
  return {
    day: 0,
    phase: new Uint8Array(tasks.count),
    office: tasks.home.slice(),
    due: tasks.due.slice(),
    left: tasks.minutes.slice(),
    started: new Uint8Array(tasks.count),
    sentOn: new Int32Array(tasks.count).fill(-1),
    sentTo: new Int32Array(tasks.count).fill(-1),
    recalledOn: new Int32Array(tasks.count).fill(-1),
    decidedOn: new Int32Array(tasks.count).fill(-1),
    open: [],
    papers: world.calendar.dates.map(() => []),
    waiting: 0,
    arrived: 0,
    decided: 0,
    queues: Array.from({ length: places * kinds }, () => []),
    places,
    kinds,
  }
}

/** Kinds: benefit, language and protection together decide whose hands may do it. */
function countKinds(world: World): number {
  return world.benefits.length * world.languages.length * 2
}

/** Number of a kind, for benefit, language and 1 when guarded. */
export function nameKind(world: World, benefit: number, language: number, guarded: number): number {
  return (benefit * world.languages.length + language) * 2 + guarded
}

export function kindOf(world: World, task: number): number {
  const { benefit, language, guarded } = world.tasks
  return nameKind(world, benefit[task] ?? 0, language[task] ?? 0, guarded[task] ?? 0)
}

/** Puts an open task in the queue of the place where it lies now. */
function enqueue(world: World, state: State, task: number): void {
  const place = state.places === 1 ? 0 : (state.office[task] ?? 0)
  const queue = state.queues[place * state.kinds + kindOf(world, task)]
  if (queue !== undefined) pushTask(queue, state.due[task] ?? 0, task)
}

/** Begins a day: what is no longer open leaves the list, then comes what arrives today and what papers have come for. */
export function admit(world: World, state: State): void {
  const { tasks } = world
  state.open = state.open.filter((task) => state.phase[task] === OPEN)
  while (state.arrived < tasks.count && (tasks.arrived[state.arrived] ?? 0) <= state.day) {
    open(world, state, state.arrived)
    state.arrived += 1
  }
  for (const task of state.papers[state.day] ?? []) {
    const renewal = tasks.renewal[task] ?? 0
    if (renewal > 0) state.due[task] = Math.max(state.due[task] ?? 0, state.day + renewal)
    state.waiting -= 1
    open(world, state, task)
  }
}

function open(world: World, state: State, task: number): void {
  state.phase[task] = OPEN
  state.open.push(task)
  enqueue(world, state, task)
}

/** Moves an open task; whoever calls has made sure that it may go. */
export function relocate(world: World, state: State, task: number, to: number): void {
  state.office[task] = to
  enqueue(world, state, task)
}
