import { sql } from 'kysely'
import type { BalancerTx } from '../schema.ts'

/**
 * Does work that is undone alone when the tables do not take what it writes.
 * @returns its result, or the constraint or code of the database that is against it.
 * @throws whatever else went wrong.
 */
export async function attempt<T>(tx: BalancerTx, work: () => Promise<T>): Promise<{ result: T } | { fault: string }> {
  await sql`savepoint attempt`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint attempt`.execute(tx)
    return { result }
  } catch (error) {
    const fault = findFault(error)
    if (fault === undefined) throw error
    await sql`rollback to savepoint attempt`.execute(tx)
    await sql`release savepoint attempt`.execute(tx)
    return { fault }
  }
}

/** Data that cannot be, or that breaks a constraint; the database's classes 22 and 23. Never a text with values in it. */
function findFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  if (!/^2[23]/.test(code)) return undefined
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : code
}
