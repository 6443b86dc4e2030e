import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { type FormDefinition, fieldNames, formField, formPlace } from './form.ts'
import { codeText, exactWords } from './shapes.ts'

/** A field while a form is being made: its name may still be missing. `key` tells it from the others. */
export const draftField = formField.extend({
  key: codeText(40).regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
  name: exactWords(40),
  names: fieldNames,
  /** What is written there has been proposed by words that do not say it for certain; until a person decides. */
  guessed: z.boolean().optional(),
})
export type DraftField = z.infer<typeof draftField>

/** A form while it is being made, as far as it goes. All places at 300 dpi on the upright blank. */
export const formDraft = z.object({
  page: z.object({ width: z.number().min(100).max(20_000), height: z.number().min(100).max(20_000) }),
  code: codeText(20),
  version: codeText(20),
  language: z.enum(languages).nullable(),
  benefit: z.enum(benefits).nullable(),
  title: exactWords(200),
  /** The code found on the blank: all it says, what it says on every copy, and where it stands. */
  barcode: z.object({ text: exactWords(300), begins: exactWords(100), box: formPlace }).nullable(),
  anchors: z.array(formPlace).max(200),
  fields: z.array(draftField).max(150),
})
export type FormDraft = z.infer<typeof formDraft>

/** The definition a draft comes to once nothing is wrong with it; parse it to see that. */
export function toDefinition({ page: _page, barcode, fields, ...rest }: FormDraft): unknown {
  return {
    ...rest,
    code: rest.code.trim(),
    version: rest.version.trim(),
    barcode: barcode && { begins: barcode.begins, box: barcode.box },
    fields: fields.map(({ key: _key, guessed: _guessed, names, ...field }) => ({
      ...field,
      ...(hasNames(names) ? { names } : {}),
    })),
  }
}

const hasNames = ({ fi, sv }: DraftField['names']) => fi.trim() !== '' || sv.trim() !== ''

/** The definition to try a draft with, whatever it still lacks: its fields are named by their keys. */
export function toTrialDefinition({ page: _page, barcode, fields, ...rest }: FormDraft): FormDefinition {
  const isUsable = barcode !== null && barcode.begins.length >= 2
  return {
    ...rest,
    code: rest.code.trim() || '?',
    version: rest.version.trim() || '?',
    language: rest.language ?? 'fi',
    benefit: rest.benefit ?? benefits[0],
    barcode: isUsable ? { begins: barcode.begins, box: barcode.box } : null,
    fields: fields.map(({ key, names: _names, guessed: _guessed, ...field }) => ({ ...field, name: key })),
  }
}
