/** What can be undone: each step with the steps before and after it. `tag` joins changes of one kind made in a row. */
export type History<T> = {
  readonly now: T
  readonly past: readonly T[]
  readonly future: readonly T[]
  readonly tag: string | null
}

const most = 200

export function startHistory<T>(now: T): History<T> {
  return { now, past: [], future: [], tag: null }
}

/** A step forward. Changes with the same tag, made in a row, are one step: a word typed, a box dragged. */
export function step<T>(history: History<T>, next: T, tag: string | null): History<T> {
  if (next === history.now) return history
  const isOneStep = tag !== null && tag === history.tag
  const past = isOneStep ? history.past : [...history.past.slice(-most), history.now]
  return { now: next, past, future: [], tag }
}

/** Ends a row of changes: the next one is a step of its own. */
export function pause<T>(history: History<T>): History<T> {
  return history.tag === null ? history : { ...history, tag: null }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { now: before, past: history.past.slice(0, -1), future: [history.now, ...history.future], tag: null }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { now: next, past: [...history.past, history.now], future, tag: null }
}
