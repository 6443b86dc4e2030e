import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { getPlainEnv, root } from './houses.ts'
import { isErrorWithCode } from './processes.ts'

const desk = join(root, 'services', 'desk')

export type WebClient = { config?: string; web: string; dist: string; sources: readonly string[] }

const ofDesk: WebClient = {
  config: join(desk, 'vite.config.ts'),
  web: join(desk, 'web'),
  dist: join(desk, 'dist'),
  sources: [
    'services/desk/web',
    'services/desk/vite.config.ts',
    'packages/contracts/src',
    'packages/vocabulary/src',
    'pnpm-lock.yaml',
  ].map((path) => join(root, path)),
}

/**
 * Builds the desk's web client when its sources have changed since the last build.
 * @returns false when there was nothing to build. @throws with what the builder said.
 */
export async function buildWebClient(signal: AbortSignal, client: WebClient = ofDesk): Promise<boolean> {
  const { config, web, dist, sources } = client
  if (!existsSync(join(web, 'index.html'))) return false
  const wanted = hashFiles(sources)
  const stampFile = join(dist, '.sources')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return false
  // Built aside and moved in whole: two starts from one checkout, or one that is interrupted, leave no half client.
  const fresh = `${dist}.${process.pid}`
  try {
    await runVite(web, ['build', ...(config ? ['--config', config] : []), '--outDir', fresh, '--emptyOutDir'], signal)
    writeFileSync(join(fresh, '.sources'), wanted)
    moveIn(fresh, dist)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return true
}

function moveIn(fresh: string, dist: string): void {
  rmSync(dist, { recursive: true, force: true })
  try {
    renameSync(fresh, dist)
  } catch (error) {
    // Another start was quicker by a moment: its client is as good as ours.
    if (!isErrorWithCode(error, 'ENOTEMPTY')) throw error
  }
}

async function runVite(web: string, args: string[], signal: AbortSignal): Promise<void> {
  const vite = join(desk, 'node_modules', 'vite', 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, ...args], {
    cwd: web,
    env: { ...getPlainEnv(), NODE_ENV: 'production', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  if (code !== 0) throw new Error(`The web client could not be built:\n${out}${err}`)
}

function hashFiles(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(listFiles).sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function listFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
}
