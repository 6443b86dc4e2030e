import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http'
import { readCaller } from '@tasain/kit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, listCookies, openBrowser, startTestDesk, type TestDesk } from '../../../../test/support/desk.ts'

let desk: TestDesk
let browser: Browser
let csrf: string
let reached: IncomingMessage[]

beforeAll(async () => {
  desk = await startTestDesk()
  await desk.startProvider()
  browser = openBrowser()
  await browser.signIn(desk.address, 'clerk-1')
  const session = (await (await ask('/api/session')).json()) as { csrf: string }
  csrf = session.csrf
})
afterAll(() => desk.stop())
beforeEach(() => {
  reached = []
  answerWith((_request, response) => void response.end('{}'))
})

test('a request goes on with the word of the desk on who asks, and with nothing else of the browser', async () => {
  const headers = {
    accept: 'application/json',
    authorization: 'Bearer forged',
    'idempotency-key': 'key-12345',
    'x-forwarded-for': '10.0.0.1',
    'x-http-method-override': 'DELETE',
    'x-view-grant': 'grant',
  }
  await ask('/api/balancer/load?day=1', { headers })
  const [request] = reached
  expect(request?.url).toBe('/load?day=1')
  expect(request?.headers).toMatchObject({ 'idempotency-key': 'key-12345', 'x-view-grant': 'grant' })
  expect(Object.keys(request?.headers ?? {}).sort()).toEqual(
    ['accept', 'authorization', 'connection', 'host', 'idempotency-key', 'x-view-grant'].sort(),
  )
  const token = request?.headers.authorization?.replace('Bearer ', '') ?? ''
  expect(await readCaller({ desk: desk.house.config.publicKey }, token)).toEqual({
    subject: 'clerk-1',
    name: 'Aino Arkisto',
    roles: ['clerk'],
    office: 'o1',
    district: 'd1',
  })
})

test('of the answer only what we know passes, and a place at the house becomes one at the desk', async () => {
  answerWith((_request, response) => {
    response
      .writeHead(201, { location: '/uploads/7?a=1', 'set-cookie': 'a=b', server: 'a house', 'upload-offset': '0' })
      .end()
  })
  const response = await ask('/api/intake/uploads', { method: 'POST', headers: { 'x-csrf': csrf } })
  expect(response.status).toBe(201)
  expect(response.headers.get('location')).toBe('/api/intake/uploads/7?a=1')
  expect(response.headers.get('upload-offset')).toBe('0')
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(response.headers.get('server')).toBeNull()
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('what a browser has no business with does not reach the houses', async () => {
  for (const path of [
    'intake/verify',
    'intake/handovers?after=0',
    'balancer/ready',
    'balancer/health',
    'desk/verify',
    '',
  ]) {
    const response = await ask(`/api/${path}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'request.not_found' } })
  }
  expect((await ask('/verify')).status).toBe(401)
  expect(reached).toEqual([])
})

test('without a session nothing passes, and the answer says so in words a page can show', async () => {
  const body = randomBytes(1_000_000)
  const response = await fetch(`${desk.address}/api/intake/uploads/7`, { method: 'PATCH', body })
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({
    error: { code: 'session.none', message: { fi: /Kirjaudu uudelleen/ } },
  })
  expect(reached).toEqual([])
})

test('a write that another site’s page could have sent is refused', async () => {
  const sent: Record<string, string>[] = [
    {},
    { 'x-csrf': 'x' },
    { 'x-csrf': `${csrf}x` },
    { 'x-csrf': csrf, 'sec-fetch-site': 'cross-site' },
    { 'x-csrf': csrf, 'sec-fetch-site': 'same-site' },
    { 'x-csrf': csrf, 'sec-fetch-site': 'none' },
  ]
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    for (const headers of sent) {
      const response = await ask('/api/balancer/tasks/next', { method, headers })
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ error: { code: 'session.forged' } })
    }
  expect((await ask('/api/intake/batches', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
  expect((await ask('/sign-out', { method: 'POST' })).status).toBe(403)
  expect(reached).toEqual([])
  const headers = { 'x-csrf': csrf, 'sec-fetch-site': 'same-origin' }
  expect((await ask('/api/balancer/tasks/next', { method: 'POST', headers })).status).toBe(200)
})

test('an upload streams: the house has its beginning while the browser still holds its end', async () => {
  const seen = Promise.withResolvers<number>()
  answerWith(async (request, response) => {
    let bytes = 0
    for await (const chunk of request) {
      bytes += (chunk as Buffer).length
      seen.resolve(bytes)
    }
    response.end(String(bytes))
  })
  const piece = randomBytes(1_000_000)
  const upload = openUpload('/api/intake/batches/1/scans', 25_000_000)
  upload.write(piece)
  expect(await seen.promise).toBeGreaterThan(0)
  for (let count = 1; count < 25; count += 1) if (!upload.write(piece)) await once(upload, 'drain')
  upload.end()
  const [response] = (await once(upload, 'response')) as [IncomingMessage]
  expect(await readText(response)).toBe('25000000')
})

test('when the browser breaks off, the house sees the upload break off', async () => {
  const broken = Promise.withResolvers<string>()
  const begun = Promise.withResolvers<void>()
  answerWith((request) => {
    request.once('data', () => begun.resolve())
    request.on('error', (error: NodeJS.ErrnoException) => broken.resolve(String(error.code)))
  })
  const upload = openUpload('/api/intake/uploads/7', 5_000_000)
  upload.on('error', () => {})
  upload.write(randomBytes(100_000))
  await begun.promise
  upload.destroy()
  expect(await broken.promise).toBe('ECONNRESET')
})

test('an answer that a house breaks off does not look like a whole one', async () => {
  answerWith((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('half', () => response.destroy())
  })
  const response = await ask('/api/intake/batches')
  await expect(response.text()).rejects.toThrow('terminated')
})

test('a house that refuses before it has read everything is heard', async () => {
  answerWith((_request, response) => {
    response.writeHead(413, { 'content-type': 'application/json' }).end('{"error":{}}')
  })
  const headers = { 'x-csrf': csrf }
  const response = await ask('/api/intake/batches/1/scans', { method: 'POST', headers, body: randomBytes(3_000_000) })
  expect(response.status).toBe(413)
  expect((await ask('/api/session')).status).toBe(200)
})

test('a house that cannot be reached is an honest 503, also in the middle of an upload', async () => {
  answerWith((request) => void request.once('data', () => request.socket.destroy()))
  const headers = { 'x-csrf': csrf }
  const body = randomBytes(3_000_000)
  await expectUnavailable(await ask('/api/intake/batches/1/scans', { method: 'POST', headers, body }))
  answerWith((_request, response) => void response.end('{}'))
  const other = await desk.openWith({ intakeUrl: 'http://127.0.0.1:9' })
  await expectUnavailable(await browser.send(`${other}/api/intake/batches`))
  expect((await browser.send(`${other}/api/balancer/load`)).status).toBe(200)
})

test('a person in too much haste is told how long to wait', async () => {
  const headers = { 'x-csrf': csrf }
  const other = await desk.openWith({})
  const upload = () => browser.send(`${other}/api/intake/uploads`, { method: 'POST', headers })
  const statuses: number[] = []
  for (let count = 0; count < 120; count += 1) statuses.push((await upload()).status)
  let last = await upload()
  for (let count = 0; last.status === 200 && count < 60; count += 1) last = await upload()
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(last.status).toBe(429)
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await browser.send(`${other}/api/intake/batches`)).status).toBe(200)
})

test('every page of the client is the front page, its built files stay, and a missing file is missing', async () => {
  const page = await ask('/manager/rules?x=1', { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('<title>Tasain</title>')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  const file = await ask('/assets/main-1.js')
  expect(file.headers.get('cache-control')).toContain('immutable')
  expect(file.headers.get('content-type')).toContain('text/javascript')
  expect((await ask('/assets/other.js')).status).toBe(404)
  expect(await (await ask('/..%2f..%2fsession')).text()).toContain('<title>Tasain</title>')
})

test('every answer tells the browser to run only what is ours', async () => {
  for (const path of ['/', '/api/session', '/sign-in/callback', '/nothing.js']) {
    const { headers } = await ask(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain(`form-action 'self' ${desk.house.config.issuer.origin};`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  }
})

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return browser.send(`${desk.address}${path}`, init)
}

function answerWith(listener: (request: IncomingMessage, response: ServerResponse) => unknown): void {
  desk.answer((request, response) => {
    reached.push(request)
    void listener(request, response)
  })
}

function openUpload(path: string, bytes: number) {
  const headers = {
    cookie: listCookies(browser.cookies),
    'x-csrf': csrf,
    'content-length': bytes,
    'content-type': 'application/octet-stream',
  }
  return requestHttp(`${desk.address}${path}`, { method: 'POST', headers })
}

async function readText(response: IncomingMessage): Promise<string> {
  return Buffer.concat((await response.toArray()) as Buffer[]).toString()
}

async function expectUnavailable(response: Response): Promise<void> {
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('5')
  expect(await response.json()).toMatchObject({ error: { code: 'service.unavailable' } })
}
