import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Log } from './log.ts'

/** What a function that may only read takes. A transaction is one too. */
export type Read<S> = Pick<
  Kysely<S>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'case' | 'getExecutor'
>
/** What a function that may write takes: a transaction that somebody else begins and ends. */
export type Tx<S> = Transaction<S>

export type Database<S> = { db: Kysely<S>; pool: pg.Pool; close: () => Promise<void> }

const int8 = 20
const date = 1082
// Dates stay `YYYY-MM-DD`: a Date object would drag a time zone into a calendar date. Our int8 columns count rows and
// positions, far below 2^53.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === int8) return Number
    if (oid === date) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** Opens a pool on one schema. Every wait is bounded, so that a dead database is an error and not a hang. */
export function connect<S>(options: { url: string; schema: string; log: Log; max?: number }): Database<S> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    types,
    options: `-c search_path=${options.schema},public -c timezone=UTC`,
    application_name: `tasain-${options.schema}`,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    query_timeout: 35_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
  })
  // Without a listener an idle connection that the server drops would end the process.
  pool.on('error', (error) => options.log.warn({ error }, 'an idle database connection was lost'))
  const db = new Kysely<S>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}

const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
])

/** Whether an error means that the database is out of reach, as against a fault in what was asked of it. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    outageCodes.has(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/.test(
      error.message,
    )
  )
}

/** Whether an error is the violation of a constraint with this name. */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.constraint === constraint
}
