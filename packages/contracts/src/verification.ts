import * as z from 'zod'
import { instant } from './shapes.ts'

/** GET /verify of every house: what was checked, how many were looked at, and each fault in a sentence with its place. */
export const verification = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), counted: z.int(), faults: z.array(z.string()) })),
})
export type Verification = z.infer<typeof verification>

/** GET /work of every service: background work that has failed at least twice in a row, and since when. */
export const workState = z.object({ degraded: z.array(z.object({ work: z.string(), since: instant })) })
export type WorkState = z.infer<typeof workState>
