import * as oidc from 'openid-client'
import { type Config, isLoopback } from '../config.ts'
import type { Attempt } from './attempt.ts'

/** The OpenID Connect provider, as far as the desk uses it. Each call throws when it cannot be reached. */
export type Provider = {
  /** Begins a sign-in: where to send the browser, and what to hold its answer against. */
  begin: (language: string | undefined) => Promise<{ url: URL } & Pick<Attempt, 'state' | 'nonce' | 'verifier'>>
  /** Trades the answer for the claims of the ID token; its signature, issuer, audience, nonce and age have been checked. */
  finish: (answer: URL, attempt: Attempt) => Promise<Record<string, unknown>>
  /** Where the browser ends its session at the provider too; undefined when the provider offers no such place. */
  findSignOutUrl: () => Promise<URL | undefined>
}

type ProviderConfig = Pick<Config, 'issuer' | 'clientId' | 'clientSecret' | 'publicUrl'>

/** Nothing is asked of the provider before the first sign-in, and again at the next one while it does not answer. */
export function createProvider(config: ProviderConfig): Provider {
  let discovered: Promise<oidc.Configuration> | undefined
  const discover = async () => {
    discovered ??= discoverProvider(config).catch((error: unknown) => {
      discovered = undefined
      throw error
    })
    return await discovered
  }
  return {
    async begin(language) {
      const provider = await discover()
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
      const url = oidc.buildAuthorizationUrl(provider, {
        redirect_uri: new URL('/sign-in/callback', config.publicUrl).href,
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(language !== undefined && { ui_locales: language }),
      })
      return { url, state, nonce, verifier }
    },
    async finish(answer, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(await discover(), answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      return { ...tokens.claims() }
    },
    async findSignOutUrl() {
      const provider = await discover()
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined
      return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: config.publicUrl.href })
    },
  }
}

async function discoverProvider({ issuer, clientId, clientSecret }: ProviderConfig): Promise<oidc.Configuration> {
  const execute = [oidc.enableNonRepudiationChecks]
  if (issuer.protocol === 'http:' && isLoopback(issuer)) execute.push(oidc.allowInsecureRequests)
  return await oidc.discovery(issuer, clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
    execute,
    timeout: 10,
  })
}

/** How a sign-in failed, in as few words as a person needs. */
export function classifyFault(error: unknown): 'cancelled' | 'unavailable' | 'failed' {
  if (error instanceof oidc.AuthorizationResponseError) return error.error === 'access_denied' ? 'cancelled' : 'failed'
  if (error instanceof TypeError) return 'unavailable'
  if (error instanceof oidc.ClientError)
    return ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'].includes(error.code ?? '')
      ? 'unavailable'
      : 'failed'
  return 'failed'
}
