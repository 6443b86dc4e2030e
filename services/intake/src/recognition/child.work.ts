import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ReadingFailure } from '@tasain/contracts'
import type { Failed } from './failure.ts'
import type { Answers, Ask, Reply } from './messages.ts'

export type ChildLimits = { readonly memoryMiB: number; readonly recycleAfter: number }
type Answer = Answers[keyof Answers]

/** The child ended while it worked, by no fault that we know of the page: the work may be tried again. */
export class ChildDied extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'ChildDied'
  }
}

/** The child had its time by the clock and not by the processor: the machine was busy, and the work may be tried later. */
export class ChildStalled extends Error {
  constructor(ms: number) {
    super(`the reading process had not ended after ${ms / 1000} s`)
    this.name = 'ChildStalled'
  }
}

type Work = {
  readonly ask: Ask
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
  readonly deadlineMs: number
  /** Ends what hangs, by the clock, and what nobody waits for. */
  readonly timers: NodeJS.Timeout[]
  /** Processor time, in milliseconds, that the child had used when the work was first looked at. */
  usedBefore?: number
  /** Set when we kill the child ourselves, and why. */
  verdict?: Failed | Error
}

/** One supervised child: started when first needed, ended when it hangs, grows or has worked long enough. */
export type Child = {
  readonly busy: () => boolean
  readonly pid: () => number | undefined
  /**
   * `deadlineMs` is processor time, so that a page is not blamed for a busy machine; four times as much may pass by the
   * clock. Once `signal` is aborted the work has a second to end by itself. Rejects with ChildStalled when the clock alone has
   * run out, with the signal's reason, and with ChildDied when the child ends by itself.
   */
  run(ask: Ask, deadlineMs: number, signal?: AbortSignal): Promise<Answer>
  stop(): Promise<void>
}

/** By the clock a child may take so many times its processor time. */
const patience = 4

/** Most work is done sooner than a new child is started: what nobody waits for any more is ended after so long. */
const graceMs = 1_000

/** Between two pages a child may hold this share of the memory it may take for one. */
const keptShare = 0.62

// What a page's pictures took goes back to the system once they are done with: 80 MiB a child, measured over 40 pages. Of our
// own environment a child gets nothing: whoever took one over would find no setting in it.
export const environment = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144',
}
// Left alone, what is kept for short-lived objects doubles every hundred pages, to 128 MiB, and no page is read the faster.
const settings = ['--max-semi-space-size=8']
const entry = new URL('./recognition.process.ts', import.meta.url)

export function createChild(limits: ChildLimits): Child {
  let process: ChildProcess | undefined
  /** The forms the process has, by their revision. */
  let given: number | undefined
  let work: Work | undefined
  let done = 0

  const settle = (finish: (work: Work) => void) => {
    const current = work
    if (current === undefined) return
    for (const timer of current.timers) clearTimeout(timer)
    work = undefined
    finish(current)
  }

  const condemn = (verdict: Failed | Error) => {
    if (work === undefined || work.verdict !== undefined) return
    work.verdict = verdict
    process?.kill('SIGKILL')
  }

  const start = (): ChildProcess => {
    given = undefined
    const child = fork(entry, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: environment,
      execArgv: settings,
    })
    const end = (reason: string) => {
      // A child that has been replaced ends without touching its successor's work.
      if (process !== child) return
      process = undefined
      done = 0
      settle(({ verdict = new ChildDied(reason), resolve, reject }) =>
        verdict instanceof Error ? reject(verdict) : resolve(verdict),
      )
    }
    child.on('message', (reply: Reply) => {
      if (reply.id !== work?.ask.id) return
      if (++done >= limits.recycleAfter || hasGrown(child)) retire(child)
      settle(({ resolve }) => resolve(reply.answer))
    })
    child.on('error', (error) => end(error.message))
    child.on('exit', (code, signal) => end(`the reading process ended (${signal ?? code})`))
    return child
  }

  /** What an engine once took it keeps, so a child that a large page has grown is replaced before the next one. */
  const hasGrown = ({ pid }: ChildProcess) => pid !== undefined && lookAtMemory(pid) > limits.memoryMiB * keptShare

  const retire = (child: ChildProcess) => {
    if (process === child) process = undefined
    done = 0
    if (child.connected) child.disconnect()
  }

  const watch = setInterval(() => {
    const pid = process?.pid
    if (work === undefined || pid === undefined) return
    const looked = work
    void Promise.all([readMemory(pid), readProcessorTime(pid)]).then(([mib, used]) => {
      if (process?.pid !== pid || work !== looked) return
      looked.usedBefore ??= used
      if (used - looked.usedBefore > looked.deadlineMs) condemn(fail('scan.took_too_long', describe(looked.deadlineMs)))
      if (mib > limits.memoryMiB) condemn(fail('scan.out_of_memory', `${Math.round(mib)} MiB`))
    })
  }, 250)
  watch.unref()

  return {
    busy: () => work !== undefined,
    pid: () => process?.pid,
    run(ask, deadlineMs, signal) {
      return new Promise((resolve, reject) => {
        const most = deadlineMs * patience
        const mine: Work = { ask, resolve, reject, deadlineMs, timers: [] }
        const endAfter = (ms: number, verdict: Error) =>
          mine.timers.push(setTimeout(() => work === mine && condemn(verdict), ms))
        endAfter(most, new ChildStalled(most))
        signal?.addEventListener('abort', () => work === mine && endAfter(graceMs, signal.reason), { once: true })
        work = mine
        process ??= start()
        const sent = leaveOutForms(ask, given)
        given = 'forms' in ask ? (ask.forms?.revision ?? given) : given
        process.send(sent, (error) => {
          if (error) process?.kill('SIGKILL')
        })
      })
    },
    stop() {
      clearInterval(watch)
      const child = process
      if (child === undefined || child.exitCode !== null) return Promise.resolve()
      return new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      })
    },
  }
}

/** The ask without the forms that the child has already been given. */
function leaveOutForms(ask: Ask, given: number | undefined): Ask {
  if (!('forms' in ask) || ask.forms === undefined || ask.forms.revision === null) return ask
  return ask.forms.revision === given ? { ...ask, forms: { revision: given } } : ask
}

const fail = (code: ReadingFailure, reason: string): Failed => ({ ok: false, code, reason })
const describe = (ms: number) => `more than ${ms / 1000} s`

/** Milliseconds of processor time, all threads together; 0 where the system does not tell. */
async function readProcessorTime(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // After the name, which may hold anything: user and system time in hundredths of a second.
  const [user = 0, system = 0] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return (user + system) * 10
}

/** Resident memory of a process in MiB; 0 where the system does not tell. */
export async function readMemory(pid: number): Promise<number> {
  return toMiB(await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => ''))
}

/** The same at once, for the moment between two pages. */
function lookAtMemory(pid: number): number {
  try {
    return toMiB(readFileSync(`/proc/${pid}/statm`, 'utf8'))
  } catch {
    return 0
  }
}

const toMiB = (pages: string) => (Number(pages.split(' ')[1] ?? 0) * 4096) / 2 ** 20
