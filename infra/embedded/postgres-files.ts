import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { giveTo, type PostgresPrograms } from './postgres-account.ts'
import { dieWithUs, listProcessesIn, signalProcess, waitUntil } from './processes.ts'
import { refuseStart } from './refusal.ts'

const ourVersion = '15'

/** Creates the data folder when there is none. A folder half made by a run that was killed is made anew. */
export function createDataFolder(
  programs: PostgresPrograms,
  dataDir: string,
  password: string,
  durable: boolean,
): void {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    checkVersion(dataDir)
    giveTo(programs, dataDir)
    return
  }
  const unfinished = `${dataDir}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  giveTo(programs, unfinished)
  const secret = mkdtempSync(`${dataDir}.secret-`)
  try {
    writeFileSync(join(secret, 'password'), password, { mode: 0o600 })
    giveTo(programs, secret)
    runInitdb(programs, unfinished, join(secret, 'password'), durable)
  } finally {
    rmSync(secret, { recursive: true, force: true })
  }
  renameSync(unfinished, dataDir)
}

function runInitdb(programs: PostgresPrograms, folder: string, passwordFile: string, durable: boolean): void {
  const security = ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--data-checksums']
  const text = ['--locale=C.UTF-8', '-E', 'UTF8']
  const sync = durable ? [] : ['--no-sync']
  const [command, ...args] = [...dieWithUs('KILL'), ...programs.prefix, join(programs.folder, 'initdb')]
  args.push('-D', folder, '-U', 'postgres', ...security, ...text, ...sync)
  const { status, stderr, error } = spawnSync(command, args, {
    ...programs.account,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`)
}

function checkVersion(dataDir: string): void {
  const file = join(dataDir, 'PG_VERSION')
  if (!existsSync(file))
    refuseStart(`${dataDir} is not empty and holds no PostgreSQL data. Move it away or choose another TASAIN_DATA.`)
  const version = readFileSync(file, 'utf8').trim()
  if (version !== ourVersion)
    refuseStart(
      `${dataDir} holds data of PostgreSQL ${version}, and this Tasain runs PostgreSQL ${ourVersion}. Restore a backup into an empty folder (TASAIN_DATA) instead.`,
    )
}

/**
 * Ends what an earlier server left behind in this data folder. The caller holds the lock on the folder, so whatever
 * still runs there is an orphan: a server whose supervisor was killed, or backends whose postmaster was.
 */
export async function clearOrphans(dataDir: string): Promise<void> {
  const postmaster = findPostmasterPid(dataDir)
  const running = listProcessesIn(dataDir)
  if (postmaster !== undefined && running.includes(postmaster)) signalProcess(postmaster, 'SIGINT')
  const gone = () => listProcessesIn(dataDir).length === 0
  if (running.length > 0 && !(await waitUntil(gone, 3_000))) {
    for (const pid of listProcessesIn(dataDir)) signalProcess(pid, 'SIGKILL')
    await waitUntil(gone, 3_000)
  }
  // PostgreSQL itself discards the file of a dead process, but not one whose number another program has been given since.
  if (postmaster !== undefined && gone() && existsSync(`/proc/${postmaster}`))
    rmSync(join(dataDir, 'postmaster.pid'), { force: true })
}

function findPostmasterPid(dataDir: string): number | undefined {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  return pid > 0 ? pid : undefined
}
