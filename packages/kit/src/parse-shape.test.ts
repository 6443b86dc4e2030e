import * as contracts from '@tasain/contracts'
import { codeText, exactWords, openText, ownWords, whole } from '@tasain/contracts'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { listSources, readSource } from '../../../test/support/imports.ts'
import { listBareTexts, parseShape } from './parse-shape.ts'
import { Refusal } from './refuse.ts'

const hetu = '010190-999W'
const catchRefusal = (run: () => unknown): Refusal | undefined => {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  return undefined
}

describe('Identity codes', () => {
  test('a shape of a request takes no text that could keep one', () => {
    const bare = z.object({
      a: z.string(),
      b: z.array(z.string().max(5)).optional(),
      c: z.record(z.string(), ownWords(5)),
      d: z.union([z.object({ e: z.string().nullable().default(null) }), z.literal('x')]),
      f: z.string().transform((text) => text.trim()),
      g: z.int(),
      h: z.string().regex(/^[a-z0-9]+$/),
      i: z.unknown(),
    })
    expect(listBareTexts(bare).map((fault) => fault.split(':')[0])).toEqual('a b.* c.* d.e f g h i'.split(' '))
    const guarded = z.object({
      a: ownWords(5, 1).default(''),
      b: z.array(exactWords(5)).optional(),
      c: z.record(codeText(5), openText(5)),
      d: codeText(5).regex(/^x/).nullable(),
      e: z.uuid(),
      f: contracts.isoDate,
      g: whole,
      h: z.int().max(300),
    })
    expect(listBareTexts(guarded)).toEqual([])
  })

  test('every shape of a write holds its texts back, but for those named', () => {
    const shapes = Object.entries(listAskedShapes())
    expect(shapes.length).toBeGreaterThan(20)
    // A draft is stored encrypted, whatever is in it; its versions have a form of their own.
    const faults = shapes.flatMap(([name, shape]) => listBareTexts(shape).map((fault) => `${name}.${fault}`))
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'saveDraft.version',
      'saveDraft.since',
      'saveDraft.body.*',
      'saveDraft.body.*',
    ])
    // A field's value is kept encrypted where it is shaped like a code; of a person's code only the keyed index is stored, and
    // what is searched for is kept nowhere.
    const open = shapes.filter(([, shape]) => sourceOf(shape).includes('leaveOpen'))
    expect(open.map(([name]) => name)).toEqual(['correctFields', 'declareConflict', 'registerStaff', 'searchPages'])
  })

  test('what is refused is not repeated in the refusal', () => {
    const shape = z.object({ x: codeText(40) }).strict()
    const refusals = [
      catchRefusal(() => parseShape(shape, { x: hetu })),
      catchRefusal(() => parseShape(shape, { x: 'a', [hetu]: 1 })),
      catchRefusal(() => parseShape(z.record(codeText(40), whole), { [hetu]: 1 })),
    ]
    for (const refusal of refusals) {
      expect(refusal?.code).toBe('request.invalid')
      expect(JSON.stringify(refusal?.fields)).not.toContain(hetu)
    }
  })
})

describe('Odd requests are refused', () => {
  test('text that no column can hold, anywhere in the request', () => {
    const values = ['a\0b', '\ud800', { a: ['\0'] }, { 'a\0': 1 }, { a: { b: '\udfff' } }]
    for (const value of values) expect(catchRefusal(() => parseShape(undefined, value))?.code).toBe('request.invalid')
    expect(parseShape(z.object({ a: ownWords(9) }), { a: 'ä😀' })).toEqual({ a: 'ä😀' })
  })

  test('nesting deeper than any request has, without a fault of the stack', () => {
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
    expect(catchRefusal(() => parseShape(undefined, deep))?.code).toBe('request.invalid')
  })
})

/** The shapes of contracts that some route parses a request by. */
function listAskedShapes(): Record<string, z.ZodType> {
  const shapes: Record<string, unknown> = { ...contracts }
  const sources = listSources().filter((path) => /^services\/.*\.api\.ts$/.test(path))
  const names = sources.flatMap((path) => {
    const source = readSource(path)
    const aliases = new Map([...source.matchAll(/(\w+) as (\w+)/g)].map(([, name = '', alias = '']) => [alias, name]))
    const used = [...source.matchAll(/\b(?:body|query): (\w+)|parseShape\((\w+)/g)].map(
      (found) => found[1] ?? found[2] ?? '',
    )
    return used.map((name) => aliases.get(name) ?? name)
  })
  const found = [...new Set(names)].sort().map((name) => [name, shapes[name]] as const)
  return Object.fromEntries(found.filter((one): one is [string, z.ZodType] => one[1] instanceof z.ZodType))
}

/** The names of the functions that a shape's texts go through. */
function sourceOf(shape: z.ZodType): string[] {
  const names: string[] = []
  const seen = new Set<unknown>()
  const visit = (value: unknown): void => {
    if (typeof value === 'function') names.push(value.name)
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    for (const part of value instanceof z.ZodType ? [value.def] : Object.values(value)) visit(part)
  }
  visit(shape)
  return names
}
