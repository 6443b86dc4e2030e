import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { type Caller, caller, innerTokenSeconds, type ViewGrant, viewGrant, viewGrantSeconds } from '@tasain/contracts'
import { jwtVerify, SignJWT } from 'jose'

const algorithm = 'EdDSA'
const houses = { desk: 'tasain-desk', balancer: 'tasain-balancer', intake: 'tasain-intake' } as const
export type Signer = keyof typeof houses
const grantAudience = 'tasain-pages'
const innerAudience = 'tasain-inner'

/** Signs who is asking, for one inner request. `privateKey` is an Ed25519 key in PEM. */
export async function signCaller(signer: Signer, privateKey: string, who: Caller): Promise<string> {
  return await sign(signer, privateKey, innerAudience, innerTokenSeconds, { caller: who })
}

/**
 * Signs a handler's right to see the pages of one application; the balancer alone does.
 * @param until the end of the lease, which the grant does not outlive.
 */
export async function signViewGrant(privateKey: string, grant: ViewGrant, until: Date): Promise<string> {
  const seconds = Math.min(viewGrantSeconds, Math.floor((until.getTime() - Date.now()) / 1_000))
  return await sign('balancer', privateKey, grantAudience, seconds, { grant })
}

async function sign(
  signer: Signer,
  privateKey: string,
  audience: string,
  seconds: number,
  claims: Record<string, unknown>,
) {
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(houses[signer])
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
    .sign(readKey(privateKey, createPrivateKey))
}

// Reading a key takes longer than signing with it, and a service knows three or four in its life.
const keys = new Map<string, KeyObject>()

function readKey(pem: string, read: (pem: string) => KeyObject): KeyObject {
  const known = keys.get(pem)
  if (known) return known
  const key = read(pem)
  keys.set(pem, key)
  return key
}

/**
 * Reads who is asking from an inner token, or undefined when it is forged, expired or for something else.
 * `publicKeys` are the signers this service trusts. Only a service signs for itself: the balancer's word never makes a person.
 */
export async function readCaller(
  publicKeys: Partial<Record<Signer, string>>,
  token: string,
): Promise<Caller | undefined> {
  for (const [signer, key] of Object.entries(publicKeys) as [Signer, string][]) {
    const claims = await verify(signer, key, innerAudience, token)
    const parsed = caller.safeParse(claims?.['caller'])
    if (!parsed.success) continue
    const isService = parsed.data.roles.includes('service')
    if (isService !== (signer !== 'desk')) continue
    return parsed.data
  }
  return undefined
}

/** Reads a view grant of the balancer, or undefined when it does not hold. */
export async function readViewGrant(balancerPublicKey: string, token: string): Promise<ViewGrant | undefined> {
  const claims = await verify('balancer', balancerPublicKey, grantAudience, token)
  const parsed = viewGrant.safeParse(claims?.['grant'])
  return parsed.success ? parsed.data : undefined
}

async function verify(signer: Signer, publicKey: string, audience: string, token: string) {
  try {
    const { payload } = await jwtVerify(token, readKey(publicKey, createPublicKey), {
      algorithms: [algorithm],
      issuer: houses[signer],
      audience,
    })
    return payload
  } catch {
    return undefined
  }
}
