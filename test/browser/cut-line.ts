import { once } from 'node:events'
import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/**
 * When the line is cut around one request: before any of it is passed on; once all of it is, before or while it is answered;
 * or not cut but silent. `late`: it lies somewhere on the way and arrives when the line is long back.
 */
export const moments = ['before', 'sent', 'answered', 'midway', 'silent', 'late'] as const
export type Moment = (typeof moments)[number]

export type CutLine = {
  /** The address of the proxy that a browser is to use. */
  server: string
  /** Cuts the line at the next POST to such a path. @returns resolves once it is cut. */
  cutAt: (path: RegExp, moment: Moment, delayMs?: number) => Promise<void>
  cut: () => void
  mend: () => void
  /** Passes on what lies on the way since it was cut `late`. @returns the status it is answered with */
  deliverLate: () => Promise<number | undefined>
  close: () => Promise<void>
}

type Trap = { path: RegExp; moment: Moment; delayMs: number; sprung: () => void }

/** A line between a browser and the desk that can be cut at any moment of a request: a forward proxy. */
export async function openCutLine(): Promise<CutLine> {
  const sockets = new Set<Socket>()
  let trap: Trap | undefined
  let [isDown, isSilent] = [false, false]
  let late: (() => Promise<number>) | undefined
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const cut = () => {
    isDown = true
    drop()
  }
  const spring = async ({ moment, delayMs, sprung }: Trap, request: IncomingMessage): Promise<void> => {
    const body = await readAll(request)
    const answer = () => passOn(request, body)
    if (moment === 'late') late = async () => (await answer()).status
    else if (moment === 'sent' || moment === 'silent') void answer().catch(() => undefined)
    else if (moment === 'answered') await answer()
    if (moment === 'silent') isSilent = true
    else {
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      cut()
    }
    sprung()
  }
  const listen = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isDown) return void request.socket.destroy()
    if (isSilent) return
    const hit = request.method === 'POST' && trap?.path.test(new URL(request.url ?? '').pathname) ? trap : undefined
    if (hit) trap = undefined
    if (hit && hit.moment !== 'midway') return await spring(hit, request)
    const answer = await passOn(request, hit ? await readAll(request) : undefined).catch(() => undefined)
    if (!answer) return void response.destroy()
    if (isSilent) return
    response.writeHead(answer.status, answer.headers)
    if (!hit) return void response.end(answer.body)
    response.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), () => {
      cut()
      hit.sprung()
    })
  }
  const server = createServer((request, response) => void listen(request, response))
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAt: (path, moment, delayMs = 0) =>
      new Promise<void>((resolve) => {
        trap = { path, moment, delayMs, sprung: resolve }
      }),
    cut,
    mend() {
      if (isSilent) drop()
      isDown = false
      isSilent = false
    },
    async deliverLate() {
      const deliver = late
      late = undefined
      return await deliver?.()
    },
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}

type Passed = { status: number; headers: IncomingMessage['headers']; body: Buffer }

async function passOn(request: IncomingMessage, body: Buffer | undefined): Promise<Passed> {
  const { 'proxy-connection': _proxy, ...headers } = request.headers
  const inner = requestHttp(new URL(request.url ?? ''), { method: request.method, headers })
  if (body === undefined) request.pipe(inner)
  else inner.end(body)
  const [answer] = (await once(inner, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await readAll(answer) }
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
