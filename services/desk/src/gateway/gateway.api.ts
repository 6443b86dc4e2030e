import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { pipeline } from 'node:stream'
import { refuse, signCaller } from '@tasain/kit'
import type { Express, Request, Response } from 'express'
import type { House } from '../house.ts'
import type { GetVisitor } from '../sign-in/session.api.ts'
import { createAllowances } from './allowance.ts'
import { pickRequestHeaders, pickResponseHeaders } from './headers.ts'
import { findTarget, type GatewayHouse, type Target } from './target.ts'

// Longer than any request may last: it only ends what would otherwise hang for ever.
const silenceMs = 310_000
const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) }

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
 * Streams the request to the house and its answer back. When the browser goes away the house sees it go; when the house
 * cannot be reached, or ends before it has answered, the request is refused.
 */
async function passOn(origin: URL, target: Target, token: string, request: Request, response: Response): Promise<void> {
  const isSecure = origin.protocol === 'https:'
  const inner = (isSecure ? requestHttps : requestHttp)(new URL(target.path, origin), {
    method: request.method,
    headers: { ...pickRequestHeaders(request.headers), authorization: `Bearer ${token}` },
    agent: isSecure ? agents.https : agents.http,
    timeout: silenceMs,
  })
  inner.on('timeout', () => inner.destroy(new Error('the house was silent')))
  response.on('close', () => {
    if (!response.writableFinished) inner.destroy()
  })
  request.pipe(inner)
  try {
    await passBack(await receive(inner), origin, target, response)
  } finally {
    // A house may answer before it has read everything; the rest is read here, so that the connection can be used again.
    request.unpipe(inner)
    request.resume()
  }
}

async function receive(inner: ReturnType<typeof requestHttp>): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    inner.once('response', resolve)
    // Stays after the answer: a house that no longer reads breaks the pipe, and that is not a fault by then.
    inner.on('error', () => reject(refuse('service.unavailable')))
  })
}

async function passBack(answer: IncomingMessage, origin: URL, target: Target, response: Response): Promise<void> {
  response.writeHead(answer.statusCode ?? 502, pickResponseHeaders(answer.headers, origin, target.prefix))
  // A fault on the way back destroys the response: a cut answer must not look like a whole one.
  await new Promise<void>((resolve) => pipeline(answer, response, () => resolve()))
}
