import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { getPlainEnv, root } from './houses.ts'

const desk = join(root, 'services', 'desk')
const sources = ['services/desk/web', 'packages/contracts/src', 'packages/vocabulary/src'].map((path) =>
  join(root, path),
)

/**
 * Builds the desk's web client when its sources have changed since the last build.
 * @returns false when there was nothing to build. @throws with what the builder said.
 */
export async function buildWebClient(signal: AbortSignal): Promise<boolean> {
  if (!existsSync(join(desk, 'web', 'index.html'))) return false
  const dist = join(desk, 'dist')
  const wanted = hashSources()
  const stampFile = join(dist, '.sources')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return false
  // Built aside and moved in whole: two starts from one checkout, or one that is interrupted, leave no half client.
  const fresh = `${dist}.${process.pid}`
  try {
    await runVite(['build', '--outDir', fresh, '--emptyOutDir'], signal)
    writeFileSync(join(fresh, '.sources'), wanted)
    rmSync(dist, { recursive: true, force: true })
    renameSync(fresh, dist)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return true
}

async function runVite(args: string[], signal: AbortSignal): Promise<void> {
  const vite = join(desk, 'node_modules', 'vite', 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, ...args], {
    cwd: join(desk, 'web'),
    env: { ...getPlainEnv(), NODE_ENV: 'production' },
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

function hashSources(): string {
  const hash = createHash('sha256')
  const files = [join(root, 'pnpm-lock.yaml'), ...sources.flatMap(listFiles)]
  for (const file of files.sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
