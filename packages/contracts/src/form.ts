import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { formFieldTypes } from './form-words.ts'
import { codeText, exactWords } from './shapes.ts'

// A printed form as data. Every number and length is bounded: a definition may come from outside.

const measure = z.number().min(-200).max(20_000)
const words = exactWords(200)
/** x, y, width, height at 300 dpi on the upright page. */
export const formPlace = z.tuple([measure, measure, measure, measure])
export type FormPlace = z.infer<typeof formPlace>

/** What people call a field; empty in a language that nobody has said it in. */
export const fieldNames = z.object({ fi: exactWords(80), sv: exactWords(80) })

export const formField = z.object({
  name: codeText(40).regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
  type: z.enum(formFieldTypes),
  /** Where the value is written; of a tick, the frame of its box. */
  region: formPlace,
  /** Comb cells: how many, where the first begins and how wide one is, at 300 dpi. */
  comb: z.object({ cells: z.int().min(2).max(60), x: measure, width: z.number().min(8).max(600) }).optional(),
  /** As printed beside it; empty where nothing is. */
  label: words,
  /** What people call it, where that is not among the names every form shares. */
  names: fieldNames.optional(),
})
export type FormField = z.infer<typeof formField>

/** What is needed to know a form, to lay it over a scan and to read its fields. */
export const formDefinition = z.object({
  /** As printed, `AS 1`. */
  code: codeText(20, 1),
  version: codeText(20, 1),
  language: z.enum(languages),
  benefit: z.enum(benefits),
  title: words,
  /** What its code begins with on every copy, and where the code stands; null where it carries none. */
  barcode: z.object({ begins: codeText(100, 2), box: formPlace }).nullable(),
  /** Printed lines that stand still on every copy: x1, y1, x2, y2. */
  anchors: z.array(formPlace).max(200),
  fields: z.array(formField).max(150),
})
export type FormDefinition = z.infer<typeof formDefinition>
