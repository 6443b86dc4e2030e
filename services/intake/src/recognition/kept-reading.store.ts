import type { Box, FieldReading, FirstReading, PageText, Word } from '@tasain/contracts'
import { maskHetus, newId, parseHetu } from '@tasain/vocabulary'
import type { Insertable } from 'kysely'
import { foldText } from '../fold.ts'
import type { House } from '../house.ts'
import type { IntakeTx, KeptField, Schema } from '../schema.ts'
import { isCentreInside } from './picture/grey.ts'

type Secrets = Pick<House, 'cipher' | 'indexIdentity'>

/** Keeps the reading as the page's latest. */
export async function insertReading(tx: IntakeTx, row: Insertable<Schema['reading']>): Promise<void> {
  await tx
    .updateTable('reading')
    .set({ latest: false })
    .where('page_id', '=', row.page_id)
    .where('latest', '=', true)
    .execute()
  await tx.insertInto('reading').values(row).execute()
}

/** A reading as it is kept: nothing shaped like an identity code stands in it but encrypted. */
export function describeReading(
  secrets: Secrets,
  pageId: string,
  engine: string,
  reading: FirstReading,
): Insertable<Schema['reading']> {
  const { form } = reading
  const whole = reading.whole ?? (reading.blank ? emptyText : undefined)
  return {
    id: newId(),
    page_id: pageId,
    engine,
    latest: true,
    width: Math.round(reading.width),
    height: Math.round(reading.height),
    rotation: reading.rotation,
    skew: reading.skew,
    blank: reading.blank,
    sheet: reading.sheet,
    form:
      form &&
      toJson({
        code: form.code,
        language: form.language,
        benefit: form.benefit,
        confidence: form.confidence,
      }),
    barcodes: toJson(reading.barcodes.map((barcode) => ({ ...barcode, text: maskHetus(barcode.text) }))),
    fields: toJson(
      Object.fromEntries(
        Object.entries(reading.fields).map(([name, field]) => [name, keepField(secrets, name, field)]),
      ),
    ),
    ...describeText(reading.fields, whole ?? emptyText),
    text_read_at: whole ? new Date() : null,
  }
}

const emptyText: PageText = { text: '', confidence: 0, words: [] }

/** A page's text as it is kept: nothing shaped like an identity code, or standing where one belongs, is in it. */
export function describeText(
  fields: Readonly<Record<string, { readonly box: Box | null }>>,
  whole: PageText,
): { words: string; text: string; search_text: string; confidence: number } {
  const { text, words } = hideIdentityFields(fields, whole)
  const masked = maskHetus(text)
  return {
    words: toJson(maskWords(words)),
    text: masked,
    search_text: foldText(masked),
    confidence: whole.confidence,
  }
}

function keepField(secrets: Secrets, name: string, field: FieldReading): KeptField {
  const { confidence, status, box } = field
  return { ...keepValue(secrets, name, field.value), confidence, status, box }
}

/** A field's value: encrypted when it is an identity code or meant to be one, masked otherwise. */
export function keepValue(
  { cipher, indexIdentity }: Secrets,
  name: string,
  value: string,
): Pick<KeptField, 'value' | 'cipher' | 'identity_index'> {
  const hetu = parseHetu(value)
  const isCode = hetu !== undefined || /hetu/i.test(name) || /^[•\s]+$/.test(maskHetus(value))
  if (!isCode) return { value: maskHetus(toStorable(value)), cipher: null, identity_index: null }
  return {
    value: null,
    cipher: cipher.encryptText(value),
    identity_index: hetu ? indexIdentity(hetu) : null,
  }
}

/**
 * What stands where the form has its identity code is hidden whole, however badly it was read: a misread code has no shape
 * to know it by. Lengths stay.
 */
export function hideIdentityFields<T extends Pick<Word, 'text' | 'box'>>(
  fields: Readonly<Record<string, { readonly box: Box | null }>>,
  whole: { readonly text: string; readonly words: readonly T[] },
): { text: string; words: T[] } {
  const boxes = Object.entries(fields).flatMap(([name, { box }]) => (/hetu/i.test(name) && box ? [box] : []))
  let text = toStorable(whole.text)
  let at = 0
  const words = whole.words.map((word) => {
    const place = text.indexOf(word.text, at)
    if (place >= 0) at = place + word.text.length
    if (!boxes.some((box) => isCentreInside(word.box, box))) return word
    const hidden = '•'.repeat(word.text.length)
    if (place >= 0) text = text.slice(0, place) + hidden + text.slice(at)
    return { ...word, text: hidden }
  })
  return { text, words }
}

/** Masks over the words joined, since a code may be split between two of them. */
export function maskWords<T extends { readonly text: string }>(words: readonly T[]): T[] {
  const masked = maskHetus(words.map(({ text }) => text).join(' '))
  let start = 0
  return words.map((word) => {
    const text = masked.slice(start, start + word.text.length)
    start += word.text.length + 1
    return { ...word, text }
  })
}

/** Any value as PostgreSQL keeps it in jsonb. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? toStorable(part) : part))
}

// PostgreSQL keeps neither NUL nor half a surrogate pair; a barcode may hold any byte. The length stays.
function toStorable(text: string): string {
  return text.toWellFormed().replaceAll('\0', ' ')
}
