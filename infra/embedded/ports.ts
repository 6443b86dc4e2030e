import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below the kernel's range for outgoing connections (32768 and up): otherwise the port of a child that is down for a
// moment may be taken by any connection another child opens, and the restart would fail.
const lowest = 20_000
const highest = 32_000

/** Whether a server could listen on 127.0.0.1 at this port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** A port on 127.0.0.1 that nobody listens on, and that is not among `taken`. */
export async function findFreePort(taken: readonly number[] = []): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(lowest, highest)
    if (!taken.includes(port) && (await isPortFree(port))) return port
  }
  throw new Error(`no free port between ${lowest} and ${highest} on 127.0.0.1`)
}
