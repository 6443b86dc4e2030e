// Brings what a bare host lacks: Node 24, pnpm and the dependencies. Runs on any Node from 18 on, with Node's own
// modules only, since nothing is installed yet. A stamp makes the second run cost a few milliseconds.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const stampFile = join(root, 'node_modules', '.tasain-stamp')
const nodePackage = `node-${process.platform}-${process.arch}`
const nodeVersion = manifest.optionalDependencies[nodePackage]
const pnpmVersion = manifest.devDependencies.pnpm

process.chdir(root)
if (!nodeVersion) {
  console.error(`Tasain runs on Linux (x64 or arm64); this machine is ${process.platform}-${process.arch}.`)
  process.exit(1)
}
const wanted = stamp()
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) install()

function stamp() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...workspaceManifests()])
    hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function workspaceManifests() {
  const folders = ['services', 'packages'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((child) => join(parent, child)),
  )
  return [...folders, 'infra', 'test'].map((folder) => join(folder, 'package.json')).filter((file) => existsSync(file))
}

function install() {
  const quiet = process.argv.includes('--quiet')
  if (!quiet) console.log('Installing dependencies (first run, or they have changed) ...')
  // pnpm itself needs a newer Node than the oldest host we accept, so npx brings both.
  const host = Number(process.versions.node.split('.')[0])
  const packages = host >= 24 ? [] : [`--package=${nodePackage}@${nodeVersion}`]
  const frozen = process.env.UNFROZEN ? '--no-frozen-lockfile' : '--frozen-lockfile'
  const result = spawnSync(
    'npx',
    ['--yes', ...packages, `--package=pnpm@${pnpmVersion}`, '--', 'pnpm', 'install', frozen, '--reporter=append-only'],
    {
      // Standard output may be read by a program (`npm run tasain`), so the installer speaks on standard error.
      stdio: ['ignore', quiet ? 'ignore' : 2, 2],
      env: { ...process.env, npm_config_loglevel: 'error', CI: 'true' },
    },
  )
  if (result.status !== 0) {
    console.error(
      'The dependencies could not be installed: the messages above say why. Check the connection to the npm registry and run the same command again.',
    )
    process.exit(1)
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp())
}
