import { type Court, countDays, hasHands } from './law.ts'
import { relocate, type State } from './state.ts'

/** Days a receiver has at least to begin. */
const GRACE = 5

type Sent = { task: number; at: number; home: number; isClosed: boolean }

/**
 * Takes home, once, what was sent and nobody has begun: when its receiver has no hands for it, or when it was not begun in
 * time and the queue at home is the shorter one. Returns how many.
 */
export function recallTasks(court: Court, state: State): number {
  const wanted = state.open
    .flatMap((task) => readSent(court, state, task) ?? [])
    .sort(
      (a, b) =>
        Number(b.isClosed) - Number(a.isClosed) ||
        (state.due[a.task] ?? 0) - (state.due[b.task] ?? 0) ||
        a.task - b.task,
    )
  let recalled = 0
  for (const { task, at, home, isClosed } of wanted) {
    if (!isClosed && !(countDays(court, home) < countDays(court, at))) continue
    state.recalledOn[task] = state.day
    relocate(court.world, state, task, home)
    shiftMinutes(court, task, at, home)
    recalled += 1
  }
  return recalled
}

/** A task that may have to go home; undefined when it stays whatever the queues are. */
function readSent(court: Court, state: State, task: number): Sent | undefined {
  const { tasks } = court.world
  const [at, home] = [state.office[task] ?? 0, tasks.home[task] ?? 0]
  if (at === home || state.started[task] === 1 || isBlackedOut(court, at, home)) return undefined
  const kind = {
    benefit: tasks.benefit[task] ?? 0,
    language: tasks.language[task] ?? 0,
    isGuarded: tasks.guarded[task] === 1,
  }
  if (!hasHands(court, kind, home)) return undefined
  const isClosed = !hasHands(court, kind, at)
  const isLate = Math.max(state.due[task] ?? 0, (state.sentOn[task] ?? 0) + GRACE) < state.day
  return isClosed || isLate ? { task, at, home, isClosed } : undefined
}

function isBlackedOut({ holds }: Court, at: number, home: number): boolean {
  return [...holds].some(([rule, where]) => rule.kind === 'blackout' && (where[at] === 1 || where[home] === 1))
}

/** The queues are one task longer and shorter by now. */
function shiftMinutes({ world, open }: Court, task: number, at: number, home: number): void {
  const minutes = world.benefits[world.tasks.benefit[task] ?? 0]?.minutes ?? 0
  open[at] = (open[at] ?? 0) - minutes
  open[home] = (open[home] ?? 0) + minutes
}
