import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import { listening } from './config.ts'
import { acceptFraming, lingerAtEnd } from './framing.ts'
import type { Log } from './log.ts'

export type Running = { port: number; server: Server; stop: () => Promise<void> }

/** Serves an app at one address of this machine, with bounded waits; `stop` lets running requests end for up to 10 seconds. */
export async function serve(app: Express, port: number, host = listening.host.fallback): Promise<Running> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 300_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      if (acceptFraming(request, response)) app(request, response)
    },
  )
  server.on('connection', lingerAtEnd)
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    server,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const deadline = setTimeout(() => server.closeAllConnections(), 10_000)
      await closed
      clearTimeout(deadline)
    },
  }
}

/** Runs a service's `main`: a fault at start is one sentence on standard error; SIGTERM and SIGINT stop it in order. */
export async function runService(log: Log, start: () => Promise<{ stop: () => Promise<void> }>): Promise<void> {
  // After an unforeseen fault nothing in memory can be trusted: stop, and let the supervisor start afresh.
  process.on('uncaughtException', (error) => {
    log.fatal({ error }, 'an unforeseen fault')
    process.exit(1)
  })
  process.on('unhandledRejection', (error) => {
    log.fatal({ error }, 'an unforeseen fault')
    process.exit(1)
  })
  try {
    const { stop } = await start()
    let stopping = false
    const end = () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error }, 'the stop was not clean')
          process.exit(1)
        },
      )
    }
    process.on('SIGTERM', end)
    process.on('SIGINT', end)
    // A supervisor that dies must not leave services behind: they hold an open channel to it.
    process.on('disconnect', end)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
