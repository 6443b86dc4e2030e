import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createIdentityProvider, type IdentityProviderOptions } from './identity-provider.ts'
import type { Person } from './people.ts'
import { findFreePort } from './ports.ts'

const aino: Person = {
  subject: 'clerk-1',
  name: 'Aino <Arkistoija>',
  roles: ['clerk'],
  officeId: 'o1',
  districtId: 'd1',
  language: 'fi',
}
const viking: Person = { ...aino, subject: 'handler-1', name: 'Viking Vik', roles: ['handler'], language: 'sv' }
const deskUrl = 'http://127.0.0.1:9'
const redirectUri = `${deskUrl}/sign-in/callback`

let folder: string
let options: IdentityProviderOptions
let server: Server

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tasain-oidc-'))
  const port = await findFreePort()
  options = {
    issuer: `http://127.0.0.1:${port}`,
    deskUrl,
    clientSecret: 'secret',
    people: [aino, viking],
    keysFile: join(folder, 'keys.json'),
    mode: undefined,
  }
  server = createIdentityProvider(options).listen(port, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

test('whom one chooses comes back in a signed token with name, roles, office, district and language', async () => {
  const { verifier, page, pageUrl, cookie } = await openChoice()
  expect(page).toContain('<html lang="fi">')
  expect(page).toContain('Aino &#60;Arkistoija&#62;')
  const code = await choose('handler-1', pageUrl, cookie)
  const token = await exchange(code, verifier)
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = decode(payload)
  expect(claims).toMatchObject({
    sub: 'handler-1',
    name: 'Viking Vik',
    locale: 'sv',
    roles: ['handler'],
    office: 'o1',
    district: 'd1',
    nonce: 'once',
    iss: options.issuer,
    aud: 'tasain-desk',
  })
  const { keys } = (await (await fetch(`${options.issuer}/jwks`)).json()) as { keys: [Record<string, string>] }
  const key = createPublicKey({ key: keys[0], format: 'jwk' })
  expect(decode(header)['alg']).toBe('RS256')
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
})

test('the page speaks Swedish when the desk asks for it or the person chooses it', async () => {
  expect((await openChoice({ ui_locales: 'sv' })).page).toContain('<html lang="sv">')
  const { pageUrl, cookie } = await openChoice()
  const page = await (await fetch(`${pageUrl}?language=sv`, { headers: { cookie } })).text()
  expect(page).toContain('Inloggning för utveckling')
})

test('a sign-in without a code challenge is refused', async () => {
  const response = await fetch(authUrl({}, undefined), { redirect: 'manual' })
  expect(response.headers.get('location')).toContain('error=invalid_request')
})

test('a code does not work without the verifier that belongs to it', async () => {
  const { pageUrl, cookie } = await openChoice()
  const code = await choose('clerk-1', pageUrl, cookie)
  await expect(exchange(code, randomBytes(40).toString('base64url'))).rejects.toThrow('invalid_grant')
})

test('without the sign-in that was begun one is told to begin again', async () => {
  const response = await fetch(`${options.issuer}/interaction/unknown`)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('Aloita uudelleen')
})

test('it refuses to start in production, in a sentence', () => {
  expect(() => createIdentityProvider({ ...options, mode: 'production' })).toThrow('NODE_ENV=production')
  writeFileSync(join(folder, 'people.json'), JSON.stringify([aino]))
  writeFileSync(join(folder, 'secret'), 'secret')
  const entry = fileURLToPath(new URL('./identity-provider.process.ts', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [entry], {
    encoding: 'utf8',
    env: {
      NODE_ENV: 'production',
      PORT: '1',
      PUBLIC_URL: deskUrl,
      OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
      PEOPLE_FILE: join(folder, 'people.json'),
      KEYS_FILE: join(folder, 'other-keys.json'),
    },
  })
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('lets anyone sign in as anyone')])
})

function authUrl(extra: Record<string, string>, verifier: string | undefined): string {
  const challenge = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
  const proof = verifier === undefined ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }
  const base = { client_id: 'tasain-desk', response_type: 'code', redirect_uri: redirectUri, scope: 'openid profile' }
  return `${options.issuer}/auth?${String(new URLSearchParams({ ...base, state: 's', nonce: 'once', ...proof, ...extra }))}`
}

async function openChoice(extra: Record<string, string> = {}) {
  const verifier = randomBytes(40).toString('base64url')
  const response = await fetch(authUrl(extra, verifier), { redirect: 'manual' })
  const cookie = readCookies(response)
  const pageUrl = options.issuer + String(response.headers.get('location'))
  const page = await (await fetch(pageUrl, { headers: { cookie } })).text()
  return { verifier, page, pageUrl, cookie }
}

async function choose(subject: string, pageUrl: string, cookie: string): Promise<string> {
  const body = new URLSearchParams({ person: subject })
  const chosen = await fetch(pageUrl, { method: 'POST', body, headers: { cookie }, redirect: 'manual' })
  const resumed = await fetch(String(chosen.headers.get('location')), { headers: { cookie }, redirect: 'manual' })
  const location = new URL(String(resumed.headers.get('location')))
  expect(location.origin + location.pathname).toBe(redirectUri)
  return String(location.searchParams.get('code'))
}

async function exchange(code: string, verifier: string): Promise<string> {
  const response = await fetch(`${options.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('tasain-desk:secret').toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  })
  const answer = (await response.json()) as { id_token?: string; error?: string }
  if (answer.id_token === undefined) throw new Error(answer.error)
  return answer.id_token
}

function readCookies(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
}
