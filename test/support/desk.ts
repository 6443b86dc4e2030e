import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, connect, createAccessLog, createLog, serve, systemClock } from '@tasain/kit'
import { createIdentityProvider } from '../../infra/embedded/identity-provider.ts'
import type { Person } from '../../infra/embedded/people.ts'
import { findFreePort } from '../../infra/embedded/ports.ts'
import { createApp } from '../../services/desk/src/app.ts'
import { type Config, readDeskConfig } from '../../services/desk/src/config.ts'
import type { House } from '../../services/desk/src/house.ts'
import { type Schema, schema } from '../../services/desk/src/schema.ts'
import { testDatabase } from './database.ts'

const secret = 'a secret of the tests'
const people: Person[] = [
  { subject: 'clerk-1', name: 'Aino Arkisto', roles: ['clerk'], officeId: 'o1', districtId: 'd1', language: 'fi' },
  {
    subject: 'handler-1',
    name: 'Viking Vik',
    roles: ['handler', 'x'],
    officeId: 'o2',
    districtId: 'd1',
    language: 'sv',
  },
  {
    subject: 'guest-1',
    name: 'Vieras Väki',
    roles: ['x', 'service'],
    officeId: null,
    districtId: null,
    language: 'sv',
  },
]

export type TestDesk = {
  address: string
  house: House
  /** What stands in the place of intake and balancer; a test may change it. */
  answer: (listener: RequestListener) => void
  server: Server
  innerServer: Server
  startProvider: () => Promise<void>
  stopProvider: () => Promise<void>
  /** The same desk as another installation would set it up. */
  openWith: (changes: Partial<Config>, clock?: Clock) => Promise<string>
  stop: () => Promise<void>
}

/** A real desk on a real database with the real development provider; behind it a server that the test answers for. */
export async function startTestDesk(): Promise<TestDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'tasain-desk-'))
  const [deskPort, providerPort] = [await findFreePort(), await findFreePort()]
  let listener: RequestListener = (_request, response) => void response.writeHead(204).end()
  const innerServer = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1')
  await once(innerServer, 'listening')
  const innerUrl = `http://127.0.0.1:${(innerServer.address() as AddressInfo).port}`
  const [address, issuer] = [`http://127.0.0.1:${deskPort}`, `http://127.0.0.1:${providerPort}`]
  const config = readDeskConfig(await makeEnv(folder, { deskPort, address, issuer, innerUrl }))
  const log = createLog('desk')
  log.level = 'silent'
  const { db, close } = connect<Schema>({ url: config.databaseUrl, schema, log, max: 4 })
  const house: House = { config, db, log, accessLog: createAccessLog(config.accessLogKey), clock: systemClock }
  const main = await serve(createApp(house), deskPort)
  const open = [main]
  let provider: Server | undefined
  const stopProvider = async () => {
    if (provider) await closeServer(provider)
    provider = undefined
  }
  return {
    address,
    house,
    server: main.server,
    innerServer,
    answer: (next) => {
      listener = next
    },
    async startProvider() {
      const keysFile = join(folder, 'provider-keys.json')
      const options = { issuer, deskUrl: address, clientSecret: secret, people, keysFile, mode: undefined }
      provider = createIdentityProvider(options).listen(providerPort, '127.0.0.1')
      await once(provider, 'listening')
    },
    stopProvider,
    async openWith(changes, clock = systemClock) {
      const other = await serve(createApp({ ...house, clock, config: { ...config, ...changes } }), 0)
      open.push(other)
      return `http://127.0.0.1:${other.port}`
    },
    async stop() {
      for (const running of open) {
        running.server.closeAllConnections()
        await running.stop()
      }
      await Promise.all([stopProvider(), closeServer(innerServer), close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

type Places = { deskPort: number; address: string; issuer: string; innerUrl: string }

async function makeEnv(folder: string, { deskPort, address, issuer, innerUrl }: Places): Promise<NodeJS.ProcessEnv> {
  const keep = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const webDir = join(folder, 'web')
  mkdirSync(join(webDir, 'assets'), { recursive: true })
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Tasain</title>')
  writeFileSync(join(webDir, 'assets', 'main-1.js'), 'export {}')
  return {
    PORT: String(deskPort),
    DATABASE_URL: (await testDatabase('desk')).appUrl,
    ACCESS_LOG_KEY_FILE: keep('access-log', randomBytes(32).toString('base64')),
    ACCESS_LOG_HEAD_FILE: join(folder, 'heads.jsonl'),
    INTAKE_URL: innerUrl,
    BALANCER_URL: innerUrl,
    DESK_PRIVATE_KEY_FILE: keep('private.pem', privateKey),
    DESK_PUBLIC_KEY_FILE: keep('public.pem', publicKey),
    DESK_SESSION_KEY_FILE: keep('session', randomBytes(32).toString('base64')),
    DESK_DRAFT_KEY_FILE: keep('draft', randomBytes(32).toString('base64')),
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'tasain-desk',
    OIDC_CLIENT_SECRET_FILE: keep('client', secret),
    DESK_PUBLIC_URL: address,
    DESK_WEB_DIR: webDir,
  }
}

type Page = { url: string; response: Response }

/** A browser as far as sign-in needs one. */
export type Browser = {
  cookies: Map<string, string>
  send: (url: string, init?: RequestInit) => Promise<Response>
  /** Follows redirects until a page stands. */
  follow: (url: string, init?: RequestInit) => Promise<Page>
  /** The whole way from the desk to the provider, choosing a person there, and back. */
  signIn: (desk: string, subject: string, query?: string) => Promise<Page>
}

export function openBrowser(): Browser {
  const cookies = new Map<string, string>()

  function keep(cookie: string): void {
    const [name = '', value = ''] = cookie.split(';', 1)[0]?.split(/=(.*)/s) ?? []
    if (/expires=Thu, 01 Jan 1970/i.test(cookie)) cookies.delete(name)
    else cookies.set(name, value)
  }

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (cookies.size > 0) headers.set('cookie', listCookies(cookies))
    const response = await fetch(url, { redirect: 'manual', ...init, headers })
    for (const cookie of response.headers.getSetCookie()) keep(cookie)
    return response
  }

  async function follow(url: string, init: RequestInit = {}): Promise<Page> {
    let [at, response] = [url, await send(url, init)]
    for (let hops = 0; hops < 10; hops += 1) {
      const location = response.headers.get('location')
      if (location === null) break
      at = new URL(location, at).href
      response = await send(at)
    }
    return { url: at, response }
  }

  async function signIn(desk: string, subject: string, query = ''): Promise<Page> {
    const choice = await follow(`${desk}/sign-in${query}`)
    await choice.response.text()
    return await follow(choice.url, { method: 'POST', body: new URLSearchParams({ person: subject }) })
  }

  return { cookies, send, follow, signIn }
}

/** As a Cookie header. */
export function listCookies(cookies: Map<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
