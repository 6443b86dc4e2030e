import { leaveOpen } from '@tasain/contracts'
import { isFreeOfHetus, maskHetus } from '@tasain/vocabulary'
import * as z from 'zod'
import { refuse } from './refuse.ts'

export type Shape = z.ZodType | undefined
export type Parsed<T extends Shape> = T extends z.ZodType ? z.output<T> : undefined

const deepest = 32
const biggestColumn = 2_147_483_647

/**
 * What was sent, as it is meant to be. Nothing that was sent is repeated in the refusal.
 * @throws request.invalid with each fault at its path.
 */
export function parseShape<T extends Shape>(shape: T | undefined, value: unknown): Parsed<T> {
  assertStorable(value)
  if (!shape) return undefined as Parsed<T>
  const result = shape.safeParse(value)
  if (!result.success)
    throw refuse(
      'request.invalid',
      result.error.issues.map((issue) => ({
        path: maskHetus(issue.path.join('.')),
        message: maskHetus(issue.message),
      })),
    )
  return result.data as Parsed<T>
}

/** @throws request.invalid for text that the database cannot hold, and for nesting that no request has. */
export function assertStorable(value: unknown, depth = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw refuse('request.invalid', [{ path: '', message: 'text with characters that cannot be stored' }])
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth === deepest) throw refuse('request.invalid', [{ path: '', message: `nested deeper than ${deepest}` }])
  for (const [key, part] of Object.entries(value)) {
    assertStorable(key)
    assertStorable(part, depth + 1)
  }
}

/**
 * What a request's shape lets in that could leave an identity code in a plain column or end in a fault of the database:
 * texts that are neither masked, refused nor marked as handled by their taker, and whole numbers without a bound.
 * @returns the places, as `path: fault`.
 */
export function listBareTexts(shape: z.ZodType, path = ''): string[] {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (shape instanceof z.ZodString || shape instanceof z.ZodStringFormat)
    return isGuarded(shape) ? [] : [`${path}: a text that may hold an identity code`]
  if (shape instanceof z.ZodNumber) return isBounded(shape) ? [] : [`${path}: a whole number without a bound`]
  if (shape instanceof z.ZodPipe) {
    const { out } = shape.def
    const transform: unknown = out instanceof z.ZodTransform ? out.def.transform : undefined
    if (transform === maskHetus || transform === leaveOpen) return []
    return listBareTexts(shape.def.in as z.ZodType, path)
  }
  if (shape instanceof z.ZodObject)
    return Object.entries(shape.shape).flatMap(([name, part]) => listBareTexts(part as z.ZodType, at(name)))
  if (shape instanceof z.ZodRecord)
    return [shape.keyType, shape.valueType].flatMap((part) => listBareTexts(part as z.ZodType, at('*')))
  if (shape instanceof z.ZodArray) return listBareTexts(shape.element as z.ZodType, at('*'))
  if (shape instanceof z.ZodTuple) return shape.def.items.flatMap((part) => listBareTexts(part as z.ZodType, at('*')))
  if (shape instanceof z.ZodUnion) return shape.options.flatMap((part) => listBareTexts(part as z.ZodType, path))
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault)
    return listBareTexts(shape.unwrap() as z.ZodType, path)
  if (shape instanceof z.ZodEnum || shape instanceof z.ZodLiteral || shape instanceof z.ZodBoolean) return []
  return [`${path}: a ${shape.type}, which nobody looks into`]
}

/** Numbers in an address count rows and positions, which are bigger columns. */
function isBounded(shape: z.ZodNumber): boolean {
  return shape.def.coerce === true || !shape.isInt || (shape.maxValue ?? Number.MAX_VALUE) <= biggestColumn
}

const formats = new Set(['uuid', 'date', 'datetime'])

/** Whether a text is an id or a date, or one shaped like an identity code is refused. */
function isGuarded(shape: z.ZodString | z.ZodStringFormat): boolean {
  if (formats.has(shape.format ?? '')) return true
  return (shape.def.checks ?? []).some((check) => 'fn' in check._zod.def && check._zod.def.fn === isFreeOfHetus)
}
