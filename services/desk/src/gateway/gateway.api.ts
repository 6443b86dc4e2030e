import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { hasBody, refuse, signCaller } from '@tasain/kit'
import type { Express, Request, Response } from 'express'
import { Agent } from 'undici'
import type { House } from '../house.ts'
import type { GetVisitor } from '../sign-in/session.api.ts'
import { createAllowances } from './allowance.ts'
import { pickRequestHeaders, pickResponseHeaders } from './headers.ts'
import { findTarget, type GatewayHouse, type Target } from './target.ts'

// Longer than any request may last: it only ends what would otherwise hang for ever.
const silenceMs = 310_000

/**
 * What forwards: it writes each message's end itself (a length that it checks, or chunks), whatever the method, and gives up
 * a connection on which an answer came before the body was sent, or on which anything failed.
 */
const agent = new Agent({ allowH2: false, headersTimeout: silenceMs, bodyTimeout: silenceMs })

/** Mounts the way to the houses: each request goes on with a token that says who asks, and nothing else of the browser's. */
export function mountGateway(app: Express, { config, clock }: House, getVisitor: GetVisitor): void {
  const origins: Record<GatewayHouse, URL> = {
    intake: new URL(config.intakeUrl),
    balancer: new URL(config.balancerUrl),
  }
  const allowances = createAllowances()

  app.use('/api', async (request, response) => {
    const { caller } = await getVisitor(request)
    const target = findTarget(request.method, request.url)
    if (!target) throw refuse('request.not_found')
    const waitSeconds = allowances.take(caller.subject, target.bucket, clock.now())
    if (waitSeconds > 0) {
      response.set('Retry-After', String(waitSeconds))
      throw refuse('request.too_many')
    }
    const token = await signCaller('desk', config.privateKey, caller)
    await passOn(origins[target.house], target, token, request, response)
  })
}

/**
 * Streams the request to the service and its answer back. When the browser goes away the service sees it go; when the
 * service cannot be reached, or ends before it has answered, the request is refused.
 */
async function passOn(origin: URL, target: Target, token: string, request: Request, response: Response): Promise<void> {
  // The browser may have gone away while it was asked who it is.
  if (response.destroyed) return
  const leaving = new AbortController()
  response.once('close', () => leaving.abort())
  const options = {
    origin,
    path: target.path,
    method: request.method,
    headers: { ...pickRequestHeaders(request.headers), authorization: `Bearer ${token}` },
    // Not the request itself: a service that answers before it has read everything would take the browser's connection along.
    body: hasBody(request) ? Readable.from(request.iterator({ destroyOnReturn: false })) : null,
    signal: leaving.signal,
  }
  const answer = await agent.request(options).catch(() => undefined)
  if (response.destroyed) return
  if (!answer) throw refuse('service.unavailable')
  response.writeHead(answer.statusCode, pickResponseHeaders(answer.headers, origin, target.prefix))
  // A fault on the way back destroys the response: a cut answer must not look like a whole one.
  await pipeline(answer.body, response).catch(() => {})
}
