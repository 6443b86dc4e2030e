export type Shared<T> = {
  /**
   * Lends what the key stands for to `use`; whoever asks while it is being made or used by others is lent the same. `make`
   * is told by its signal when everybody who asked has gone. What is made is discarded once nobody uses it.
   * @throws what `make` throws, or the reason of `signal` when that is aborted first
   */
  lend: <R>(
    key: string,
    make: (signal: AbortSignal) => Promise<T>,
    use: (made: T) => Promise<R>,
    options?: { signal?: AbortSignal },
  ) => Promise<R>
}

type Thing<T> = { users: number; gone: AbortController; made: Promise<T> }

/** Makes a thing once for all who ask for it at a time. */
export function createShared<T>(discard: (made: T) => Promise<void> = () => Promise.resolve()): Shared<T> {
  const things = new Map<string, Thing<T>>()
  const find = (key: string, make: (signal: AbortSignal) => Promise<T>): Thing<T> => {
    const known = things.get(key)
    if (known) return known
    const gone = new AbortController()
    const thing = { users: 0, gone, made: make(gone.signal) }
    things.set(key, thing)
    return thing
  }
  const leave = async (key: string, thing: Thing<T>) => {
    thing.users -= 1
    if (thing.users > 0) return
    things.delete(key)
    thing.gone.abort()
    // Those who were lent it have heard why it could not be made; what cannot be discarded is left to the sweep.
    await thing.made.then(discard).catch(() => undefined)
  }
  return {
    async lend(key, make, use, { signal } = {}) {
      signal?.throwIfAborted()
      const thing = find(key, make)
      thing.users += 1
      try {
        return await use(await untilAborted(thing.made, signal))
      } finally {
        const left = leave(key, thing)
        if (signal?.aborted !== true) await left
      }
    },
  }
}

async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise
  let giveUp = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
