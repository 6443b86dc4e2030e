import { refuse } from './refuse.ts'

export type Limits = {
  /** So much work in hand at a time, in all and of one person. */
  atOnce: number
  atOnceEach?: number
  /** So much work may wait, in all and of one person. */
  waiting: number
  waitingEach: number
}

export type Limiter = {
  /**
   * Does the work when the person's turn comes. Whoever has less in hand comes first, then whoever was served longest ago,
   * so that many requests of one person hold up nobody but that person. `signal` is aborted when nobody waits for the work
   * any more: it is then dropped if it waits, and told by its own argument if it is in hand.
   * @throws service.busy when as much waits as may, or what waits is dropped
   */
  run: <T>(person: string, work: (signal: AbortSignal) => Promise<T>, options?: { signal?: AbortSignal }) => Promise<T>
}

type Queued = { person: string; start: () => void }

export function createLimiter({ atOnce, atOnceEach = atOnce, waiting, waitingEach }: Limits): Limiter {
  const never = new AbortController().signal
  const inHand = new Map<string, number>()
  let running = 0
  /** In the order in which people are served: who has been served goes behind the others, each person's own stay in order. */
  let queue: Queued[] = []
  const countInHand = (person: string) => inHand.get(person) ?? 0
  const countWaiting = (person: string) => queue.filter((queued) => queued.person === person).length

  const changeInHand = (person: string, by: 1 | -1) => {
    running += by
    const now = countInHand(person) + by
    if (now > 0) inHand.set(person, now)
    else inHand.delete(person)
    queue = [...queue.filter((one) => one.person !== person), ...queue.filter((one) => one.person === person)]
  }

  const startNext = () => {
    while (running < atOnce) {
      const free = queue.filter(({ person }) => countInHand(person) < atOnceEach)
      const fewest = Math.min(...free.map(({ person }) => countInHand(person)))
      const next = free.find(({ person }) => countInHand(person) === fewest)
      if (next === undefined) return
      queue.splice(queue.indexOf(next), 1)
      changeInHand(next.person, 1)
      next.start()
    }
  }

  const takeTurn = async (person: string, signal: AbortSignal) => {
    if (signal.aborted) throw refuse('service.busy')
    const mayStart = running < atOnce && countInHand(person) < atOnceEach
    if (!mayStart && (queue.length >= waiting || countWaiting(person) >= waitingEach)) throw refuse('service.busy')
    await new Promise<void>((resolve, reject) => {
      const drop = () => {
        queue.splice(queue.indexOf(queued), 1)
        reject(refuse('service.busy'))
      }
      const start = () => {
        signal.removeEventListener('abort', drop)
        resolve()
      }
      const queued = { person, start }
      queue.push(queued)
      signal.addEventListener('abort', drop, { once: true })
      startNext()
    })
  }

  return {
    async run(person, work, { signal = never } = {}) {
      await takeTurn(person, signal)
      try {
        return await work(signal)
      } finally {
        changeInHand(person, -1)
        startNext()
      }
    },
  }
}
