import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { newId } from '@tasain/vocabulary'
import { refusalBody, refuse } from './refuse.ts'

/** The methods that are served at all, and whether a request of that method may carry a body. */
const bodyAllowed: Record<string, boolean> = {
  GET: false,
  HEAD: false,
  DELETE: false,
  POST: true,
  PUT: true,
  PATCH: true,
}
// Long enough for a sender in the middle of a body to read the answer, short enough that silent ones cannot pile up.
const lingerMs = 2_000
const refused = new WeakSet<Socket>()

/** Whether a body follows the head: a length other than 0, or chunks, however many. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0
}

/**
 * Refuses what no service expects: a method not served (405), or a body on a method that has none (400). Programs behind
 * one another disagree about where such a message ends, and what one takes for its body another takes for the next request.
 * A connection on which a body was not read through before the answer is not used again.
 * @returns false when the request must not be handled: it has been refused, or stands behind a refused one.
 */
export function acceptFraming(request: IncomingMessage, response: ServerResponse): boolean {
  const { headers, socket, method = '' } = request
  if (refused.has(socket) || socket.writableEnded) return false
  const isKnown = Object.hasOwn(bodyAllowed, method)
  if (!isKnown) response.setHeader('Allow', Object.keys(bodyAllowed).join(', '))
  if (isKnown && !hasBody(request)) return true
  closeUnlessRead(request, response)
  // Of the encodings chunks alone are read here; another would reach the app as if it were the body itself.
  if (isKnown && bodyAllowed[method] && /^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked')) return true
  refused.add(socket)
  const refusal = refuse(isKnown ? 'request.body_unexpected' : 'request.method_unknown')
  response.statusCode = refusal.status
  response.setHeader('Cache-Control', 'no-store').setHeader('Content-Type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(refusalBody(refusal, newId())))
  return false
}

/** The answer says `Connection: close` unless the body has been read through by then. */
function closeUnlessRead(request: IncomingMessage, response: ServerResponse): void {
  const { shouldKeepAlive } = response
  response.shouldKeepAlive = false
  request.once('end', () => {
    response.shouldKeepAlive = shouldKeepAlive
  })
  response.once('finish', () => request.resume())
}

/**
 * Lets a connection end in order: Node would close it with a reset while its other end still writes, and that end might then
 * never read the answer.
 */
export function lingerAtEnd(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    const deadline = setTimeout(() => socket.destroy(), lingerMs)
    socket.once('close', () => clearTimeout(deadline))
  }
}
