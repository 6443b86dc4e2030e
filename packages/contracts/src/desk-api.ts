import * as z from 'zod'
import { roles } from './actions.ts'

/** GET /session: who is signed in; 401 `session.none` when nobody is. */
export const session = z.object({
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
