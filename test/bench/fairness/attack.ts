/** One clerk who does, for as long as they are let, the worst that one person can. */
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Batch, Stored } from '@tasain/contracts'
import { makeDensePdf, makeExplodingPdf } from '../../faults/heavy-files.ts'
import type { Voice } from '../../support/stack.ts'

export type Attack = { answers: ReadonlyMap<string, number>; stop: () => Promise<void> }
type Target = { voice: Voice; port: number; authorize: () => Promise<string> }

/** The desk lets one person ask so often, in milliseconds. */
const paceMs = 100

/**
 * Sends 300 dense pages and 60 that explode when they are drawn, then goes on with 70 uploads of a byte in five seconds,
 * drawings, exports of one application and unfinished uploads of 25 MB until it is stopped.
 */
export async function startAttack({ voice, port, authorize }: Target): Promise<Attack> {
  const answers = new Map<string, number>()
  const gone = new AbortController()
  const count = (what: string, status: number) =>
    answers.set(`${what} ${status}`, (answers.get(`${what} ${status}`) ?? 0) + 1)
  let next = performance.now()
  const ask = async (what: string, path: string, init: RequestInit = {}) => {
    next = Math.max(next + paceMs, performance.now())
    await sleep(Math.max(1, next - performance.now()), undefined, { signal: gone.signal })
    const response = await voice.fetch(path, { ...init, signal: gone.signal })
    await response.arrayBuffer()
    count(what, response.status)
    return response
  }
  const send = async (name: string, bytes: Buffer) => {
    const batch = (await voice.post<Batch>('/batches', {})).body.id
    return (await voice.upload<Stored>(`/batches/${batch}/scans`, bytes, name)).body.scan
  }
  const exploding = await send('exploding.pdf', makeExplodingPdf(60))
  const page = await send('one.pdf', makeDensePdf(1))
  const open = (await voice.post<Batch>('/batches', {})).body.id
  await send('dense.pdf', makeDensePdf(300, randomUUID()))

  const loops = [
    ...repeat(70, (turn) => dribble(port, open, authorize, gone.signal, (status) => count('dribble', status), turn)),
    ...repeat(20, async (turn) => {
      const one = exploding.pages[turn % exploding.pages.length]
      await ask('view', `/pages/${one?.id}/image?width=${turn % 2 === 0 ? 'page' : 'thumbnail'}`)
    }),
    ...repeat(40, async () => void (await ask('export', `/applications/${page.applicationId}/pdf`))),
    ...repeat(2, async () => await leaveUnfinished(ask, open)),
  ]
  return {
    answers,
    async stop() {
      gone.abort()
      await Promise.all(loops)
    },
  }

  function repeat(lanes: number, act: (turn: number) => Promise<void>): Promise<void>[] {
    return Array.from({ length: lanes }, async (_, lane) => {
      for (let turn = lane; !gone.signal.aborted; turn += lanes)
        await act(turn).catch(async () => await sleep(gone.signal.aborted ? 0 : 500))
    })
  }
}

/** An upload of one byte in five seconds, for as long as the service puts up with it. */
async function dribble(
  port: number,
  batch: string,
  authorize: () => Promise<string>,
  gone: AbortSignal,
  answered: (status: number) => void,
  turn: number,
): Promise<void> {
  const socket: Socket = connect(port, '127.0.0.1')
  const end = () => socket.destroy()
  gone.addEventListener('abort', end)
  const timer = setInterval(() => socket.write('x'), 5_000)
  socket.on('data', (data) => answered(Number(/^HTTP\/1.1 (\d+)/.exec(data.toString('latin1'))?.[1] ?? 0)))
  socket.on('error', end)
  socket.write(
    [
      `POST /batches/${batch}/scans HTTP/1.1`,
      'host: intake',
      `authorization: ${await authorize()}`,
      'content-type: multipart/form-data; boundary=b',
      'content-length: 9000000',
      '',
      `--b\r\ncontent-disposition: form-data; name="file"; filename="${turn}.jpg"\r\n\r\nx`,
    ].join('\r\n'),
  )
  await new Promise<void>((resolve) => socket.on('close', () => resolve()))
  clearInterval(timer)
  gone.removeEventListener('abort', end)
  await sleep(gone.aborted ? 0 : 500)
}

const encode = (text: string) => Buffer.from(text).toString('base64')

async function leaveUnfinished(
  ask: (what: string, path: string, init: RequestInit) => Promise<Response>,
  batch: string,
): Promise<void> {
  const tus = { 'tus-resumable': '1.0.0' }
  const metadata = `batchId ${encode(batch)},fileName ${encode('big.pdf')}`
  const headers = { ...tus, 'upload-length': '25000000', 'upload-metadata': metadata }
  const created = await ask('unfinished', '/uploads', { method: 'POST', headers })
  const path = created.headers.get('location')
  if (path === null) return
  const body = new Uint8Array(24_000_000)
  const sending = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await ask('unfinished part', path, { method: 'PATCH', headers: sending, body })
}
