import * as z from 'zod'
import { roles } from './actions.ts'

/** GET /session: who is signed in; 204 without words when nobody is. */
export const session = z.object({
  /** Tells people apart who bear the same name; it says nothing else of them. */
  person: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  office: z.string().nullable(),
  district: z.string().nullable(),
  language: z.enum(['fi', 'sv']),
  /** Must come back in the `x-csrf` header of every write. */
  csrf: z.string(),
  /** When the session ends unless something is done. */
  idleUntil: z.iso.datetime(),
})
export type Session = z.infer<typeof session>
export const csrfHeader = 'x-csrf'
/**
 * Set by requests that a timer makes while nobody touches the page: they do not count as presence, so that a desk left
 * alone is signed out although its pages keep refreshing.
 */
export const backgroundHeader = 'x-background'

/** POST /sign-out: where the browser goes next, at the identity provider or here. */
export const signedOut = z.object({ next: z.string() })
export type SignedOut = z.infer<typeof signedOut>
