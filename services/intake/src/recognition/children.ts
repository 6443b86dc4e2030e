import { createLimiter, type Limits, refuse } from '@tasain/kit'
import { type Child, ChildDied, ChildStalled, createChild } from './child.work.ts'
import type { Failed } from './failure.ts'
import type { Answers, Ask, InspectRequest, ReadRequest, RenderRequest, TextRequest } from './messages.ts'

export { ChildDied, ChildStalled } from './child.work.ts'
export type { Proposed } from './messages.ts'

/**
 * `throwOnDeath`: a child that ends by itself throws ChildDied, and one for which the machine had no time ChildStalled, for
 * whoever tries again; otherwise they are an answer and service.busy. `person`: whose turn the work is. `signal`: aborted when
 * nobody waits for it.
 */
type Care = { readonly throwOnDeath?: boolean; readonly person?: string; readonly signal?: AbortSignal }

export type Readers = {
  /** Fields and full text of one page. */
  read(request: ReadRequest & Care): Promise<Answers['read']>
  readFields(request: ReadRequest & Care): Promise<Answers['readFields']>
  readText(request: TextRequest & Care): Promise<Answers['readText']>
  /** A form proposed from a blank copy of it. */
  propose(request: ReadRequest & Care): Promise<Answers['propose']>
  /** Kind and pages of a file. In children of its own: an upload does not wait behind reading. */
  inspect(request: InspectRequest & Care): Promise<Answers['inspect']>
  /** The upright view of a page as WebP. In children of its own too: a page that is hard to draw holds up no upload. */
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

/** Two children, of which one person has one: whoever sends or looks at what takes long keeps the other free for others. */
const perPerson: Limits = { atOnce: 2, atOnceEach: 1, waiting: 512, waitingEach: 64 }
/** What is read is limited where it comes from: a job queue, and the few who make forms. */
const endless = { waiting: Number.POSITIVE_INFINITY, waitingEach: Number.POSITIVE_INFINITY }

/**
 * Starts nothing yet: children come when they are needed, one recognition at a time each, and are ended when a page takes
 * more processor time than `deadlineMs` (25 s), four times that by the clock, or `memoryMiB` (700). Hostile input ends at most
 * its own child.
 */
export function createReaders(options: ReadersOptions): Readers {
  const limits = { memoryMiB: options.memoryMiB ?? 700, recycleAfter: options.recycleAfter ?? 200 }
  const deadline = options.deadlineMs ?? 25_000
  const createPool = (turns: Limits, deadlineMs: number, recycleAfter = limits.recycleAfter) =>
    openPool(
      Array.from({ length: turns.atOnce }, () => createChild({ ...limits, recycleAfter })),
      turns,
      deadlineMs,
    )
  const reading = createPool({ atOnce: options.count, ...endless }, deadline)
  const inspecting = createPool(perPerson, Math.min(deadline, 10_000), 1_000)
  const drawing = createPool(perPerson, Math.min(deadline, 20_000), 1_000)
  const pools = [reading, inspecting, drawing]
  let last = 0
  const ask = async <D extends Does>(pool: Pool, request: object & Care, does: D): Promise<Answers[D]> => {
    const { throwOnDeath, person = 'nobody', signal, ...rest } = request
    try {
      return (await pool.run({ ...rest, does, id: ++last } as unknown as Ask, person, signal)) as Answers[D]
    } catch (error) {
      if (throwOnDeath) throw error
      if (error instanceof ChildStalled) throw refuse('service.busy')
      if (!(error instanceof ChildDied)) throw error
      return { ok: false, code: 'scan.not_readable', reason: error.message } satisfies Failed
    }
  }
  return {
    read: (request) => ask(reading, request, 'read'),
    readFields: (request) => ask(reading, request, 'readFields'),
    readText: (request) => ask(reading, request, 'readText'),
    propose: (request) => ask(reading, request, 'propose'),
    inspect: (request) => ask(inspecting, request, 'inspect'),
    render: (request) => ask(drawing, request, 'render'),
    async stop() {
      await Promise.all(pools.map((pool) => pool.stop()))
    },
    pids: () => pools.flatMap((pool) => pool.pids()),
  }
}

type Pool = {
  run(ask: Ask, person: string, signal: AbortSignal | undefined): Promise<Answers[Does]>
  stop(): Promise<void>
  pids(): number[]
}

function openPool(children: readonly Child[], turns: Limits, deadlineMs: number): Pool {
  const limiter = createLimiter(turns)
  let stopped = false
  const runNow = async (ask: Ask, signal: AbortSignal) => {
    // As many are in hand at a time as there are children.
    const child = children.find((one) => !one.busy())
    if (stopped || child === undefined) throw refuse('service.unavailable')
    return await child.run(ask, deadlineMs, signal)
  }
  return {
    run: (ask, person, signal) => limiter.run(person, (until) => runNow(ask, until), signal && { signal }),
    async stop() {
      stopped = true
      await Promise.all(children.map((child) => child.stop()))
    },
    pids: () => children.flatMap((child) => child.pid() ?? []),
  }
}
