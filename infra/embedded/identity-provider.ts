import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import Provider, { type Configuration, type JWKS } from 'oidc-provider'
import { type PageLanguage, renderChoice, renderLost } from './identity-provider.page.ts'
import { clientId, type Person } from './people.ts'
import { refuseStart } from './refusal.ts'

export type IdentityProviderOptions = {
  /** Own address, such as http://127.0.0.1:20123. */
  issuer: string
  /** The desk's address, to which people come back. */
  deskUrl: string
  clientSecret: string
  people: readonly Person[]
  /** Where the signing and cookie keys are kept. */
  keysFile: string
  /** NODE_ENV of the process. */
  mode: string | undefined
}

type Keys = { jwks: JWKS; cookieKeys: string[] }

/**
 * An OpenID Connect provider that lets anyone be anyone of a list: for development and showing only.
 * @throws StartRefused in production.
 */
export function createIdentityProvider(options: IdentityProviderOptions): Server {
  if (options.mode === 'production')
    refuseStart(
      'The development identity provider lets anyone sign in as anyone, so it does not run with NODE_ENV=production. Give the desk a real provider with OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET_FILE.',
    )
  const provider = new Provider(options.issuer, configure(options, keepKeys(options.keysFile)))
  const handle = provider.callback()
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', options.issuer)
    if (url.pathname === '/ready') return answer(response, 200, 'ready')
    if (url.pathname.startsWith('/interaction/'))
      return void interact(provider, options, request, response, url).catch((error: unknown) => {
        console.error(`interaction failed: ${String(error)}`)
        answer(response, 400, renderLost(pickLanguage(url, undefined), options.deskUrl))
      })
    if (url.pathname === '/auth') {
      // Each sign-in asks who one is, so that a demonstration can change roles without a sign-out here.
      url.searchParams.set('prompt', 'login')
      request.url = url.pathname + url.search
    }
    return void handle(request, response)
  })
}

function configure({ issuer, deskUrl, clientSecret, people }: IdentityProviderOptions, keys: Keys): Configuration {
  const suffix = new URL(issuer).port
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${deskUrl}/sign-in/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: keys.jwks,
    // Cookies know no ports: without the suffix two stacks on one machine would overwrite each other's.
    cookies: {
      keys: keys.cookieKeys,
      names: { session: `oidc_${suffix}`, interaction: `oidc_${suffix}_at`, resume: `oidc_${suffix}_on` },
    },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'locale', 'roles', 'office', 'district'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, subject) => findAccount(people, subject),
    // The desk is our own client: what it asks for is granted without a question.
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 3600, Session: 3600, Grant: 3600 },
  }
}

function findAccount(people: readonly Person[], subject: string) {
  const person = people.find((candidate) => candidate.subject === subject)
  if (!person) return undefined
  const { name, language, roles, officeId, districtId } = person
  return {
    accountId: subject,
    claims: () => ({ sub: subject, name, locale: language, roles, office: officeId, district: districtId }),
  }
}

async function interact(
  provider: Provider,
  { people, deskUrl, issuer }: IdentityProviderOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const language = pickLanguage(url, params['ui_locales'])
  if (request.method !== 'POST') {
    // The redirect after the choice leads to the desk: Chromium holds form-action against it too.
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; style-src 'unsafe-inline'; form-action ${issuer} ${new URL(deskUrl).origin}; frame-ancestors 'none'; base-uri 'none'`,
    )
    return answer(response, 200, renderChoice(people, language, url.pathname))
  }
  const chosen = new URLSearchParams(await readBody(request)).get('person')
  if (!people.some((person) => person.subject === chosen) || chosen === null)
    return answer(response, 400, renderLost(language, deskUrl))
  await provider.interactionFinished(request, response, { login: { accountId: chosen } })
}

function pickLanguage(url: URL, wishes: unknown): PageLanguage {
  const chosen = url.searchParams.get('language') ?? (typeof wishes === 'string' ? wishes.split(' ')[0] : undefined)
  return chosen === 'sv' ? 'sv' : 'fi'
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > 10_000) throw new Error('the form is too long')
  }
  return body
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(body)
}

function keepKeys(file: string): Keys {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Keys
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' }
  const keys = { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] }
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}
