import {
  backgroundHeader,
  type Caller,
  csrfHeader,
  deskActions,
  findReach,
  type Session,
  type SignedOut,
} from '@tasain/contracts'
import { refuse } from '@tasain/kit'
import type { Express, Request } from 'express'
import type { House } from '../house.ts'
import type { UiLanguage } from './page.ts'
import { classifyFault, type Provider } from './provider.api.ts'
import { deleteSession, findSession, touchSession } from './session.store.ts'
import {
  computeCsrf,
  describeCookie,
  findCookie,
  hashToken,
  hidePerson,
  isForged,
  nameCookie,
  type SessionKeys,
} from './session.ts'

/** A person in the browser, with the session that proves it. */
export type Visitor = {
  caller: Caller
  sessionId: string
  token: string
  language: UiLanguage
  idleUntil: Date
}

/** Who sends a request, if anybody is signed in; throws `session.forged` when another site's page sent it. */
export type FindVisitor = (request: Request) => Promise<Visitor | undefined>
/** The same; throws `session.none` when nobody is signed in. */
export type GetVisitor = (request: Request) => Promise<Visitor>

export function createVisitorGuard({ config, db }: House, keys: SessionKeys): FindVisitor {
  const cookie = nameCookie(config.publicUrl, 'session')
  return async (request) => {
    const token = findCookie(request.headers.cookie, cookie)
    const session = token && (await findSession(db, hashToken(keys, token)))
    if (!session) return undefined
    const sent = { method: request.method, csrf: request.get(csrfHeader), fetchSite: request.get('sec-fetch-site') }
    if (isForged(keys, token, sent)) throw refuse('session.forged')
    const { id: sessionId, caller, language } = session
    // What a timer of the page asks for is no sign of a person: it must not keep an empty desk signed in.
    const isPresent = request.get(backgroundHeader) === undefined && session.worthTouching
    const touched = isPresent && (await db.transaction().execute((tx) => touchSession(tx, sessionId)))
    return { caller, sessionId, token, language, idleUntil: touched || session.idleUntil }
  }
}

export function requireVisitor(findVisitor: FindVisitor): GetVisitor {
  return async (request) => {
    const visitor = await findVisitor(request)
    if (!visitor) throw refuse('session.none')
    return visitor
  }
}

/** Mounts who is signed in, and the way out. */
export function mountSession(
  app: Express,
  { config, db, log, accessLog }: House,
  keys: SessionKeys,
  findVisitor: FindVisitor,
  provider: Provider,
): void {
  app.get('/api/session', async (request, response) => {
    // A page that has just been opened asks whether anybody is signed in: that nobody is, is an answer and no failure.
    const visitor = await findVisitor(request)
    if (!visitor) return void response.status(204).end()
    const { caller, language, token, idleUntil } = visitor
    if (!findReach(deskActions['session.view'], caller.roles)) throw refuse('right.missing')
    const { name, roles, office, district } = caller
    const csrf = computeCsrf(keys, token)
    response.json({
      name,
      roles,
      office,
      district,
      language,
      person: hidePerson(keys, caller.subject),
      csrf,
      idleUntil: idleUntil.toISOString(),
    } satisfies Session)
  })

  app.post('/sign-out', async (request, response) => {
    const { caller, sessionId, token } = await requireVisitor(findVisitor)(request)
    await db.transaction().execute(async (tx) => {
      await deleteSession(tx, hashToken(keys, token))
      await accessLog.append(tx, caller, 'session.sign_out', [{ kind: 'session', id: sessionId }])
    })
    const elsewhere = await provider.findSignOutUrl().catch((error: unknown) => {
      log.warn({ fault: classifyFault(error) }, 'the provider was not told of a sign-out')
      return undefined
    })
    response.clearCookie(nameCookie(config.publicUrl, 'session'), describeCookie(config.publicUrl))
    response.json({ next: elsewhere?.href ?? '/' } satisfies SignedOut)
  })
}
