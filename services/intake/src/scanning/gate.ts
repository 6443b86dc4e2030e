/** Lets so many run at a time; the others wait in order, up to a limit beyond which one is turned away. */
export type Gate = {
  /** Whoever has not been let in when `until` is aborted waits no longer, and is turned away too. */
  run: <T>(work: () => Promise<T>, until?: AbortSignal) => Promise<T>
}

/** @throws what `turnAway` gives, when as many already wait as may. */
export function createGate(limits: { atOnce: number; waiting: number }, turnAway: () => Error): Gate {
  let running = 0
  const queue: (() => void)[] = []
  const enter = async (until: AbortSignal | undefined) => {
    if (until?.aborted) throw turnAway()
    if (running < limits.atOnce) {
      running += 1
      return
    }
    if (queue.length >= limits.waiting) throw turnAway()
    // Whoever leaves hands its place on, so `running` stays as it is.
    await new Promise<void>((resolve, reject) => {
      queue.push(resolve)
      until?.addEventListener('abort', () => {
        const place = queue.indexOf(resolve)
        if (place < 0) return
        queue.splice(place, 1)
        reject(turnAway())
      })
    })
  }
  const leave = () => {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }
  return {
    async run(work, until) {
      await enter(until)
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
