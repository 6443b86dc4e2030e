import { sql } from 'kysely'
import type pg from 'pg'
import type { Tx } from './database.ts'

/**
 * Every advisory lock of the product, by name. A lock is one of its schema: services on one database do not know each
 * other's. A new one is added here and taken through the functions below, so that no two ever share a key.
 */
export const lockNames = [
  // intake
  'same_bytes',
  'handover_positions',
  // balancer
  'receiving',
  'rules',
  'planning',
  'moving',
  'open_work',
  'claim',
  'event_positions',
  // every service
  'access_seal',
] as const
export type LockName = (typeof lockNames)[number]

/**
 * The two keys of a lock, for a statement that takes it by itself: its name in the connection's schema, and what it is about.
 * @param of an SQL expression of type text
 */
export function lockKeys(name: LockName, of = "''"): string {
  return `${nameKey(name)}, hashtext(${of})`
}

function nameKey(name: LockName): string {
  return `hashtext(current_schema() || '.${name}')`
}

/** Waits until nobody else holds the lock, or this object's lock of that name; it is held until the transaction ends. */
export async function waitForLock<S>(tx: Tx<S>, name: LockName, of = ''): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.raw(nameKey(name))}, hashtext(${of}))`.execute(tx)
}

/** Like `waitForLock`, beside all others who share it. */
export async function shareLock<S>(tx: Tx<S>, name: LockName): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${sql.raw(lockKeys(name))})`.execute(tx)
}

/** @returns false, at once, when another holds the lock; else it is held until the transaction ends. */
export async function tryLock<S>(tx: Tx<S>, name: LockName): Promise<boolean> {
  const query = sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${sql.raw(lockKeys(name))}) as locked`
  return (await query.execute(tx)).rows[0]?.locked === true
}

/** Like `tryLock`, but held until the connection ends. */
export async function tryLockConnection(client: pg.ClientBase, name: LockName): Promise<boolean> {
  const query = `select pg_try_advisory_lock(${lockKeys(name)}) as locked`
  return (await client.query<{ locked: boolean }>(query)).rows[0]?.locked === true
}
