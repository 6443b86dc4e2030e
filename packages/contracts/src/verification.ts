import * as z from 'zod'

/** GET /verify of every house: what was checked, how many were looked at, and each fault in a sentence with its place. */
export const verification = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), counted: z.int(), faults: z.array(z.string()) })),
})
export type Verification = z.infer<typeof verification>
