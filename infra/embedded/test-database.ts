import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type House, prepareDatabase, type RolePasswords, roleNames, urlOf, withClient } from './database.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { isProcessAlive } from './processes.ts'

/** Plain values, so that they can be handed to test workers in other processes. */
export type TestDatabases = { adminUrl: string; template: string; passwords: RolePasswords }

export type TestPostgres = TestDatabases & {
  server: Postgres
  createDatabaseFromTemplate: (name: string) => Promise<void>
  /** Stops the server and removes its folder. */
  stop: () => Promise<void>
}

/**
 * A real PostgreSQL that lives in memory and forgets: fsync off, in /dev/shm where there is room. Its template database
 * holds the roles and schemas of the three houses and whatever `fill` adds, such as the migrations.
 */
export async function startTestPostgres(
  fill: (urls: { appUrl: string; ownerUrl: string }, house: House) => Promise<void> = async () => {},
): Promise<TestPostgres> {
  const folder = createFolder()
  const server = await startPostgres({
    dataDir: join(folder, 'postgres'),
    password: randomBytes(18).toString('base64url'),
    durable: false,
    log: () => {},
  })
  const passwords = Object.fromEntries(
    roleNames.map((role) => [role, randomBytes(18).toString('base64url')]),
  ) as RolePasswords
  const databases = { adminUrl: server.adminUrl, template: 'tasain_template', passwords }
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await prepareDatabase(server.adminUrl, passwords, databases.template)
    for (const house of ['intake', 'balancer', 'desk'] as const)
      await fill(getHouseUrls(databases, databases.template, house), house)
  } catch (error) {
    await stop()
    throw error
  }
  const createDatabaseFromTemplate = (name: string) => createFromTemplate(databases, name)
  return { ...databases, server, createDatabaseFromTemplate, stop }
}

/** A database that is a copy of the template, in about 0.1 s. Nobody may be connected to the template. */
export async function createFromTemplate(databases: TestDatabases, name: string): Promise<void> {
  await withClient(databases.adminUrl, async (client) => {
    const [copy, template] = [client.escapeIdentifier(name), client.escapeIdentifier(databases.template)]
    await client.query(`create database ${copy} template ${template}`)
    // Rights on the database itself are not copied.
    await client.query(`revoke all on database ${copy} from public`)
    await client.query(`grant connect on database ${copy} to ${roleNames.join(', ')}`)
  })
}

/** Drops the database, ending the sessions that are still open in it. */
export async function dropDatabase(databases: TestDatabases, name: string): Promise<void> {
  await withClient(databases.adminUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  )
}

/** How a house reaches a database: as the role that works and as the role that migrates. */
export function getHouseUrls(
  databases: TestDatabases,
  database: string,
  house: House,
): { appUrl: string; ownerUrl: string } {
  const urlAs = (user: `${House}_app` | `${House}_owner`) =>
    urlOf(databases.adminUrl, { database, user, password: databases.passwords[user] })
  return { appUrl: urlAs(`${house}_app`), ownerUrl: urlAs(`${house}_owner`) }
}

function createFolder(): string {
  const parent = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir()
  removeLeftovers(parent)
  const folder = join(parent, `tasain-test-${process.pid}-${randomBytes(4).toString('hex')}`)
  mkdirSync(folder, { mode: 0o700 })
  return folder
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize > 2 * 1024 ** 3
  } catch {
    return false
  }
}

// A test run that was killed could not remove its folder, and in /dev/shm that costs memory until the next boot.
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^tasain-test-(\d+)-/.exec(name)?.[1]
    if (pid === undefined || isProcessAlive(Number(pid))) continue
    try {
      rmSync(join(parent, name), { recursive: true, force: true })
    } catch {
      // Another user's: theirs to remove.
    }
  }
}
