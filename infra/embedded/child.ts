import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { dieWithUs } from './processes.ts'
import type { Running } from './supervisor.ts'

export type ChildOptions = {
  name: string
  /** The TypeScript file that node runs. */
  entry: string
  /** The child's whole environment: nothing of ours leaks into it. */
  env: Record<string, string>
  /** Answers 200 once the child is ready. */
  readyUrl: string
  log: (line: string) => void
  /** Ends a start that is under way. */
  signal: AbortSignal
  readyWithinMs?: number
  /** How long it may take to end after SIGTERM. */
  graceMs?: number
}

/** Starts a node process and waits until it says it is ready. @throws with its last words when it never does. */
export async function startChild(options: ChildOptions): Promise<Running> {
  const { name, readyWithinMs = 60_000, graceMs = 20_000 } = options
  const lastWords: string[] = []
  const child = spawnNode(options, (line) => {
    lastWords.splice(0, lastWords.length - 9)
    lastWords.push(line)
    options.log(line)
  })
  let ended = false
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => lastWords.push(error.message))
    child.once('close', (code, signal) => {
      ended = true
      options.log(`${name} ended (${signal ?? `exit code ${code}`})`)
      resolve()
    })
  })
  const stop = () => stopChild(child, exited, graceMs)
  const deadline = Date.now() + readyWithinMs
  while (!(await isReady(options.readyUrl))) {
    if (ended) throw new Error(`${name} ended before it was ready:\n${lastWords.join('\n')}`)
    const late = Date.now() > deadline
    if (late || options.signal.aborted) {
      await stop()
      throw new Error(
        late
          ? `${name} was not ready within ${readyWithinMs / 1000} s:\n${lastWords.join('\n')}`
          : `${name} is not wanted any more`,
      )
    }
    await sleep(50)
  }
  return { pid: child.pid ?? 0, exited, stop }
}

function spawnNode(options: ChildOptions, log: (line: string) => void): ChildProcess {
  const [command, ...args] = [...dieWithUs('KILL'), process.execPath, options.entry]
  // A group of its own: Ctrl-C in a terminal must reach the supervisor alone, which knows the order of stopping.
  // The channel tells a child that its supervisor is gone where dieWithUs has no means to.
  const child = spawn(command, args, { env: options.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true })
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', log)
  return child
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}

async function stopChild(child: ChildProcess, exited: Promise<void>, graceMs: number): Promise<void> {
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await exited
  clearTimeout(impatience)
}
