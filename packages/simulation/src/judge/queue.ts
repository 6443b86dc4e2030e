/** A heap of tasks, earliest due first, then in the order they came in. Entries may be out of date: look before use. */
export type Queue = number[]

// Key and task in one number: due dates lie within a few thousand days, tasks below 2^24.
const ROOM = 2 ** 24
const SHIFT = 4096

export function pushTask(queue: Queue, due: number, task: number): void {
  const entry = (due + SHIFT) * ROOM + task
  let at = queue.length
  queue.push(entry)
  while (at > 0) {
    const above = (at - 1) >> 1
    const other = queue[above] ?? 0
    if (other <= entry) break
    queue[at] = other
    at = above
  }
  queue[at] = entry
}

/** The first entry; undefined when empty. Compare entries of several queues as they are. */
export function peekEntry(queue: Queue): number | undefined {
  return queue[0]
}

export function readTask(entry: number): number {
  return entry % ROOM
}

export function dropFirst(queue: Queue): void {
  const last = queue.pop()
  if (last === undefined || queue.length === 0) return
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    if (below >= queue.length) break
    if (below + 1 < queue.length && (queue[below + 1] ?? 0) < (queue[below] ?? 0)) below += 1
    const other = queue[below] ?? 0
    if (other >= last) break
    queue[at] = other
    at = below
  }
  queue[at] = last
}
