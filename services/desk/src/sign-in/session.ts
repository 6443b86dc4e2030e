import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const idleMinutes = 30
export const absoluteHours = 10

/** One key for each use, all from the one secret: what is made for one use proves nothing in another. */
export type SessionKeys = Record<'token' | 'csrf' | 'person' | 'attempt', Buffer>

/** `base64Key`: 32 bytes. */
export function deriveKeys(base64Key: string): SessionKeys {
  const derive = (use: string) => createHmac('sha256', Buffer.from(base64Key, 'base64')).update(use).digest()
  return {
    token: derive('session token'),
    csrf: derive('session csrf'),
    person: derive('session person'),
    attempt: derive('sign-in attempt'),
  }
}

/** A new session's token: 256 random bits in base64url, known to the browser alone. */
export function createToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a token. */
export function hashToken(keys: SessionKeys, token: string): Buffer {
  return createHmac('sha256', keys.token).update(token).digest()
}

/** What a page of ours must send back with each write; another site's page cannot read it. */
export function computeCsrf(keys: SessionKeys, token: string): string {
  return createHmac('sha256', keys.csrf).update(token).digest('base64url')
}

/** What a page may know a person by: the same at each sign-in, and not who it is. */
export function hidePerson(keys: SessionKeys, subject: string): string {
  return createHmac('sha256', keys.person).update(subject).digest('base64url')
}

type Sent = { method: string; csrf: string | undefined; fetchSite: string | undefined }

/** Whether a request with a session's cookie was made by another site's page. `fetchSite`: the Sec-Fetch-Site header. */
export function isForged(keys: SessionKeys, token: string, { method, csrf, fetchSite }: Sent): boolean {
  if (method === 'GET' || method === 'HEAD') return !['same-origin', 'none', undefined].includes(fetchSite)
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return true
  const expected = Buffer.from(computeCsrf(keys, token))
  const given = Buffer.from(csrf ?? '')
  return given.length !== expected.length || !timingSafeEqual(given, expected)
}

/**
 * The name of a cookie of ours. With https the prefix makes browsers refuse one set for a whole domain or by http;
 * without it the port keeps two installations on one machine apart, since cookies know no ports.
 */
export function nameCookie(publicUrl: URL, use: 'session' | 'sign_in'): string {
  return publicUrl.protocol === 'https:' ? `__Host-tasain_${use}` : `tasain_${use}_${publicUrl.port || '80'}`
}

/** How a cookie of ours is set and, with just the same, taken away: browsers ignore a `__Host-` one that is not secure. */
export function describeCookie(publicUrl: URL) {
  return { httpOnly: true, sameSite: 'lax', secure: publicUrl.protocol === 'https:', path: '/' } as const
}

/** The value of a cookie in a Cookie header. */
export function findCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key = '', ...value] = pair.split('=')
    if (key.trim() === name) return value.join('=').trim()
  }
  return undefined
}
