import { createHash, createHmac } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { appendBegun, appendHead, appendVanished, createHeads, hasHeads } from './access-head.ts'
import { type AccessEntry, canonical, deriveKey } from './access-log.ts'
import { findVanished, type Witness } from './access-witness.ts'
import { tryLock } from './locks.ts'
import type { Log } from './log.ts'
import type { HouseTables } from './migrate.ts'
import { repeat } from './repeat.ts'

// Chaining each entry in its own transaction would put all readers behind one lock (measured 6 to 9 times slower), so
// entries are appended freely and one sealer at a time chains them, a moment later, in batches.
export const batchSize = 5_000
export const start = Buffer.alloc(32)

export type SealedEntry = AccessEntry & { mac: Buffer; seen_at: Date }
export type Seal = { position: number; hash: Buffer }
export type SealStart = HouseTables['access_seal_start']

/** What sealing works with; `key`: the access log's, 32 bytes in base64. */
export type Sealing = { db: Kysely<HouseTables>; headFile: string; key: string; witness?: Witness; log: Log }

/** Seals each second for as long as the house is open. Several processes may do so on one database. */
export function startSealing(sealing: Sealing): { stop: () => Promise<void> } {
  // What this process sealed last: a chain that is rewritten while it runs is noticed without any file.
  const memory: { last?: Seal } = {}
  const seal = async () => {
    while ((await sealAccessLog(sealing, memory)) > 0);
    await reportVanished(sealing)
  }
  const sealer = repeat(sealing.log, 1_000, seal, 'seal')
  return {
    async stop() {
      await sealer.stop()
      sealing.witness?.close()
    },
  }
}

/**
 * Seals what has been appended since the last time: each seal's keyed hash covers its entry and the seal before it.
 * The newest head is also written to a file outside the database, which shows a chain cut short at its end. A file that
 * has gone is begun anew with a line that says so.
 * @returns how many entries were sealed; 0 also when another process is sealing.
 */
export async function sealAccessLog(sealing: Sealing, memory: { last?: Seal } = {}): Promise<number> {
  const { db, headFile, key, log } = sealing
  const sealed = await db.transaction().execute(async (tx) => {
    if (!(await tryLock(tx, 'access_seal'))) return undefined
    await signStart(tx, sealing)
    const last = await findLast(tx)
    await compareWithMemory(tx, memory, log)
    const entries = await listUnsealed(tx, last?.seen_at)
    if (entries.length === 0) return undefined
    // Before the first seal can be seen, so that a file missing later has been taken away.
    if (!last) createHeads(headFile)
    let position = last?.position ?? 0
    let hash = last?.hash ?? start
    const seals = entries.map((entry) => {
      position += 1
      hash = chain(key, hash, position, entry)
      return { position, entry_id: entry.id, hash }
    })
    await tx.insertInto('access_seal').values(seals).execute()
    return { count: seals.length, last: { position, hash }, before: last?.position ?? 0 }
  })
  if (!sealed) return 0
  memory.last = sealed.last
  if (!hasHeads(headFile)) appendBegun(headFile, sealed.before)
  appendHead(headFile, key, { position: sealed.last.position, hash: sealed.last.hash.toString('hex') })
  return sealed.count
}

/** The seal to go on from: the last that follows another. One put far behind the others is not gone on from. */
async function findLast(tx: Kysely<HouseTables>): Promise<(Seal & { seen_at: Date | null }) | undefined> {
  return await tx
    .selectFrom('access_seal')
    .leftJoin('access_entry', 'access_entry.id', 'access_seal.entry_id')
    .select(['access_seal.position', 'access_seal.hash', 'access_entry.seen_at'])
    .where((eb) =>
      eb.or([
        eb('access_seal.position', '=', 1),
        eb.exists(
          eb
            .selectFrom('access_seal as before')
            .select('before.position')
            .where('before.position', '=', sql<number>`access_seal.position - 1`),
        ),
      ]),
    )
    .orderBy('access_seal.position', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function compareWithMemory(tx: Kysely<HouseTables>, memory: { last?: Seal }, log: Log): Promise<void> {
  if (!memory.last) return
  const { position, hash } = memory.last
  const now = await tx.selectFrom('access_seal').select('hash').where('position', '=', position).executeTakeFirst()
  if (now?.hash.equals(hash)) return
  log.error({ alarm: 'access_log', position }, 'the access log was changed at a place that had been sealed')
  delete memory.last
}

async function listUnsealed(tx: Kysely<HouseTables>, lastSeenAt: Date | null | undefined): Promise<SealedEntry[]> {
  return await tx
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
    .where('access_entry.seen_at', '>', new Date((lastSeenAt?.getTime() ?? 0) - 3_600_000))
    .orderBy('access_entry.id')
    .limit(batchSize)
    .execute()
}

/** Signs, once in the life of a database, where the seals without a key end; from then on they can be nowhere else. */
async function signStart(tx: Kysely<HouseTables>, { key, log }: Sealing): Promise<void> {
  const row = await tx.selectFrom('access_seal_start').selectAll().executeTakeFirst()
  if (!row || row.mac) return
  await tx
    .updateTable('access_seal_start')
    .set({ mac: authenticateStart(key, row) })
    .execute()
  log.warn({ position: row.position }, 'the access log is sealed with a key from the next position on')
}

export function authenticateStart(key: string, { position, hash }: Pick<SealStart, 'position' | 'hash'>): Buffer {
  return createHmac('sha256', deriveKey(key, 'start'))
    .update(`${position} ${hash.toString('hex')}`)
    .digest()
}

/** Entries that were deleted within the second before they would have been sealed. */
export async function reportVanished({ db, headFile, key, witness, log }: Sealing): Promise<void> {
  if (!witness) return
  for (const entryId of await findVanished(db, witness)) {
    appendVanished(headFile, key, entryId)
    log.error({ alarm: 'access_log', entryId }, 'an entry of the access log was deleted before it was sealed')
  }
}

/** The hash of a link: it covers the entry and all that stands before it. */
export function chain(key: string, previous: Buffer, position: number, entry: SealedEntry): Buffer {
  return createHmac('sha256', deriveKey(key, 'chain'))
    .update(linkOf(previous, position, entry))
    .digest()
}

/** The hash of a link before seals were keyed. */
export function chainEarly(previous: Buffer, position: number, entry: SealedEntry): Buffer {
  return createHash('sha256')
    .update(linkOf(previous, position, entry))
    .digest()
}

function linkOf(previous: Buffer, position: number, entry: SealedEntry): Buffer {
  const content = `${position}|${canonical(entry)}|${entry.seen_at.toISOString()}|`
  return Buffer.concat([previous, Buffer.from(content), entry.mac])
}
