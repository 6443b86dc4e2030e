import { readFileSync } from 'node:fs'
import { Client } from 'pg'

export const houses = ['intake', 'balancer', 'desk'] as const
export type House = (typeof houses)[number]
export type RoleName = `${House}_owner` | `${House}_app`
export type RolePasswords = Record<RoleName, string>

/** The six roles of the database: each house migrates as `_owner` and works as `_app`. */
export const roleNames: readonly RoleName[] = houses.flatMap((house) => [`${house}_owner`, `${house}_app`] as const)

const rolesSql = new URL('../roles/houses.sql', import.meta.url)

/**
 * Creates the database with its roles, schemas, rights and extensions, and sets the roles' passwords. May run again at
 * any time. `adminUrl` is the superuser's, of any database of the server.
 */
export async function prepareDatabase(adminUrl: string, passwords: RolePasswords, name = 'tasain'): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  })
  await withClient(urlOf(adminUrl, { database: name }), async (client) => {
    await client.query(readFileSync(rolesSql, 'utf8'))
    for (const role of roleNames)
      await client.query(
        `alter role ${client.escapeIdentifier(role)} password ${client.escapeLiteral(passwords[role])}`,
      )
  })
}

/** The same server's address for another database, or for a role with its password. */
export function urlOf(url: string, other: { database?: string; user?: string; password?: string }): string {
  const changed = new URL(url)
  if (other.database !== undefined) changed.pathname = `/${other.database}`
  if (other.user !== undefined) changed.username = other.user
  if (other.password !== undefined) changed.password = encodeURIComponent(other.password)
  return changed.href
}

/** Runs `work` with one connection and closes it. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  // Without a listener a server that stops would end this process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
