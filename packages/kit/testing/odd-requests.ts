import { newId } from '@tasain/vocabulary'
import type { Express } from 'express'
import { type Kysely, sql } from 'kysely'
import * as z from 'zod'
import type { Route } from '../src/door.ts'

/** The routes of an app that take a body or a query of a known shape. */
export function listRoutes(app: Express): Route[] {
  return app.locals['routes'] as Route[]
}

type Fill = { text: (path: string) => unknown; number: (path: string, usual: number) => unknown }

/** A value that the shape takes, with its free texts and numbers as the filler gives them. */
export function fillShape(shape: z.ZodType, fill: Fill, path = ''): unknown {
  const go = (part: unknown, name = '*') => fillShape(part as z.ZodType, fill, `${path}.${name}`)
  if (shape instanceof z.ZodUUID) return newId()
  if (shape instanceof z.ZodISODate) return '2026-11-20'
  if (shape instanceof z.ZodString || shape instanceof z.ZodStringFormat) return fill.text(path)
  if (shape instanceof z.ZodNumber) return fill.number(path, Math.max(1, Math.ceil(shape.minValue ?? 1)))
  if (shape instanceof z.ZodBoolean) return true
  if (shape instanceof z.ZodEnum) return shape.options[0]
  if (shape instanceof z.ZodLiteral) return [...shape.values][0]
  if (shape instanceof z.ZodPipe) return fillShape(shape.def.in as z.ZodType, fill, path)
  if (shape instanceof z.ZodArray) return [go(shape.element)]
  if (shape instanceof z.ZodTuple) return shape.def.items.map((item) => go(item))
  if (shape instanceof z.ZodUnion) return fillShape(shape.options[0] as z.ZodType, fill, path)
  if (shape instanceof z.ZodRecord) return { [String(fill.text(`${path}.key`))]: go(shape.valueType) }
  if (shape instanceof z.ZodObject)
    return Object.fromEntries(Object.entries(shape.shape).map(([name, part]) => [name, go(part, name)]))
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault)
    return fillShape(shape.unwrap() as z.ZodType, fill, path)
  return null
}

/** The columns of a schema in whose text one of the words stands, as `table.column: word`. */
export async function findInColumns<S>(db: Kysely<S>, schema: string, words: readonly string[]): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = ${schema} and t.table_type = 'BASE TABLE'
      and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY', 'tsvector')`.execute(db)
  const found: string[] = []
  for (const { table, column, type } of columns) {
    const text = type === 'bytea' ? sql`encode(${sql.ref(column)}, 'escape')` : sql`${sql.ref(column)}::text`
    for (const word of words) {
      const { rows } = await sql`
        select from ${sql.table(`${schema}.${table}`)} where position(lower(${word}) in lower(${text})) > 0 limit 1`.execute(
        db,
      )
      if (rows.length > 0) found.push(`${table}.${column}: ${word}`)
    }
  }
  return found
}

/** What is written to standard output meanwhile, such as a service's log. */
export async function captureOutput(run: () => Promise<void>): Promise<string> {
  let output = ''
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (chunk: string | Uint8Array) => {
    output += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return true
  }
  try {
    await run()
  } finally {
    process.stdout.write = write
  }
  return output
}

const valid = '010190-999W'
/** One identity code in forms that people and their programs write it in. */
export const codes = [
  valid,
  valid.toLowerCase(),
  Array.from(valid).join(' '),
  valid.replace(/[0-9A-Z]/g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0)),
  valid.replace('-', '\u2013'),
  `${valid.slice(0, 5)}\u200b${valid.slice(5)}`,
  'a010190A999W',
]
/** Texts and numbers that a careless reader takes for an ordinary one. */
export const oddTexts = [
  '\0',
  'a\0bcdef',
  '\ud800',
  '',
  ' '.repeat(3_000),
  '𝟘'.repeat(90),
  "'; --",
  '%',
  '{"a":1}',
  '__proto__',
]
export const oddNumbers = [2_147_483_648, -2_147_483_649, 9_007_199_254_740_992, -1, 0.5, '1', null, true, {}]
export const oddBodies: string[] = [
  `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '[]',
  'null',
  '"\\u0000"',
  '{"__proto__":{"a":"\\u0000"}}',
  '{',
  '\ufeff{}',
]

/** Does all of them, eight at a time. */
export async function doAll(deeds: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...deeds]
  const work = async () => {
    for (let deed = waiting.shift(); deed; deed = waiting.shift()) await deed()
  }
  await Promise.all(Array.from({ length: 8 }, work))
}
