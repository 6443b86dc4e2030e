import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, listCookies, openBrowser, startTestDesk, type TestDesk } from '../../../../test/support/desk.ts'
import { openRaw, writePieces } from '../../../../test/support/raw-http.ts'
import { createRecorder, type Recorder } from '../../../../test/support/recorder.ts'

const attempts = process.env['TASAIN_LONG'] === '1' ? 10_000 : 500
const lanes = 10

let desk: TestDesk
let address: string
let recorder: Recorder
let victim: Browser
let head: string

beforeAll(async () => {
  desk = await startTestDesk()
  await desk.startProvider()
  recorder = createRecorder(desk.innerServer, desk.house.config.publicKey)
  desk.answer(recorder.listener)
  // Each look at this clock is a second later, so that the allowances of a minute do not end the test.
  let now = Date.now()
  const advance = () => {
    now += 1_000
    return new Date(now)
  }
  address = await desk.openWith({}, { now: advance })
  victim = openBrowser()
  await victim.signIn(desk.address, 'handler-1')
  const attacker = openBrowser()
  await attacker.signIn(desk.address, 'clerk-1')
  const { csrf } = (await (await attacker.send(`${desk.address}/api/session`)).json()) as { csrf: string }
  head = `Host: x\r\nCookie: ${listCookies(attacker.cookies)}\r\nX-Csrf: ${csrf}\r\n`
})
afterAll(() => desk.stop())

describe('The gateway frames every message', () => {
  test(`of ${attempts} random framings none reaches another person or adds a request`, {
    timeout: 3_600_000,
  }, async () => {
    const random = createRandom(20_261_201)
    const wrong: unknown[] = []
    const sent = new Map<string, Attempt>()
    let earlier: Socket[] = []
    for (let first = 0; first < attempts; first += lanes) {
      const sockets = await Promise.all(
        Array.from({ length: lanes }, async (_, lane) => {
          const attempt = drawAttempt(first + lane, random)
          for (const url of attempt.urls) sent.set(url, attempt)
          const socket = await openRaw(address)
          socket.resume()
          await writePieces(socket, attempt.pieces)
          wrong.push(...(await askAsVictim(first + lane)))
          return socket
        }),
      )
      // Whatever still waits for the rest of its message is broken off a round later.
      for (const socket of earlier) socket.destroy()
      earlier = sockets
    }
    for (const socket of earlier) socket.destroy()
    await recorder.settle()
    const counts = new Map<string, number>()
    for (const { url, subject, method, body } of recorder.seen) {
      const count = (counts.get(url) ?? 0) + 1
      counts.set(url, count)
      const isVictim = /^\/load\?victim=\d+$/.test(url)
      const attempt = sent.get(url)
      const isMeant = isVictim ? subject === 'handler-1' && method === 'GET' : attempt && subject === 'clerk-1'
      const isBody = isVictim ? body === '' : body === undefined || attempt?.bodies.has(body)
      if (!isMeant || !isBody || count > 1) wrong.push({ url, subject, method, body, count })
    }
    expect(wrong).toEqual([])
    expect(recorder.faults).toEqual([])
    // A test in which nothing passed would prove nothing.
    const forwarded = [...counts.keys()].filter((url) => sent.has(url)).length
    console.log(`${forwarded} messages of ${attempts} random framings were forwarded`)
    expect(forwarded).toBeGreaterThan(attempts / 5)
  })
})

/** Asks for something of their own; returns the answer when it is not the one to that. */
async function askAsVictim(number: number): Promise<unknown[]> {
  const url = `/load?victim=${number}`
  const response = await victim.send(`${address}/api/balancer${url}`)
  const text = await response.text()
  return text === JSON.stringify({ method: 'GET', url, subject: 'handler-1' }) ? [] : [{ url, text }]
}

/** `urls` may reach a service once each; `bodies` are what it may read with them. */
type Attempt = { pieces: string[]; urls: string[]; bodies: Set<string> }
type Random = { below: (limit: number) => number; pick: <T>(list: readonly T[]) => T }

const methods = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST', 'POST', 'PATCH', 'PUT', 'TRACE', 'QUERY', 'get', 'CONNECT']
const encodings = [
  'Transfer-Encoding: chunked',
  'transfer-encoding:chunked',
  'TRANSFER-ENCODING: CHUNKED',
  'Transfer-Encoding: chunked ',
  'Transfer-Encoding:\tchunked',
  'Transfer-Encoding:\r\n chunked',
  'Transfer-Encoding : chunked',
  'Transfer-Encoding: identity',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: xchunked',
  'X: y\nTransfer-Encoding: chunked',
  'X: y\rTransfer-Encoding: chunked',
  'Transfer_Encoding: chunked',
  ' Transfer-Encoding: chunked',
]
const extras = [
  'Expect: 100-continue',
  'Expect: x',
  'Connection: keep-alive, content-length',
  'Connection: transfer-encoding',
  'Connection: close',
  'Upgrade: h2c\r\nConnection: Upgrade',
  'Content-Encoding: gzip',
  'Trailer: content-length',
  'X-Http-Method-Override: POST',
]

function drawAttempt(number: number, random: Random): Attempt {
  const [own, next] = [`/offices?own=${number}`, `/offices?next=${number}`]
  const hidden = drawHidden(number, random)
  const chunks = `${hidden.length.toString(16)}${random.pick(['', '', ';x=y'])}\r\n${hidden}\r\n0\r\n\r\n`
  // Half of the messages say where they end as they should: those are forwarded, with the hidden one as their body.
  const sound = random.below(2) === 0 ? drawSound(hidden, chunks, random) : undefined
  const bytes = sound?.bytes ?? random.pick([hidden, chunks, chunks, `${chunks}${hidden}`, `0\r\n\r\n${hidden}`, ''])
  const lengths = [
    bytes.length,
    bytes.length,
    hidden.length,
    chunks.length,
    0,
    random.below(hidden.length + 1),
    hidden.length + 7,
  ]
  const drawHeader = () =>
    random.pick([
      () => random.pick(encodings),
      () => random.pick(encodings.slice(0, 3)),
      () => `${random.pick(['Content-Length', 'content-length', 'CONTENT-LENGTH'])}: ${random.pick(lengths)}`,
      () => `Content-Length: ${random.pick(['+', '0', '-', ' ', '0x'])}${random.pick(lengths)}`,
      () => random.pick(extras),
    ])()
  const headers = sound?.headers ?? Array.from({ length: random.below(4) }, () => `${drawHeader()}\r\n`).join('')
  const flavour = random.pick(['', '', '', '', '&early', '&cut'])
  const ownUrl = own + flavour
  const follower = random.pick(['', `GET /api/balancer${next} HTTP/1.1\r\n${head}\r\n`])
  const version = sound ? 'HTTP/1.1' : random.pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0'])
  const text = `${sound?.method ?? random.pick(methods)} /api/balancer${ownUrl} ${version}\r\n${head}${headers}\r\n${bytes}${follower}`
  const whole = random.pick([text, text, text, text.slice(0, head.length + random.below(text.length - head.length))])
  // What follows the head may be the body as far as any length says, and the same with the follower behind it.
  const tail = bytes + follower
  const bodies = new Set(['', hidden, ...Array.from({ length: tail.length + 1 }, (_, end) => tail.slice(0, end))])
  return { pieces: cut(whole, random), urls: [ownUrl, next], bodies }
}

/** One header that frames the body, on a method that may have it; or no body at all. */
function drawSound(hidden: string, chunks: string, { pick }: Random) {
  return pick([
    { method: pick(['GET', 'HEAD', 'DELETE', 'POST']), headers: '', bytes: '' },
    { method: pick(['POST', 'PATCH', 'PUT']), headers: `Content-Length: ${hidden.length}\r\n`, bytes: hidden },
    { method: pick(['POST', 'PATCH', 'PUT']), headers: 'Transfer-Encoding: chunked\r\n', bytes: chunks },
  ])
}

/** A whole request that another program might read behind the first, or half of one that swallows the next person's head. */
function drawHidden(number: number, { pick }: Random): string {
  const method = pick(['GET', 'POST', 'DELETE'])
  const begin = `${method} /tasks/next?hidden=${number} HTTP/1.1\r\nHost: x\r\n`
  return pick([
    `${begin}\r\n`,
    `${begin}Content-Length: 0\r\n\r\n`,
    `${begin}X-Swallow: `,
    `${begin}Content-Length: 400\r\n\r\n`,
    `${begin}Transfer-Encoding: chunked\r\n\r\nfff\r\n`,
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    '\r\n\r\n',
    'plain',
  ])
}

function cut(text: string, { below }: Random): string[] {
  const places = Array.from({ length: below(4) }, () => below(text.length)).sort((a, b) => a - b)
  return [0, ...places].map((place, index) => text.slice(place, places[index] ?? text.length)).filter(Boolean)
}

/** The same numbers for the same seed (mulberry32). */
function createRandom(seed: number): Random {
  let state = seed
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] }
}
