import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { formPlace } from './form.ts'
import { formDraft } from './form-draft.ts'
import { formStates } from './form-words.ts'
import { fieldReading } from './reading.ts'
import { instant, whole } from './shapes.ts'

export const formSummary = z.object({
  /** null for a form that ships with the product: nobody has made it here. */
  id: z.uuid().nullable(),
  state: z.enum([...formStates, 'shipped']),
  code: z.string(),
  version: z.string(),
  title: z.string(),
  language: z.enum(languages).nullable(),
  benefit: z.enum(benefits).nullable(),
  fields: z.int(),
  /** The newest published version of its code; papers of older ones are still read. */
  isNewest: z.boolean(),
  changedAt: instant.nullable(),
})
export type FormSummary = z.infer<typeof formSummary>
/** GET /forms: drafts first, then what pages are read by, then what was withdrawn. */
export const formList = z.object({ forms: z.array(formSummary) })
export type FormList = z.infer<typeof formList>

export const printedWord = z.object({ text: z.string(), box: formPlace })
export type PrintedWord = z.infer<typeof printedWord>

export const knownForm = z.object({ code: z.string(), version: z.string(), begins: z.string().nullable() })
/** GET /forms/:id. Its picture: GET /forms/:id/image. */
export const formDetail = z.object({
  id: z.uuid(),
  state: z.enum(formStates),
  /** The one that a change must name: a stale one is refused with `form.changed`. */
  edition: z.int(),
  draft: formDraft,
  /** What is printed on the blank, for the labels of boxes drawn by hand. */
  words: z.array(printedWord),
  /** The other forms pages are read by. */
  known: z.array(knownForm),
  changedAt: instant,
  publishedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
})
export type FormDetail = z.infer<typeof formDetail>

/**
 * POST /forms?page=1 (multipart, field `file`: a blank copy) · POST /forms/:id/revise: a draft of its own. `pages`: how many
 * the file has; absent where there was no file.
 */
export const formMade = z.object({ id: z.uuid(), pages: z.int().optional() })
export type FormMade = z.infer<typeof formMade>

/** POST /forms/:id/draft */
export const saveFormDraft = z.object({ edition: whole, draft: formDraft })
/** POST /forms/:id/publish · /withdraw · /discard (a draft) */
export const formChange = z.object({ edition: whole })
export const formSaved = z.object({ edition: z.int(), changedAt: instant })
export type FormSaved = z.infer<typeof formSaved>

/** POST /forms/:id/trials (multipart, field `file`: a filled copy): what would be read from it. Nothing of it is kept. */
export const formTrial = z.object({
  pages: z.array(
    z.object({
      page: z.int(),
      /** Whether it is this form: its lines are in their places, only its code or heading is its own, or neither. */
      fit: z.enum(['lines', 'name', 'none']),
      /** What the codes on it say; a copy's own should begin as the form's do. */
      codes: z.array(z.string()),
      fields: z.record(z.string(), fieldReading),
      /** The upright page that the boxes refer to, and its picture as WebP in base64. */
      width: z.int(),
      height: z.int(),
      image: z.string(),
    }),
  ),
  /** Pages of the file beyond those that were tried. */
  left: z.int(),
})
export type FormTrial = z.infer<typeof formTrial>
