import type { Verification } from '@tasain/contracts'
import type { Kysely } from 'kysely'
import { type Heads, readHeads } from './access-head.ts'
import { authenticate, authenticateEarly } from './access-log.ts'
import { authenticateStart, batchSize, chain, chainEarly, type SealedEntry, start } from './access-seal.ts'
import type { HouseTables } from './migrate.ts'

export type SealFault = {
  kind:
    | 'edited'
    | 'deleted'
    | 'inserted'
    | 'reordered'
    | 'truncated'
    | 'heads_missing'
    | 'heads_begun_anew'
    | 'heads_forged'
    | 'start_forged'
  position: number | null
  /** The last position, where it is a whole stretch. */
  through?: number
  entryId: string | null
}

const mostFaults = 1_000

/** What `GET /verify` of a house says of its access log. */
export async function checkAccessLog(
  db: Kysely<HouseTables>,
  headFile: string,
  base64Key: string,
): Promise<Verification['checks'][number]> {
  const { entries, faults } = await verifyAccessLog(db, headFile, base64Key)
  const told = faults.slice(0, mostFaults).map(describeFault)
  if (faults.length > mostFaults) told.push(`And ${faults.length - mostFaults} more faults of the access log.`)
  return { name: 'access log', counted: entries, faults: told }
}

const sayings: Partial<Record<SealFault['kind'], (position: number | null) => string>> = {
  heads_missing: () =>
    'The file that keeps the newest heads of the access log is missing or empty, so a log cut short could not be seen. Put its last copy back.',
  heads_begun_anew: (position) =>
    `The file that keeps the newest heads of the access log went missing and was begun anew after position ${position}. Put its older copy back before its first line.`,
  heads_forged: () =>
    'The file that keeps the newest heads of the access log holds lines that the service did not write. Put its last copy back.',
  start_forged: () =>
    'What says where the access log begins to be keyed was changed or removed. Put the row of access_seal_start back from a copy of the database.',
}

function describeFault({ kind, position, through, entryId }: SealFault): string {
  const say = sayings[kind]
  if (say) return say(position)
  if (position === null && kind === 'deleted')
    return `The access log lost entry ${entryId ?? '?'} before it could be sealed.`
  const place = through === undefined ? `position ${position ?? '?'}` : `positions ${position ?? '?'} to ${through}`
  return `The access log was ${kind} at ${place} (entry ${entryId ?? '?'}).`
}

/**
 * Walks the whole chain and says where it does not hold.
 * `edited`, `deleted`, `reordered`: at that position, or from it through another; without one: before it was sealed;
 * `inserted`: an entry the service did not write; `truncated`: the chain ends before, or disagrees with, a head kept
 * outside the database; `heads_missing`, `heads_begun_anew`, `heads_forged`: those heads are gone, up to that position, or
 * are not the service's; `start_forged`: nobody can say which seals may be without a key, so that none may.
 */
export async function verifyAccessLog(
  db: Kysely<HouseTables>,
  headFile: string,
  base64Key: string,
): Promise<{ entries: number; faults: SealFault[] }> {
  const faults: SealFault[] = []
  const found = await readHeads(headFile, base64Key)
  const early = await readEarly(db, base64Key)
  let hash: Buffer = start
  let position = 0
  let entries = 0
  for await (const row of readChain(db)) {
    const isGap = row.position > position + 1
    if (isGap) faults.push(describeGap(position + 1, row.position - 1))
    const link: Link = { ...row, isEarly: row.position <= early.position, head: found.heads.get(row.position) }
    const kind = judge(link, isGap ? undefined : hash, base64Key)
    if (kind) faults.push({ kind, position: row.position, entryId: row.entryId })
    if (row.position === early.position && !row.hash.equals(early.hash))
      faults.push({ kind: 'edited', position: row.position, entryId: row.entryId })
    position = row.position
    hash = row.hash
    entries += 1
  }
  faults.push(...judgeHeads(found, position))
  if (!early.isSigned) faults.push({ kind: 'start_forged', position: null, entryId: null })
  return { entries, faults: [...faults, ...(await findForeignEntries(db, base64Key))] }
}

function describeGap(from: number, through: number): SealFault {
  return { kind: 'deleted', position: from, ...(through > from && { through }), entryId: null }
}

function judgeHeads({ heads, newest, begunAfter, vanished, forged }: Heads, last: number): SealFault[] {
  const faults: SealFault[] = []
  if (begunAfter !== undefined) faults.push({ kind: 'heads_begun_anew', position: begunAfter, entryId: null })
  if (heads.size === 0 && last > 0) faults.push({ kind: 'heads_missing', position: null, entryId: null })
  if (newest > last) faults.push({ kind: 'truncated', position: last + 1, entryId: null })
  if (forged > 0) faults.push({ kind: 'heads_forged', position: null, entryId: null })
  return [...faults, ...vanished.map((entryId) => ({ kind: 'deleted' as const, position: null, entryId }))]
}

/**
 * Up to where seals may be without a key. Right after the step that makes them keyed nobody has signed it yet; no entry
 * that was written later passes for an early one all the same.
 */
async function readEarly(
  db: Kysely<HouseTables>,
  base64Key: string,
): Promise<{ position: number; hash: Buffer; isSigned: boolean }> {
  const row = await db.selectFrom('access_seal_start').selectAll().executeTakeFirst()
  const isSigned = row !== undefined && (row.mac === null || authenticateStart(base64Key, row).equals(row.mac))
  return isSigned ? { ...row, isSigned } : { position: 0, hash: start, isSigned }
}

type Link = {
  position: number
  hash: Buffer
  entry: SealedEntry | undefined
  isEarly: boolean
  head: { hash: string; isKeyed: boolean } | undefined
}

/** What is wrong with one link; `previous` is undefined behind a gap, where the chain cannot be followed. */
function judge(link: Link, previous: Buffer | undefined, base64Key: string): SealFault['kind'] | undefined {
  const { position, hash, entry, isEarly, head } = link
  if (!entry) return 'deleted'
  const isLinked =
    previous === undefined ||
    (isEarly ? chainEarly(previous, position, entry) : chain(base64Key, previous, position, entry)).equals(hash)
  if (!isOurs(base64Key, entry, isEarly)) return isLinked ? 'inserted' : 'edited'
  if (!isLinked) return 'edited'
  if (head === undefined) return undefined
  return head.hash !== hash.toString('hex') || (!isEarly && !head.isKeyed) ? 'reordered' : undefined
}

/** An early entry may be sealed with a key, but a later one never without. */
function isOurs(base64Key: string, entry: SealedEntry, isEarly: boolean): boolean {
  if (authenticateEarly(base64Key, entry).equals(entry.mac)) return true
  return !isEarly && authenticate(base64Key, entry).equals(entry.mac)
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
    .filter((entry) => !isOurs(base64Key, entry, false))
    .map((entry) => ({ kind: 'inserted' as const, position: null, entryId: entry.id }))
}
