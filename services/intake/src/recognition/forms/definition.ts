import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'

const place = z.tuple([z.number(), z.number(), z.number(), z.number()])

export const fieldTypes = [
  'hetu',
  'iban',
  'date',
  'amount',
  'phone',
  'postal',
  'name',
  'line',
  'text',
  'email',
] as const
export type FieldType = (typeof fieldTypes)[number]

const formField = z.object({
  name: z.string(),
  type: z.enum(fieldTypes),
  /** Where the value is written: x, y, width, height at 300 dpi on the upright page. */
  region: place,
  /** Comb cells: how many, where the first begins and how wide one is, at 300 dpi. */
  comb: z.object({ cells: z.int(), x: z.number(), width: z.number() }).optional(),
  label: z.string(),
})
export type FormField = z.infer<typeof formField>

/** A printed form as data: what is needed to know it, to lay it over a scan and to read its fields. 300 dpi. */
export const formDefinition = z.object({
  /** As printed, `AS 1`. */
  code: z.string(),
  version: z.string(),
  language: z.enum(languages),
  benefit: z.enum(benefits),
  title: z.string(),
  barcode: z.object({ begins: z.string(), box: place }),
  /** Printed lines that stand still on every copy: x1, y1, x2, y2. */
  anchors: z.array(place),
  fields: z.array(formField),
})
export type FormDefinition = z.infer<typeof formDefinition>
