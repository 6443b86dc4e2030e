import * as z from 'zod'
import { declaredGrounds } from './conflict-grounds.ts'
import { codeText, instant, leaveOpen, ownWords } from './shapes.ts'

/** An identity code as people write it; only its keyed index is ever stored. */
const hetu = z.string().trim().min(1).max(30).transform(leaveOpen)

/** POST /conflicts: a handler declares that they may not handle a person's matters. `label`: whom it is about, in their words. */
export const declareConflict = z.object({ hetu, ground: z.enum(declaredGrounds), label: ownWords(100, 1) })
export type DeclareConflict = z.infer<typeof declareConflict>
/** POST /conflicts/:id/end, POST /staff/:id/end */
export const endWithReason = z.object({ reason: ownWords(1000, 3) })
export type EndWithReason = z.infer<typeof endWithReason>

export const conflict = z.object({
  id: z.uuid(),
  ground: z.enum([...declaredGrounds, 'recusal']),
  /** Of a recusal the reason that was given for it. */
  label: z.string(),
  declaredAt: instant,
})
export type Conflict = z.infer<typeof conflict>
/** GET /conflicts: one's own that hold, the newest first. No identity code is given back. */
export const conflictList = z.object({ conflicts: z.array(conflict) })
export type ConflictList = z.infer<typeof conflictList>

/**
 * POST /staff: a person works for the institution, in this office. `label`: their name, or what they are known by; `subject`:
 * how they sign in, when they do.
 */
export const registerStaff = z.object({
  hetu,
  office: codeText(100, 1),
  label: ownWords(100, 1),
  subject: codeText(255, 1).nullable().default(null),
})
export type RegisterStaff = z.input<typeof registerStaff>

export const ownStaff = z.object({
  id: z.uuid(),
  office: z.string(),
  label: z.string(),
  subject: z.string().nullable(),
  registeredBy: z.string(),
  registeredAt: instant,
})
export type OwnStaff = z.infer<typeof ownStaff>
/** GET /staff: those registered now, by label; of a manager's own district only. No identity code is given back. */
export const staffList = z.object({ staff: z.array(ownStaff) })
export type StaffList = z.infer<typeof staffList>
