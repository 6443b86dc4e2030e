import { newId } from '@tasain/vocabulary'
import type { Express, Request, Response } from 'express'
import type { House } from '../house.ts'
import { attemptMinutes, lockAttempt, unlockAttempt } from './attempt.ts'
import { renderSentence, type Sentence, type UiLanguage } from './page.ts'
import { type Person, readPerson } from './person.ts'
import { classifyFault, type Provider } from './provider.api.ts'
import { chooseReturnPath } from './return-path.ts'
import { deleteSession, insertSession } from './session.store.ts'
import { createToken, describeCookie, findCookie, hashToken, nameCookie, type SessionKeys } from './session.ts'

const statusOf: Record<Sentence, number> = {
  unavailable: 503,
  noRoles: 403,
  cancelled: 400,
  expired: 400,
  failed: 502,
  noClient: 503,
}

/** Mounts the way in: to the provider and back with a session. */
export function mountSignIn(app: Express, house: House, keys: SessionKeys, provider: Provider): void {
  const { config, clock } = house
  const [sessionCookie, attemptCookie] = [
    nameCookie(config.publicUrl, 'session'),
    nameCookie(config.publicUrl, 'sign_in'),
  ]
  const cookieOptions = describeCookie(config.publicUrl)

  app.get('/sign-in', async (request, response) => {
    const language = findLanguage(request.query['language'])
    const begun = await provider.begin(language).catch((error: unknown) => tellFault(house, response, language, error))
    if (!begun) return
    const { url, state, nonce, verifier } = begun
    const returnPath = chooseReturnPath(request.query['return'])
    const attempt = { state, nonce, verifier, returnPath, ...(language && { language }) }
    response.cookie(attemptCookie, await lockAttempt(keys.attempt, attempt, clock.now()), {
      ...cookieOptions,
      maxAge: attemptMinutes * 60_000,
    })
    response.redirect(303, url.href)
  })

  app.get('/sign-in/callback', async (request, response) => {
    const locked = findCookie(request.headers.cookie, attemptCookie)
    const attempt = locked && (await unlockAttempt(keys.attempt, locked, clock.now()))
    response.clearCookie(attemptCookie, cookieOptions)
    if (!attempt || attempt.state !== request.query['state']) return tell(response, 'expired', findOwnLanguage(request))
    const answer = new URL(request.originalUrl, config.publicUrl)
    const claims = await provider
      .finish(answer, attempt)
      .catch((error: unknown) => tellFault(house, response, attempt.language, error))
    if (!claims) return
    const person = readPerson(claims, attempt.language)
    if (person.roles.length === 0) {
      await noteRefusal(house, person)
      return tell(response, 'noRoles', person.language)
    }
    const token = await openSession(house, keys, person, findCookie(request.headers.cookie, sessionCookie))
    response.cookie(sessionCookie, token, cookieOptions)
    response.redirect(303, attempt.returnPath)
  })
}

/** A new session under a new token; the one the browser had ends with it. */
async function openSession(
  { db, accessLog }: House,
  keys: SessionKeys,
  person: Person,
  earlierToken: string | undefined,
): Promise<string> {
  const [id, token] = [newId(), createToken()]
  await db.transaction().execute(async (tx) => {
    if (earlierToken) await deleteSession(tx, hashToken(keys, earlierToken))
    await insertSession(tx, { ...person, id, tokenHash: hashToken(keys, token) })
    await accessLog.append(tx, person, 'session.sign_in', [{ kind: 'session', id }])
  })
  return token
}

async function noteRefusal({ db, accessLog }: House, person: Person): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const seen = { kind: 'person', id: person.subject, reason: 'no role' }
    await accessLog.append(tx, person, 'session.refuse', [seen])
  })
}

function tell(response: Response, sentence: Sentence, language: UiLanguage, reference?: string): void {
  if (statusOf[sentence] === 503) response.set('Retry-After', '5')
  response
    .status(statusOf[sentence])
    .type('html')
    .send(renderSentence(sentence, language, reference))
}

function tellFault({ log }: House, response: Response, language: UiLanguage | undefined, error: unknown): undefined {
  const [fault, reference] = [classifyFault(error), newId()]
  // The error itself may carry codes and tokens; its words are enough.
  const message = error instanceof Error ? error.message : String(error)
  log.warn({ fault, reference, message }, 'a sign-in did not succeed')
  tell(response, fault, language ?? 'fi', fault === 'failed' ? reference : undefined)
  return undefined
}

function findLanguage(value: unknown): UiLanguage | undefined {
  return value === 'fi' || value === 'sv' ? value : undefined
}

function findOwnLanguage(request: Request): UiLanguage {
  return findLanguage(request.acceptsLanguages('fi', 'sv')) ?? 'fi'
}
