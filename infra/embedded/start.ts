// `npm start`: the whole product on one machine, until Ctrl-C.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './houses.ts'
import { StartRefused } from './refusal.ts'
import { type Stack, startStack } from './stack.ts'

const interrupted = new AbortController()
let stack: Stack | undefined

// Who reads our words may go (`npm start | head`); the product goes on.
process.stdout.on('error', () => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)

try {
  stack = await startStack({ ...readOptions(), say: (line) => console.log(line), signal: interrupted.signal })
  if (interrupted.signal.aborted) await end(stack)
} catch (error) {
  if (interrupted.signal.aborted) process.exit(0)
  console.error(error instanceof StartRefused ? error.message : error)
  process.exit(1)
}

function readOptions(): { dataDir: string; port: number; empty: boolean } {
  const port = Number(process.env['TASAIN_PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartRefused(`TASAIN_PORT must be a port number from 1 to 65535, not "${process.env['TASAIN_PORT']}".`)
  return { dataDir: resolve(root, process.env['TASAIN_DATA'] ?? '.tasain'), port, empty: readArguments().empty }
}

function readArguments(): { empty: boolean } {
  try {
    return parseArgs({ options: { empty: { type: 'boolean', default: false } } }).values
  } catch {
    throw new StartRefused('The only option is --empty: npm start -- --empty starts without demo tasks and demo scans.')
  }
}

/** The first signal stops in order; a second one, from somebody who will not wait, at once: the kernel ends the children. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(1)
  console.log('Stopping ...')
  interrupted.abort()
  if (stack) void end(stack)
}

async function end(running: Stack): Promise<void> {
  await running.stop()
  process.exit(0)
}
