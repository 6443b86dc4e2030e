import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { type Kysely, sql } from 'kysely'
import { type AccessEntry, authenticate, canonical } from './access-log.ts'
import type { HouseTables } from './migrate.ts'

// Chaining each entry in its own transaction would put all readers behind one lock (measured 6 to 9 times slower), so
// entries are appended freely and one sealer at a time chains them, a moment later, in batches.
const batchSize = 5_000
const sealLock = 7_201
const start = Buffer.alloc(32)

type SealedEntry = AccessEntry & { mac: Buffer; seen_at: Date }
type Head = { position: number; hash: string }

/**
 * Seals what has been appended since the last time: each seal's hash covers its entry and the seal before it.
 * The newest head is also written to a file outside the database, which shows a chain cut short at its end.
 * @returns how many entries were sealed; 0 also when another process is sealing.
 */
export async function sealAccessLog(db: Kysely<HouseTables>, headFile: string): Promise<number> {
  const sealed = await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${sealLock}) as locked`.execute(tx)
    if (!rows[0]?.locked) return undefined
    const last = await tx
      .selectFrom('access_seal')
      .select(['position', 'hash', 'sealed_at'])
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst()
    const entries = await tx
      .selectFrom('access_entry')
      .selectAll('access_entry')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(selectFrom('access_seal').select('entry_id').whereRef('access_seal.entry_id', '=', 'access_entry.id')),
        ),
      )
      // A transaction lasts a minute at most, so what is older than an hour before the last seal has been sealed already.
      .where('access_entry.seen_at', '>', new Date((last?.sealed_at?.getTime() ?? 0) - 3_600_000))
      .orderBy('access_entry.id')
      .limit(batchSize)
      .execute()
    if (entries.length === 0) return undefined
    let position = last?.position ?? 0
    let hash = last?.hash ?? start
    const seals = entries.map((entry) => {
      position += 1
      hash = chain(hash, position, entry)
      return { position, entry_id: entry.id, hash }
    })
    await tx.insertInto('access_seal').values(seals).execute()
    return { count: seals.length, head: { position, hash: hash.toString('hex') } }
  })
  if (!sealed) return 0
  appendHead(headFile, sealed.head)
  return sealed.count
}

function chain(previous: Buffer, position: number, entry: SealedEntry): Buffer {
  return createHash('sha256')
    .update(previous)
    .update(`${position}|${canonical(entry)}|${entry.seen_at.toISOString()}|`)
    .update(entry.mac)
    .digest()
}

function appendHead(headFile: string, head: Head): void {
  const file = openSync(headFile, 'a', 0o600)
  try {
    writeSync(file, `${JSON.stringify(head)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

export type SealFault = {
  kind: 'edited' | 'deleted' | 'inserted' | 'reordered' | 'truncated'
  position: number | null
  entryId: string | null
}

/**
 * Walks the whole chain and says where it does not hold.
 * `edited`, `deleted`, `reordered`: at that position; `inserted`: an entry the service did not write; `truncated`: the
 * chain ends before, or disagrees with, a head kept outside the database.
 */
export async function verifyAccessLog(
  db: Kysely<HouseTables>,
  headFile: string,
  base64Key: string,
): Promise<{ entries: number; faults: SealFault[] }> {
  const faults: SealFault[] = []
  const heads = readHeads(headFile)
  let hash: Buffer = start
  let position = 0
  for await (const row of readChain(db)) {
    const missing = row.position - position - 1
    for (let gap = position + 1; gap < row.position; gap += 1)
      faults.push({ kind: 'deleted', position: gap, entryId: null })
    const kind = judge(row, missing > 0 ? undefined : hash, base64Key, heads.get(row.position))
    if (kind) faults.push({ kind, position: row.position, entryId: row.entryId })
    position = row.position
    hash = row.hash
  }
  const newestHead = Math.max(0, ...heads.keys())
  if (newestHead > position) faults.push({ kind: 'truncated', position: position + 1, entryId: null })
  return { entries: position, faults: [...faults, ...(await findForeignEntries(db, base64Key))] }
}

/** What is wrong with one link; `previous` is undefined behind a gap, where the chain cannot be followed. */
function judge(
  row: { position: number; hash: Buffer; entry: SealedEntry | undefined },
  previous: Buffer | undefined,
  base64Key: string,
  head: string | undefined,
): SealFault['kind'] | undefined {
  if (!row.entry) return 'deleted'
  const isOurs = authenticate(base64Key, row.entry).equals(row.entry.mac)
  const isLinked = previous === undefined || chain(previous, row.position, row.entry).equals(row.hash)
  if (!isOurs) return isLinked ? 'inserted' : 'edited'
  if (!isLinked) return 'edited'
  return head !== undefined && head !== row.hash.toString('hex') ? 'reordered' : undefined
}

async function* readChain(db: Kysely<HouseTables>) {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('access_seal')
      .leftJoin('access_entry', 'access_entry.id', 'access_seal.entry_id')
      .selectAll('access_entry')
      .select(['access_seal.position', 'access_seal.entry_id as entryId', 'access_seal.hash'])
      .where('access_seal.position', '>', after)
      .orderBy('access_seal.position')
      .limit(batchSize)
      .execute()
    for (const { position, entryId, hash, ...entry } of rows)
      yield { position, entryId, hash, entry: entry.id === null ? undefined : (entry as SealedEntry) }
    const last = rows.at(-1)
    if (!last) return
    after = last.position
  }
}

/** Entries without a seal are either very new or were never written by the service. */
async function findForeignEntries(db: Kysely<HouseTables>, base64Key: string): Promise<SealFault[]> {
  const unsealed = await db
    .selectFrom('access_entry')
    .leftJoin('access_seal', 'access_seal.entry_id', 'access_entry.id')
    .selectAll('access_entry')
    .where('access_seal.position', 'is', null)
    .execute()
  return unsealed
    .filter((entry) => !authenticate(base64Key, entry).equals(entry.mac))
    .map((entry) => ({ kind: 'inserted' as const, position: null, entryId: entry.id }))
}

function readHeads(headFile: string): Map<number, string> {
  const heads = new Map<number, string>()
  if (!existsSync(headFile)) return heads
  for (const line of readFileSync(headFile, 'utf8').split('\n')) {
    if (line.trim() === '') continue
    const head = JSON.parse(line) as Head
    heads.set(head.position, head.hash)
  }
  return heads
}
