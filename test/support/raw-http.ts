import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export type RawAnswer = { status: number; head: string; body: string; isClosed: boolean }

/**
 * Sends bytes as they are, piece by piece, and reads what comes back until the first answer is whole, the connection ends or
 * `waitMs` have passed without an answer (status 0).
 */
export async function sendRaw(address: string, pieces: readonly string[], waitMs = 2_000): Promise<RawAnswer> {
  const socket = await openRaw(address)
  const answer = readAnswer(socket, waitMs, pieces[0]?.startsWith('HEAD '))
  await writePieces(socket, pieces)
  const result = await answer
  socket.destroy()
  return result
}

/** Writes bytes as they are, so that each piece travels by itself. */
export async function writePieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await wait(1)
    if (socket.writable) socket.write(piece, 'latin1')
  }
}

export async function openRaw(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  // Writing to a connection that the other end has just ended is part of what is tried.
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** The first answer on a connection. An answer that announces its end is read until the connection has ended, for 3 s. */
export async function readAnswer(socket: Socket, waitMs: number, isHead = false): Promise<RawAnswer> {
  let text = ''
  let isClosed = false
  const { promise, resolve } = Promise.withResolvers<void>()
  let timer = setTimeout(resolve, waitMs)
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    if (!isWhole(text, isHead)) return
    clearTimeout(timer)
    if (/^connection: close/im.test(text)) timer = setTimeout(resolve, 3_000)
    else resolve()
  })
  for (const event of ['end', 'close'])
    socket.once(event, () => {
      isClosed = true
      resolve()
    })
  await promise
  clearTimeout(timer)
  const [head = '', ...rest] = text.replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, '').split('\r\n\r\n')
  return { status: Number(head.split(' ')[1] ?? 0), head, body: rest.join('\r\n\r\n'), isClosed }
}

function isWhole(text: string, isHead: boolean): boolean {
  const answer = text.replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, '')
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  if (isHead) return true
  const length = /^content-length: (\d+)/im.exec(answer.slice(0, headEnd))?.[1]
  if (length !== undefined) return answer.length >= headEnd + 4 + Number(length)
  return !/^transfer-encoding: chunked/im.test(answer.slice(0, headEnd)) || answer.endsWith('0\r\n\r\n')
}
