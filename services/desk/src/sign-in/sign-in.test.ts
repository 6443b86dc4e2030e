import type { Session } from '@tasain/contracts'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, listCookies, openBrowser, startTestDesk, type TestDesk } from '../../../../test/support/desk.ts'

let desk: TestDesk
let browser: Browser

beforeAll(async () => {
  desk = await startTestDesk()
  await desk.startProvider()
})
afterAll(() => desk.stop())
beforeEach(() => {
  browser = openBrowser()
})
afterEach(async () => {
  await desk.house.db.deleteFrom('session').execute()
})

test('a person signs in at the provider and comes back to the page they wanted, with their office and roles', async () => {
  const { url, response } = await browser.signIn(desk.address, 'clerk-1', '?language=sv&return=/batches%3Fday%3D1')
  expect(url).toBe(`${desk.address}/batches?day=1`)
  expect(await response.text()).toContain('<title>Tasain</title>')
  expect(await getSession()).toMatchObject({
    name: 'Aino Arkisto',
    roles: ['clerk'],
    office: 'o1',
    district: 'd1',
    language: 'sv',
  })
})

test('the cookie cannot be read by scripts or sent by other sites, and the database cannot give it away', async () => {
  const choice = await browser.follow(`${desk.address}/sign-in`)
  const chosen = await browser.send(choice.url, { method: 'POST', body: new URLSearchParams({ person: 'clerk-1' }) })
  const resumed = await browser.send(String(chosen.headers.get('location')))
  const callback = await browser.send(String(resumed.headers.get('location')))
  const cookie = callback.headers.getSetCookie().find((line) => line.startsWith('tasain_session_'))
  expect(cookie).toMatch(/=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const { rows } = await sql<{ line: string }>`select session::text as line from session`.execute(desk.house.db)
  expect(rows).toHaveLength(1)
  expect(rows[0]?.line).not.toContain(getToken())
  expect(rows[0]?.line).not.toContain(Buffer.from(getToken(), 'base64url').toString('hex'))
})

test('behind https the cookies are of this host alone and never sent without encryption', async () => {
  const other = await desk.openWith({ publicUrl: new URL('https://tasain.example') })
  const response = await browser.send(`${other}/sign-in`)
  expect(response.headers.getSetCookie()[0]).toMatch(
    /^__Host-tasain_sign_in=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
  const to = new URL(String(response.headers.get('location')))
  expect(to.searchParams.get('redirect_uri')).toBe('https://tasain.example/sign-in/callback')
  expect(to.searchParams.get('code_challenge_method')).toBe('S256')
  await browser.signIn(desk.address, 'clerk-1')
  const headers = { cookie: `__Host-tasain_session=${getToken()}` }
  const { csrf } = (await (await fetch(`${other}/api/session`, { headers })).json()) as Session
  const left = await fetch(`${other}/sign-out`, { method: 'POST', headers: { ...headers, 'x-csrf': csrf } })
  // Without "Secure" a browser would not let go of it.
  expect(left.headers.getSetCookie()[0]).toMatch(
    /^__Host-tasain_session=; Path=\/; Expires=Thu, 01 Jan 1970.*; HttpOnly; Secure; SameSite=Lax$/,
  )
})

test('without a language chosen the provider says which one the person uses, and roles we do not know give nothing', async () => {
  await browser.signIn(desk.address, 'handler-1')
  expect(await getSession()).toMatchObject({ language: 'sv', roles: ['handler'] })
})

test('who has no role is told so in a sentence, gets no session, and it is on record', async () => {
  const { response } = await browser.signIn(desk.address, 'guest-1')
  expect(response.status).toBe(403)
  expect(await response.text()).toContain('Du har ingen roll i Tasain.')
  expect((await ask('/api/session')).status).toBe(204)
  expect(await listEntries('session.refuse')).toEqual([{ subject: 'guest-1', object_id: 'guest-1' }])
})

test('each sign-in and sign-out is in the access log', async () => {
  await browser.signIn(desk.address, 'clerk-1')
  const [session] = await desk.house.db.selectFrom('session').select('id').execute()
  expect(await listEntries('session.sign_in')).toContainEqual({ subject: 'clerk-1', object_id: session?.id })
  await signOut()
  expect(await listEntries('session.sign_out')).toContainEqual({ subject: 'clerk-1', object_id: session?.id })
})

test('a wish to come back to another site is not followed', async () => {
  const { url } = await browser.signIn(desk.address, 'clerk-1', '?return=//evil.example/')
  expect(url).toBe(`${desk.address}/`)
})

test('an answer from the provider that this browser did not ask for is not taken', async () => {
  const [mine, theirs] = [browser, openBrowser()]
  const choice = await theirs.follow(`${desk.address}/sign-in`)
  const chosen = await theirs.send(choice.url, { method: 'POST', body: new URLSearchParams({ person: 'clerk-1' }) })
  const resumed = await theirs.send(String(chosen.headers.get('location')))
  const callback = String(resumed.headers.get('location'))
  expect((await mine.send(callback)).status).toBe(400)
  await mine.send(`${desk.address}/sign-in`)
  expect((await mine.send(callback)).status).toBe(400)
  expect((await ask('/api/session')).status).toBe(204)
})

test('an attempt that was tampered with does not lead in', async () => {
  await browser.send(`${desk.address}/sign-in`)
  for (const [name, value] of browser.cookies) browser.cookies.set(name, `${value.slice(0, -2)}AA`)
  const response = await browser.send(`${desk.address}/sign-in/callback?code=x&state=y`)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('Aloita se uudelleen.')
})

test('when the person turns back at the provider they are told how to begin again', async () => {
  const response = await browser.send(`${desk.address}/sign-in?language=fi`)
  const state = new URL(String(response.headers.get('location'))).searchParams.get('state')
  const back = `${desk.address}/sign-in/callback?error=access_denied&state=${state}&iss=${desk.house.config.issuer.origin}`
  expect(await (await browser.send(back)).text()).toContain('Kirjautuminen keskeytettiin.')
})

test('a cookie that nobody was given is nobody', async () => {
  for (const value of ['', 'x', 'A'.repeat(43), "' or true --"]) {
    const response = await fetch(`${desk.address}/api/session`, { headers: { cookie: `${sessionCookie()}=${value}` } })
    expect(response.status).toBe(204)
    const asked = await fetch(`${desk.address}/api/intake/batches`, {
      headers: { cookie: `${sessionCookie()}=${value}` },
    })
    expect(await asked.json()).toMatchObject({ error: { code: 'session.none' } })
  }
})

test('a new sign-in ends the session before it', async () => {
  await browser.signIn(desk.address, 'clerk-1')
  const earlier = listCookies(browser.cookies)
  await browser.signIn(desk.address, 'clerk-1')
  expect(listCookies(browser.cookies)).not.toBe(earlier)
  expect((await fetch(`${desk.address}/api/session`, { headers: { cookie: earlier } })).status).toBe(204)
  expect((await ask('/api/session')).status).toBe(200)
})

test('signing out ends the session for whoever has a copy of the cookie', async () => {
  await browser.signIn(desk.address, 'clerk-1')
  const copy = listCookies(browser.cookies)
  const response = await signOut()
  expect(await response.json()).toEqual({ next: '/' })
  expect(browser.cookies.has(sessionCookie())).toBe(false)
  expect((await fetch(`${desk.address}/api/session`, { headers: { cookie: copy } })).status).toBe(204)
})

test('half an hour without a person ends a session, and so do ten hours with one', async () => {
  await browser.signIn(desk.address, 'clerk-1')
  await age({ seen: '29 min', signedIn: '9 h 59 min' })
  expect((await ask('/api/session')).status).toBe(200)
  await age({ seen: '31 min', signedIn: '1 h' })
  expect((await ask('/api/session')).status).toBe(204)
  await age({ seen: '1 min', signedIn: '10 h 1 min' })
  expect((await ask('/api/session')).status).toBe(204)
})

test('what a person does keeps the session; what a timer of the page asks for does not', async () => {
  await browser.signIn(desk.address, 'clerk-1')
  await age({ seen: '20 min', signedIn: '1 h' })
  const inTen = Date.now() + 10 * 60_000
  const unattended = await ask('/api/session', { headers: { 'x-background': '1' } })
  const background = (await unattended.json()) as Session
  expect(Math.abs(Date.parse(background.idleUntil) - inTen)).toBeLessThan(30_000)
  expect(Math.abs(Date.parse((await getSession()).idleUntil) - inTen - 20 * 60_000)).toBeLessThan(30_000)
})

test('the desk is open while the provider is down, says so, and lets people in once it answers', async () => {
  await desk.stopProvider()
  const other = await desk.openWith({})
  expect((await fetch(`${other}/ready`)).status).toBe(200)
  const response = await browser.send(`${other}/sign-in?language=fi`)
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('Kirjautumispalveluun ei juuri nyt saada yhteyttä.')
  await desk.startProvider()
  expect((await browser.send(`${other}/sign-in`)).status).toBe(303)
})

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return browser.send(`${desk.address}${path}`, init)
}

async function getSession(): Promise<Session> {
  const response = await ask('/api/session')
  expect(response.status).toBe(200)
  return (await response.json()) as Session
}

async function signOut(): Promise<Response> {
  return await ask('/sign-out', { method: 'POST', headers: { 'x-csrf': (await getSession()).csrf } })
}

function sessionCookie(): string {
  return `tasain_session_${new URL(desk.address).port}`
}

function getToken(): string {
  const token = browser.cookies.get(sessionCookie())
  if (!token) throw new Error('there is no session cookie')
  return token
}

async function listEntries(action: string) {
  return await desk.house.db
    .selectFrom('access_entry')
    .select(['subject', 'object_id'])
    .where('action', '=', action)
    .execute()
}

async function age({ seen, signedIn }: { seen: string; signedIn: string }): Promise<void> {
  await sql`update session set seen_at = now() - ${seen}::interval, signed_in_at = now() - ${signedIn}::interval`.execute(
    desk.house.db,
  )
}
