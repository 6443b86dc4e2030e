import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { findFreePort, isPortFree } from './ports.ts'
import { getPostgresPrograms, type PostgresPrograms } from './postgres-account.ts'
import { clearOrphans, createDataFolder } from './postgres-files.ts'
import { dieWithUs, waitUntil } from './processes.ts'

export type PostgresOptions = {
  dataDir: string
  /** Of the superuser `postgres`; used when the folder is created and to sign in. */
  password: string
  /** Taken as it is; without it the port of the last run when it is free, else any free one. */
  port?: number
  /** False only for data that may be lost, such as a test's: then nothing is flushed to disk. */
  durable: boolean
  /** Ends a start that is under way. */
  signal?: AbortSignal
  log: (line: string) => void
}

export type Postgres = {
  port: number
  adminUrl: string
  pid: number
  /** Settles when the server is gone, whoever ended it. */
  exited: Promise<void>
  stop: () => Promise<void>
}

const transient = /pre-existing shared memory|lock file|could not bind|Address already in use|is being used/
const startLimitMs = 20_000

/**
 * Creates the data folder when needed and starts PostgreSQL on 127.0.0.1, retrying for some seconds after a crash.
 * The caller must hold a lock on the folder: servers left behind in it are ended.
 * @throws StartRefused when the machine or the folder cannot be used; Error with the server's last words otherwise.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const programs = getPostgresPrograms()
  createDataFolder(programs, options.dataDir, options.password, options.durable)
  const dataDir = realpathSync(options.dataDir)
  const deadline = Date.now() + startLimitMs
  for (;;) {
    await clearOrphans(dataDir)
    const port = options.port ?? (await choosePort(`${dataDir}.port`))
    const attempt = await tryStart(programs, { ...options, dataDir }, port)
    if (typeof attempt === 'object') {
      writeFileSync(`${dataDir}.port`, String(port))
      return attempt
    }
    if (!transient.test(attempt) || Date.now() > deadline || options.signal?.aborted)
      throw new Error(`PostgreSQL did not start: ${attempt}`)
    await sleep(300)
  }
}

async function choosePort(file: string): Promise<number> {
  const saved = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return saved > 0 && (await isPortFree(saved)) ? saved : findFreePort()
}

/** The running server, or its last words when it ended before it answered. */
async function tryStart(
  programs: PostgresPrograms,
  options: PostgresOptions,
  port: number,
): Promise<Postgres | string> {
  const lastWords: string[] = []
  const child = spawnServer(programs, options, port, (line) => {
    lastWords.splice(0, lastWords.length - 9)
    lastWords.push(line)
    options.log(line)
  })
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  let alive = true
  void exited.then(() => {
    alive = false
  })
  const adminUrl = `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`
  // A recovery after a crash can take long, and the server says so while it lasts: only its end is a failure.
  const isAborted = () => options.signal?.aborted === true
  await waitUntil(async () => !alive || isAborted() || (await canConnect(adminUrl)), 10 * 60_000)
  if (isAborted()) await stopServer(child, exited)
  if (!alive || child.pid === undefined) return lastWords.join('\n') || 'it ended without a word'
  return { port, adminUrl, pid: child.pid, exited, stop: () => stopServer(child, exited) }
}

function spawnServer(
  programs: PostgresPrograms,
  options: PostgresOptions,
  port: number,
  log: (line: string) => void,
): ChildProcess {
  const settings = Object.entries({ ...commonSettings, ...(options.durable ? productSettings : testSettings), port })
  const [command, ...args] = [...dieWithUs('INT'), ...programs.prefix, join(programs.folder, 'postgres')]
  args.push('-D', options.dataDir, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]))
  // A group of its own: Ctrl-C in a terminal must reach the supervisor alone, which stops the database last.
  const child = spawn(command, args, { ...programs.account, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', log)
  return child
}

async function canConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Fast shutdown: sessions are ended, everything is written; after 15 s without them. */
async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGINT')
  const impatience = setTimeout(() => child.kill('SIGQUIT'), 15_000)
  await exited
  clearTimeout(impatience)
}

const commonSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  // Details and statements of failed queries would carry people's data into the log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_line_prefix: '%m [%p] %u ',
  log_timezone: 'UTC',
  timezone: 'UTC',
  jit: 'off',
}

const productSettings = {
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  min_wal_size: '512MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
}

const testSettings = {
  shared_buffers: '128MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
}
