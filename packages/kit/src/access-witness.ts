import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Log } from './log.ts'
import type { HouseTables } from './migrate.ts'

/** An entry that may not be sealed yet, with the transaction that wrote it. */
type Pending = { id: string; mac: string; transaction: string; at: number }

/**
 * What a process remembers of the entries it wrote until they are sealed, so that one deleted before is missed. Kept in
 * memory and in a file of the process, which the next one takes over when it was killed.
 */
export type Witness = {
  add: (entries: readonly { id: string; mac: Buffer }[], transaction: string) => void
  list: () => Pending[]
  forget: (ids: ReadonlySet<string>) => void
  close: () => void
}

const hour = 3_600_000
const mostBytes = 65_536

/** @param headFile the witness's file lies beside it */
export function openWitness(headFile: string, log: Log): Witness {
  const mine = `${headFile}.unsealed-${hostname()}-${process.pid}`
  const pending = new Map(adopt(headFile, log).map((one) => [one.id, one]))
  let bytes = 0
  let file: number | undefined
  // What cannot be written is still remembered; only a process that is killed then forgets it.
  const tryTo = (write: () => void) => {
    try {
      write()
    } catch (error) {
      log.warn({ error, alarm: 'access_log' }, 'the entries that wait to be sealed could not be written down')
    }
  }
  const append = (entries: readonly Pending[]) => {
    file ??= openSync(mine, 'a', 0o600)
    bytes += writeSync(file, toLines(entries))
  }
  const rewrite = () => {
    writeFileSync(`${mine}.new`, toLines([...pending.values()]), { mode: 0o600 })
    renameSync(`${mine}.new`, mine)
    if (file !== undefined) closeSync(file)
    file = undefined
    bytes = 0
  }
  mkdirSync(dirname(headFile), { recursive: true, mode: 0o700 })
  tryTo(rewrite)
  return {
    add(entries, transaction) {
      const added = entries.map(({ id, mac }) => ({ id, mac: mac.toString('hex'), transaction, at: Date.now() }))
      for (const one of added) pending.set(one.id, one)
      tryTo(() => append(added))
    },
    list: () => [...pending.values()],
    forget(ids) {
      for (const id of ids) pending.delete(id)
      if (ids.size > 0 && (pending.size === 0 || bytes > mostBytes)) tryTo(rewrite)
    },
    close() {
      tryTo(rewrite)
      if (pending.size === 0) rmSync(mine, { force: true })
    },
  }
}

const toLines = (entries: readonly Pending[]) => entries.map((one) => `${JSON.stringify(one)}\n`).join('')

/** What processes of this machine that are gone left unsealed. */
function adopt(headFile: string, log: Log): Pending[] {
  const folder = dirname(headFile)
  const prefix = `${basename(headFile)}.unsealed-${hostname()}-`
  const found: Pending[] = []
  for (const name of listNames(folder)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    if (!Number.isInteger(pid) || (pid !== process.pid && isAlive(pid))) continue
    const lines = readFileSync(join(folder, name), 'utf8').split('\n')
    for (const line of lines) {
      try {
        if (line !== '') found.push(JSON.parse(line) as Pending)
      } catch {
        log.warn('a line of the entries that wait to be sealed was cut short')
      }
    }
    rmSync(join(folder, name), { force: true })
  }
  return found
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * The entries that were committed and are gone without having been sealed; what is sealed, or was never committed, is
 * remembered no longer.
 */
export async function findVanished(db: Kysely<HouseTables>, witness: Witness): Promise<string[]> {
  const pending = witness.list()
  if (pending.length === 0) return []
  const column = (name: 'id' | 'transaction') => sql`${pending.map((one) => one[name])}`
  const { rows } = await sql<{ id: string; there: boolean; sealed: boolean; status: string | null }>`
    select p.id, entry.id is not null as there, seal.entry_id is not null as sealed,
      -- What ends while this runs is looked at the next time: its entries cannot be seen yet.
      case when pg_visible_in_snapshot(p.transaction::xid8, pg_current_snapshot())
        then pg_xact_status(p.transaction::xid8) else 'in progress' end as status
    from unnest(${column('id')}::uuid[], ${column('transaction')}::text[]) as p (id, transaction)
    left join access_entry as entry on entry.id = p.id
    left join access_seal as seal on seal.entry_id = p.id`.execute(db)
  const old = new Set(pending.filter(({ at }) => Date.now() - at > hour).map(({ id }) => id))
  const vanished = rows.filter(({ there, sealed, status }) => status === 'committed' && !there && !sealed)
  const done = rows.filter(({ id, there, sealed, status }) =>
    status === 'committed' ? sealed || !there : status === 'aborted' || old.has(id),
  )
  witness.forget(new Set(done.map(({ id }) => id)))
  return vanished.map(({ id }) => id)
}
