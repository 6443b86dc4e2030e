import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { box } from './shapes.ts'

/**
 * The upright page image, which every box refers to: the page as decoded (its own orientation tag honoured), turned
 * clockwise by `rotation` quarter turns in degrees, then turned by minus `skew` degrees about its centre, the canvas
 * staying `width` × `height`. `skew` is how many degrees clockwise the lines of the turned page lean.
 */
export const upright = z.object({
  width: z.int(),
  height: z.int(),
  /** Dots per inch of the page as decoded: from the file, else from the paper's size. */
  dpi: z.number(),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  skew: z.number(),
})
export type Upright = z.infer<typeof upright>

export const barcodeFormats = ['QRCode', 'DataMatrix', 'Code128', 'Code39'] as const
export const barcode = z.object({ format: z.enum(barcodeFormats), text: z.string(), box })
export type Barcode = z.infer<typeof barcode>

/** `confidence` is 0 to 1. */
export const word = z.object({ text: z.string(), confidence: z.number(), box })
export type Word = z.infer<typeof word>

export const fieldReading = z.object({
  /** As people write it: `FI66 5493 6567 2415 42`, `24.6.2023`, `2 041,31`. */
  value: z.string(),
  confidence: z.number(),
  box,
  /** `sure`: proved or read alike twice; `doubtful`: a person must look; `invalid`: a check digit or rule fails. */
  status: z.enum(['sure', 'doubtful', 'invalid']),
  /** `raw` as read; `mapped`: letters read for digits put right; `suggested`: a digit guessed from the check digits. */
  provenance: z.enum(['raw', 'mapped', 'suggested']),
})
export type FieldReading = z.infer<typeof fieldReading>

export const formReading = z.object({
  code: z.string(),
  version: z.string(),
  language: z.enum(languages),
  benefit: z.enum(benefits),
  confidence: z.number(),
})
export type FormReading = z.infer<typeof formReading>

/** The first stage: what the application needs. */
export const pageFields = upright.extend({
  page: z.int().min(1),
  blank: z.boolean(),
  barcodes: z.array(barcode),
  form: formReading.nullable(),
  fields: z.record(z.string(), fieldReading),
  /** How the fields were found: by the form's registered regions, by printed labels, or not looked for. */
  found: z.enum(['regions', 'labels', 'none']),
  /** Whether it is a cover or separator sheet and nothing else; a filled page may carry such a code too. */
  sheet: z.boolean(),
})
export type PageFields = z.infer<typeof pageFields>

/** The second stage: the text for search. Identity codes stand in it in clear: mask before storing. */
export const pageText = z.object({ text: z.string(), confidence: z.number(), words: z.array(word) })
export type PageText = z.infer<typeof pageText>

/** What the first stage gives: with the whole text where the fields of an unknown page were looked for in it. */
export type FirstReading = PageFields & { readonly whole?: PageText }

/** `plain` reads a page at its own resolution; `clean` at 300 dpi, which costs a fifth more and finds small print. */
export type TextMode = 'plain' | 'clean'

export const pageReading = pageFields.extend(pageText.shape)
export type PageReading = z.infer<typeof pageReading>

/** Why a file or page could not be read; each is a refusal code with a text of its own. */
export const readingFailures = [
  'scan.empty',
  'scan.no_pages',
  'scan.unknown_type',
  'scan.too_large_image',
  'scan.too_many_pages',
  'scan.encrypted',
  'scan.damaged',
  'scan.took_too_long',
  'scan.out_of_memory',
  'scan.only_noise',
  'scan.not_readable',
  'scan.object_missing',
  'scan.object_changed',
] as const
export type ReadingFailure = (typeof readingFailures)[number]

export const fileKinds = ['jpeg', 'png', 'tiff', 'pdf'] as const
export type FileKind = (typeof fileKinds)[number]
