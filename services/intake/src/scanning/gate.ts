/** Lets so many run at a time; the others wait in order, up to a limit beyond which one is turned away. */
export type Gate = { run: <T>(work: () => Promise<T>) => Promise<T>; waiting: () => number }

/** @throws what `turnAway` gives, when as many already wait as may. */
export function createGate(limits: { atOnce: number; waiting: number }, turnAway: () => Error): Gate {
  let running = 0
  const queue: (() => void)[] = []
  const enter = async () => {
    if (running < limits.atOnce) {
      running += 1
      return
    }
    if (queue.length >= limits.waiting) throw turnAway()
    // Whoever leaves hands its place on, so `running` stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve))
  }
  const leave = () => {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }
  return {
    waiting: () => queue.length,
    async run(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
