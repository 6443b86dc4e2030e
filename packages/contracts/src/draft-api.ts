import * as z from 'zod'

/** What a person can be in the middle of; each is a draft of its own for the object it is about. */
export const draftKinds = [
  'check',
  'decision',
  'information-request',
  'return',
  'recusal',
  'move',
  'rule',
  'rule-end',
  'rule-withdrawal',
  'rule-restoration',
  'batch',
  'batch-closing',
  'planning-stop',
  'planning-start',
  'conflict-end',
  'staff-end',
  'lift',
  'lift-refusal',
] as const
export type DraftKind = (typeof draftKinds)[number]

/** Stands in the place of an object's id while there is no such object yet. */
export const newObject = 'new'
/** Bytes of a draft's body as JSON. */
export const largestDraft = 65_536
/** Drafts one person may have; a new one pushes out those untouched the longest. */
export const mostDrafts = 200
/** A draft untouched for so long is thrown away. */
export const draftDays = 30

/** Which window wrote a draft, and its how-manieth writing that was: `<uuid>.<number>`. */
export const draftVersion = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[1-9]\d{0,8}$/)
const draftBody = z.record(z.string(), z.json())

/** GET /drafts/<object id or `new`>: what the person who asks has in hand there. */
export const draftList = z.object({
  drafts: z.array(
    z.object({
      kind: z.enum(draftKinds),
      version: draftVersion,
      savedAt: z.iso.datetime(),
      body: draftBody,
    }),
  ),
})
export type DraftList = z.infer<typeof draftList>

/**
 * POST /drafts/<kind>/<object id or `new`>. `since`: the version the writer has seen, null for none; another window's newer
 * one is not overwritten but refused (`draft.newer`). Sent again, or overtaken by a later one of its window, it has no effect.
 */
export const saveDraft = z.object({ version: draftVersion, since: draftVersion.nullable(), body: draftBody })
export type SaveDraft = z.infer<typeof saveDraft>
export const savedDraft = z.object({ savedAt: z.iso.datetime() })
export type SavedDraft = z.infer<typeof savedDraft>
