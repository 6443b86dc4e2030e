import { EncryptJWT, jwtDecrypt } from 'jose'
import * as z from 'zod'

const attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  language: z.enum(['fi', 'sv']).optional(),
  returnPath: z.string(),
})

/** A sign-in under way: what the answer of the provider is held against. */
export type Attempt = z.infer<typeof attempt>
export const attemptMinutes = 10

/** Locks an attempt into a text that the browser keeps and cannot read: an unfinished sign-in costs the desk no storage. */
export async function lockAttempt(key: Uint8Array, open: Attempt, now: Date): Promise<string> {
  return await new EncryptJWT(open)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(new Date(now.getTime() + attemptMinutes * 60_000))
    .encrypt(key)
}

/** The attempt in such a text, or undefined when it is not ours or too old. */
export async function unlockAttempt(key: Uint8Array, locked: string, now: Date): Promise<Attempt | undefined> {
  try {
    const { payload } = await jwtDecrypt(locked, key, {
      currentDate: now,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return attempt.parse(payload)
  } catch {
    return undefined
  }
}
