import * as z from 'zod'
import { roles } from './actions.ts'

/** Who is asking: the claims of the short-lived token that desk (or a service) signs for each inner request. */
export const caller = z.object({
  /** Stable subject of the person at the identity provider, or the name of the asking service. */
  subject: z.string().min(1),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  office: z.string().nullable(),
  district: z.string().nullable(),
})
export type Caller = z.infer<typeof caller>

/** A handler's right to see the pages of one application while the lease of that epoch lasts; at most five minutes. */
export const viewGrant = z.object({
  subject: z.string(),
  application: z.string(),
  epoch: z.int(),
  /** Whether the handler may see people under non-disclosure; one signed before this was said may not. */
  cleared: z.boolean().default(false),
})
export type ViewGrant = z.infer<typeof viewGrant>

export const viewGrantHeader = 'x-view-grant'
/** Why an auditor looks at a paper: their own words, at least three characters, percent-encoded as in an address. */
export const reasonHeader = 'x-reason'
export const idempotencyHeader = 'idempotency-key'
export const viewGrantSeconds = 300
export const innerTokenSeconds = 60
