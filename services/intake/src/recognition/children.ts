import { type Child, ChildDied, createChild } from './child.work.ts'
import type { Failed } from './failure.ts'
import type { Answers, Ask, InspectRequest, ReadRequest, RenderRequest, TextRequest } from './messages.ts'

export { ChildDied } from './child.work.ts'
export type { Proposed } from './messages.ts'

/** `throwOnDeath`: a child that ends by itself throws ChildDied, for a queue that tries again, and is no answer. */
type Care = { readonly throwOnDeath?: boolean }

export type Readers = {
  /** Fields and full text of one page. */
  read(request: ReadRequest & Care): Promise<Answers['read']>
  readFields(request: ReadRequest & Care): Promise<Answers['readFields']>
  readText(request: TextRequest & Care): Promise<Answers['readText']>
  /** A form proposed from a blank copy of it. */
  propose(request: ReadRequest & Care): Promise<Answers['propose']>
  /** Kind and pages of a file. In a child of its own: an upload does not wait behind reading. */
  inspect(request: InspectRequest & Care): Promise<Answers['inspect']>
  /** The upright view of a page as WebP, in the same child as `inspect`. */
  render(request: RenderRequest & Care): Promise<Answers['render']>
  /** Ends all children; what they were at fails. */
  stop(): Promise<void>
  /** The processes now running. */
  pids(): number[]
}

export type ReadersOptions = {
  /** How many children read: one for each core to be used. */
  readonly count: number
  readonly deadlineMs?: number
  readonly memoryMiB?: number
  /** A child is replaced after so many pages. */
  readonly recycleAfter?: number
}

type Does = keyof Answers
type Waiting = { ask: Ask; resolve: (answer: Answers[Does]) => void; reject: (error: Error) => void }

/**
 * Starts nothing yet: children come when they are needed, one recognition at a time each, and are ended when a page takes
 * more processor time than `deadlineMs` (25 s), four times that by the clock, or `memoryMiB` (700). Hostile input ends at most
 * its own child.
 */
export function createReaders(options: ReadersOptions): Readers {
  const limits = { memoryMiB: options.memoryMiB ?? 700, recycleAfter: options.recycleAfter ?? 200 }
  const deadline = options.deadlineMs ?? 25_000
  const reading = createQueue(
    Array.from({ length: options.count }, () => createChild(limits)),
    deadline,
  )
  const looking = createQueue([createChild({ ...limits, recycleAfter: 1000 })], Math.min(deadline, 20_000))
  let last = 0
  const ask = async <D extends Does>(queue: Queue, request: object & Care, does: D): Promise<Answers[D]> => {
    const { throwOnDeath, ...rest } = request
    try {
      return (await queue.run({ ...rest, does, id: ++last } as unknown as Ask)) as Answers[D]
    } catch (error) {
      if (throwOnDeath || !(error instanceof ChildDied)) throw error
      return { ok: false, code: 'scan.not_readable', reason: error.message } satisfies Failed
    }
  }
  return {
    read: (request) => ask(reading, request, 'read'),
    readFields: (request) => ask(reading, request, 'readFields'),
    readText: (request) => ask(reading, request, 'readText'),
    propose: (request) => ask(reading, request, 'propose'),
    inspect: (request) => ask(looking, request, 'inspect'),
    render: (request) => ask(looking, request, 'render'),
    async stop() {
      await Promise.all([reading.stop(), looking.stop()])
    },
    pids: () => [...reading.pids(), ...looking.pids()],
  }
}

type Queue = { run(ask: Ask): Promise<Answers[Does]>; stop(): Promise<void>; pids(): number[] }

function createQueue(children: readonly Child[], deadlineMs: number): Queue {
  const waiting: Waiting[] = []
  let stopped = false
  const pump = () => {
    for (const child of children) {
      if (child.busy()) continue
      const next = waiting.shift()
      if (next === undefined) return
      child.run(next.ask, deadlineMs).then(next.resolve, next.reject).finally(pump)
    }
  }
  return {
    run(ask) {
      if (stopped) return Promise.reject(new ChildDied('reading has been stopped'))
      return new Promise((resolve, reject) => {
        waiting.push({ ask, resolve, reject })
        pump()
      })
    },
    async stop() {
      stopped = true
      for (const { reject } of waiting.splice(0)) reject(new ChildDied('reading has been stopped'))
      await Promise.all(children.map((child) => child.stop()))
    },
    pids: () => children.flatMap((child) => child.pid() ?? []),
  }
}
