import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import { type AccessEntry, canonical } from './access-log.ts'
import { tryLock } from './locks.ts'
import type { Log } from './log.ts'
import type { HouseTables } from './migrate.ts'
import { repeat } from './repeat.ts'

// Chaining each entry in its own transaction would put all readers behind one lock (measured 6 to 9 times slower), so
// entries are appended freely and one sealer at a time chains them, a moment later, in batches.
export const batchSize = 5_000
export const start = Buffer.alloc(32)

export type SealedEntry = AccessEntry & { mac: Buffer; seen_at: Date }
export type Head = { position: number; hash: string }

/** Seals each second for as long as the house is open. Several processes may do so on one database. */
export function startSealing(db: Kysely<HouseTables>, headFile: string, log: Log): { stop: () => Promise<void> } {
  return repeat(log, 1_000, async () => {
    while ((await sealAccessLog(db, headFile)) > 0);
  })
}

/**
 * Seals what has been appended since the last time: each seal's hash covers its entry and the seal before it.
 * The newest head is also written to a file outside the database, which shows a chain cut short at its end. A file that
 * has gone is begun anew with a line that says so.
 * @returns how many entries were sealed; 0 also when another process is sealing.
 */
export async function sealAccessLog(db: Kysely<HouseTables>, headFile: string): Promise<number> {
  const sealed = await db.transaction().execute(async (tx) => {
    if (!(await tryLock(tx, 'access_seal'))) return undefined
    const last = await tx
      .selectFrom('access_seal')
      .leftJoin('access_entry', 'access_entry.id', 'access_seal.entry_id')
      .select(['position', 'hash', 'seen_at'])
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst()
    const entries = await tx
      .selectFrom('access_entry')
      .selectAll('access_entry')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb.selectFrom('access_seal').select('entry_id').whereRef('access_seal.entry_id', '=', 'access_entry.id'),
          ),
        ),
      )
      // A transaction lasts minutes at most, so what is older than an hour before the last sealed entry has been sealed.
      .where('access_entry.seen_at', '>', new Date((last?.seen_at?.getTime() ?? 0) - 3_600_000))
      .orderBy('access_entry.id')
      .limit(batchSize)
      .execute()
    if (entries.length === 0) return undefined
    // Before the first seal can be seen, so that a file missing later has been taken away.
    if (!last) appendLine(headFile, '')
    let position = last?.position ?? 0
    let hash = last?.hash ?? start
    const seals = entries.map((entry) => {
      position += 1
      hash = chain(hash, position, entry)
      return { position, entry_id: entry.id, hash }
    })
    await tx.insertInto('access_seal').values(seals).execute()
    return { count: seals.length, head: { position, hash: hash.toString('hex') }, before: last?.position ?? 0 }
  })
  if (!sealed) return 0
  if (!existsSync(headFile)) appendLine(headFile, `${JSON.stringify({ begunAfter: sealed.before })}\n`)
  appendLine(headFile, `${JSON.stringify(sealed.head)}\n`)
  return sealed.count
}

/** The hash of a link: it covers the entry and all that stands before it. */
export function chain(previous: Buffer, position: number, entry: SealedEntry): Buffer {
  return createHash('sha256')
    .update(previous)
    .update(`${position}|${canonical(entry)}|${entry.seen_at.toISOString()}|`)
    .update(entry.mac)
    .digest()
}

function appendLine(headFile: string, line: string): void {
  mkdirSync(dirname(headFile), { recursive: true, mode: 0o700 })
  const file = openSync(headFile, 'a', 0o600)
  try {
    writeSync(file, line)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
