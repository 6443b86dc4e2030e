import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Verification } from '@tasain/contracts'
import type { Kysely } from 'kysely'
import { authenticate } from './access-log.ts'
import { batchSize, chain, type Head, type SealedEntry, start } from './access-seal.ts'
import type { HouseTables } from './migrate.ts'

export type SealFault = {
  kind: 'edited' | 'deleted' | 'inserted' | 'reordered' | 'truncated' | 'heads_missing' | 'heads_begun_anew'
  position: number | null
  entryId: string | null
}

/** What `GET /verify` of a house says of its access log. */
export async function checkAccessLog(
  db: Kysely<HouseTables>,
  headFile: string,
  base64Key: string,
): Promise<Verification['checks'][number]> {
  const { entries, faults } = await verifyAccessLog(db, headFile, base64Key)
  return {
    name: 'access log',
    counted: entries,
    faults: faults.map(describeFault),
  }
}

function describeFault({ kind, position, entryId }: SealFault): string {
  if (kind === 'heads_missing')
    return 'The file that keeps the newest heads of the access log is missing or empty, so a log cut short could not be seen. Put its last copy back.'
  if (kind === 'heads_begun_anew')
    return `The file that keeps the newest heads of the access log went missing and was begun anew after position ${position}. Put its older copy back before its first line.`
  return `The access log was ${kind} at position ${position ?? '?'} (entry ${entryId ?? '?'}).`
}

/**
 * Walks the whole chain and says where it does not hold.
 * `edited`, `deleted`, `reordered`: at that position; `inserted`: an entry the service did not write; `truncated`: the
 * chain ends before, or disagrees with, a head kept outside the database; `heads_missing`, `heads_begun_anew`: those heads
 * are gone, up to that position.
 */
export async function verifyAccessLog(
  db: Kysely<HouseTables>,
  headFile: string,
  base64Key: string,
): Promise<{ entries: number; faults: SealFault[] }> {
  const faults: SealFault[] = []
  const { heads, newest, begunAfter } = await readHeads(headFile)
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
  if (begunAfter !== undefined) faults.push({ kind: 'heads_begun_anew', position: begunAfter, entryId: null })
  if (heads.size === 0 && position > 0) faults.push({ kind: 'heads_missing', position: null, entryId: null })
  if (newest > position) faults.push({ kind: 'truncated', position: position + 1, entryId: null })
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

/** One head for every second in which something was seen: read line by line, for the file grows for years. */
async function readHeads(
  headFile: string,
): Promise<{ heads: Map<number, string>; newest: number; begunAfter?: number }> {
  const heads = new Map<number, string>()
  let newest = 0
  let begunAfter: number | undefined
  if (!existsSync(headFile)) return { heads, newest }
  const file = await open(headFile)
  for await (const line of file.readLines()) {
    const begun = Number(/^\{"begunAfter":(\d+)\}$/.exec(line)?.[1] ?? 0)
    // Where an older copy was put back before it, nothing is missing any more.
    if (begun > newest) begunAfter ??= begun
    const head = findHead(line)
    if (!head) continue
    heads.set(head.position, head.hash)
    newest = Math.max(newest, head.position)
  }
  return { heads, newest, ...(begunAfter !== undefined && { begunAfter }) }
}

/** The last head on a line: one that a loss of power cut short has the next on its own line. */
function findHead(line: string): Head | undefined {
  const [, position, hash] = /\{"position":(\d+),"hash":"([0-9a-f]{64})"\}$/.exec(line) ?? []
  return position !== undefined && hash !== undefined ? { position: Number(position), hash } : undefined
}
