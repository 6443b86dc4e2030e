import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listCookies, openBrowser, startTestDesk, type TestDesk } from '../../../../test/support/desk.ts'
import { openRaw, type RawAnswer, readAnswer, sendRaw } from '../../../../test/support/raw-http.ts'
import { createRecorder, type Recorder } from '../../../../test/support/recorder.ts'

const hidden = 'POST /tasks/next?hidden HTTP/1.1\r\nHost: x\r\nX-Swallow: '
const hex = hidden.length.toString(16)
const chunked = `${hex}\r\n${hidden}\r\n0\r\n\r\n`
const length = `Content-Length: ${hidden.length}`

type Framing = { name: string; headers: string[]; bytes: string; body?: string }
/** What follows a head and how the head speaks of it; `body` where it may be forwarded, as the service must read it. */
const framings: Framing[] = [
  { name: 'nothing', headers: [], bytes: '', body: '' },
  { name: 'a length of 0', headers: ['Content-Length: 0'], bytes: '', body: '' },
  { name: 'a length', headers: [length], bytes: hidden, body: hidden },
  { name: 'a length in lower case', headers: [length.toLowerCase()], bytes: hidden, body: hidden },
  { name: 'a length with zeros', headers: [`Content-Length: 00${hidden.length}`], bytes: hidden, body: hidden },
  { name: 'chunks', headers: ['Transfer-Encoding: chunked'], bytes: chunked, body: hidden },
  { name: 'chunks in capitals', headers: ['TRANSFER-ENCODING: CHUNKED'], bytes: chunked, body: hidden },
  { name: 'no chunk but the last', headers: ['Transfer-Encoding: chunked'], bytes: '0\r\n\r\n', body: '' },
  { name: 'both', headers: [length, 'Transfer-Encoding: chunked'], bytes: chunked },
  { name: 'both the other way round', headers: ['Transfer-Encoding: chunked', 'Content-Length: 4'], bytes: chunked },
  { name: 'a folded line', headers: ['Transfer-Encoding:\r\n chunked'], bytes: chunked },
  { name: 'a folded length', headers: [`Content-Length:\r\n\t${hidden.length}`], bytes: hidden },
  { name: 'two equal lengths', headers: [length, length], bytes: hidden },
  { name: 'two different lengths', headers: ['Content-Length: 5', length], bytes: hidden },
  { name: 'a list of lengths', headers: [`${length}, ${hidden.length}`], bytes: hidden },
  { name: 'a signed length', headers: [`Content-Length: +${hidden.length}`], bytes: hidden },
  { name: 'a length below 0', headers: ['Content-Length: -1'], bytes: hidden },
  { name: 'identity', headers: ['Transfer-Encoding: identity'], bytes: hidden },
  { name: 'gzip and chunks', headers: ['Transfer-Encoding: gzip, chunked'], bytes: chunked },
  { name: 'chunks not last', headers: ['Transfer-Encoding: chunked, identity'], bytes: chunked },
  { name: 'an odd spelling', headers: ['Transfer-Encoding: xchunked'], bytes: chunked },
  { name: 'a quoted spelling', headers: ['Transfer-Encoding: "chunked"'], bytes: chunked },
  { name: 'a blank before the colon', headers: ['Transfer-Encoding : chunked'], bytes: chunked },
  { name: 'chunks twice', headers: ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], bytes: chunked },
  { name: 'a bare line feed', headers: ['X: y\nTransfer-Encoding: chunked'], bytes: chunked },
  { name: 'a nameless byte', headers: ['Transfer-Encoding: \x0bchunked'], bytes: chunked },
]
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND', 'get', 'Ab']

let desk: TestDesk
let recorder: Recorder
let head: string
let canaries = 0
const victim = openBrowser()

beforeAll(async () => {
  desk = await startTestDesk()
  await desk.startProvider()
  recorder = createRecorder(desk.innerServer, desk.house.config.publicKey)
  desk.answer(recorder.listener)
  await victim.signIn(desk.address, 'handler-1')
  const browser = openBrowser()
  await browser.signIn(desk.address, 'clerk-1')
  const { csrf } = (await (await browser.send(`${desk.address}/api/session`)).json()) as { csrf: string }
  head = `Host: 127.0.0.1\r\nCookie: ${listCookies(browser.cookies)}\r\nX-Csrf: ${csrf}\r\n`
})
afterAll(() => desk.stop())
beforeEach(() => {
  recorder.seen.length = 0
  recorder.faults.length = 0
})

describe('The gateway frames every message', () => {
  test.each(methods)('%s in any framing reaches a service once and whole, or is refused', async (method) => {
    for (const framing of framings) {
      const answer = await ask(method, framing)
      const seen = await settle()
      expect(recorder.faults, framing.name).toEqual([])
      if (answer.status === 200) {
        const url = '/offices'
        expect(seen, framing.name).toEqual([{ method, url, subject: 'clerk-1', body: framing.body }])
        expect(answer.head, framing.name).not.toMatch(/^connection: close/im)
      } else {
        expect(answer.status, framing.name).toSatisfy((status: number) => [400, 404, 405, 501].includes(status))
        expect(answer.isClosed, framing.name).toBe(true)
        expect(seen, framing.name).toEqual([])
      }
    }
  })

  test('what a browser sends passes as it always has', async () => {
    const statuses = async (method: string, names: string[]) => {
      const chosen = framings.filter(({ name }) => names.includes(name))
      const answers = []
      for (const framing of chosen) answers.push((await ask(method, framing)).status)
      return answers
    }
    for (const method of ['GET', 'HEAD', 'DELETE'])
      expect(await statuses(method, ['nothing', 'a length of 0', 'a length', 'chunks'])).toEqual([200, 200, 400, 400])
    for (const method of ['POST', 'PUT', 'PATCH'])
      expect(await statuses(method, ['nothing', 'a length of 0', 'a length', 'chunks'])).toEqual([200, 200, 200, 200])
    for (const method of ['OPTIONS', 'TRACE', 'QUERY']) expect(await statuses(method, ['nothing'])).toEqual([405])
  })

  test('the refusal says in words what was wrong', async () => {
    const body = await ask('GET', framings.find(({ name }) => name === 'chunks') as Framing)
    expect(JSON.parse(body.body)).toMatchObject({ error: { code: 'request.body_unexpected' } })
    const method = await ask('OPTIONS', framings[0] as Framing)
    expect(JSON.parse(method.body)).toMatchObject({ error: { code: 'request.method_unknown' } })
    expect(method.head).toMatch(/^allow: GET, HEAD, DELETE, POST, PUT, PATCH\r?$/im)
  })

  test('what stands behind a refused message is never done', async () => {
    const next = `POST /api/balancer/tasks/next HTTP/1.1\r\n${head}\r\n`
    await sendRaw(desk.address, [`OPTIONS /api/balancer/offices HTTP/1.1\r\n${head}\r\n${next}`])
    await sendRaw(desk.address, [`GET /api/balancer/offices HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\nok${next}`])
    expect(await settle()).toEqual([])
  })

  test('an answer before the body was read ends both connections', async () => {
    const sockets: Socket[] = []
    desk.innerServer.on('request', ({ socket }: IncomingMessage) => sockets.push(socket))
    const path = '/api/balancer/tasks/next?early'
    const answer = await sendRaw(desk.address, [`POST ${path} HTTP/1.1\r\n${head}Content-Length: 9\r\n\r\nhalf`])
    expect(answer).toMatchObject({ status: 200, isClosed: true })
    expect(answer.head).toMatch(/^connection: close$/im)
    await settle()
    await settle()
    const [outOfOrder, ...others] = sockets
    expect(outOfOrder?.destroyed).toBe(true)
    expect(new Set(others).size).toBe(1)
  })

  test('bodies that never come, without a session, hold no connection', async () => {
    const silent = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = await openRaw(desk.address)
        socket.write('POST /api/intake/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx')
        return await readAnswer(socket, 10_000)
      }),
    )
    expect(new Set(silent.map(({ status, isClosed }) => `${status} ${isClosed}`))).toEqual(new Set(['401 true']))
    await expect.poll(() => countDeskConnections(), { timeout: 10_000 }).toBeLessThan(20)
  })
})

async function ask(method: string, { headers, bytes }: Framing): Promise<RawAnswer> {
  const lines = headers.map((line) => `${line}\r\n`).join('')
  return await sendRaw(desk.address, [`${method} /api/balancer/offices HTTP/1.1\r\n${head}${lines}\r\n${bytes}`])
}

/** What services have seen by the time another person's request, on the same inner connection, has its own answer. */
async function settle() {
  await wait(2)
  canaries += 1
  const url = `/load?canary=${canaries}`
  const response = await victim.send(`${desk.address}/api/balancer${url}`)
  expect(await response.json()).toEqual({ method: 'GET', url, subject: 'handler-1' })
  const seen = recorder.seen.splice(0)
  expect(seen.pop()).toEqual({ method: 'GET', url, subject: 'handler-1', body: '' })
  return seen
}

async function countDeskConnections(): Promise<number> {
  return await new Promise((resolve) => desk.server.getConnections((_error, count) => resolve(count)))
}
