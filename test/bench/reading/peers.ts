import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { BenchPage } from './pages.ts'

const require = createRequire(new URL('../../../services/intake/src/main.ts', import.meta.url))

/** What a peer made of a page, and its processor time in milliseconds: its own and its children's. */
export type PeerRun = { readonly cpuMs: number; readonly text: string }
export type Peers = {
  /** Native tesseract with our model and page segmentation, else as it comes. */
  readonly native: ((page: BenchPage) => Promise<PeerRun>) | undefined
  /** The same, thresholding by the surroundings as ours does. */
  readonly nativeLocal: ((page: BenchPage) => Promise<PeerRun>) | undefined
  readonly ocrmypdf: ((page: BenchPage) => Promise<PeerRun>) | undefined
  /** What is missing, and how to get it. */
  readonly missing: readonly string[]
}

/** The model and the page segmentation that ours reads whole pages with. */
const model = 'swe'
const segmentation = '4'

/** Finds the peers on this machine. The model is unpacked into `folder`. */
export async function findPeers(folder: string): Promise<Peers> {
  const models = join(folder, 'models')
  mkdirSync(models, { recursive: true })
  const packed = require.resolve(`@tesseract.js-data/${model}/4.0.0_best_int/${model}.traineddata.gz`)
  writeFileSync(join(models, `${model}.traineddata`), gunzipSync(readFileSync(packed)))
  const tesseract = await answers('tesseract', ['--version'])
  const ocrmypdf =
    (await answers('ocrmypdf', ['--version'])) && (await answers('tesseract', ['-l', model, '--print-parameters']))
  const chosen = ['--tessdata-dir', models, '-l', model, '--psm', segmentation]
  const run = (more: readonly string[]) => async (page: BenchPage) =>
    runTimed('tesseract', [page.path, 'stdout', ...chosen, '--dpi', String(page.dpi), ...more])
  return {
    native: tesseract ? run([]) : undefined,
    nativeLocal: tesseract ? run(['-c', 'thresholding_method=2']) : undefined,
    ocrmypdf: ocrmypdf ? (page) => runOcrmypdf(page, folder) : undefined,
    missing: [
      ...(tesseract ? [] : ['tesseract is missing: apt-get install tesseract-ocr']),
      ...(ocrmypdf ? [] : ['ocrmypdf is missing: apt-get install ocrmypdf tesseract-ocr-swe']),
    ],
  }
}

function runOcrmypdf({ name, path, dpi }: BenchPage, folder: string): Promise<PeerRun> {
  const output = join(folder, `${name}-peer.pdf`)
  return runTimed('ocrmypdf', ['--jobs', '1', '-q', '-l', model, '--image-dpi', String(dpi), path, output])
}

/** Runs a command with one thread. The shell tells the processor time of all it started. @throws Error when it fails. */
async function runTimed(command: string, args: readonly string[]): Promise<PeerRun> {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" 2>/dev/null'
  const { code, output, errors } = await start('bash', ['-c', script, 'bash', command, ...args])
  const [user, system] = (errors.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  if (code !== 0 || user === undefined || system === undefined) throw new Error(`${command} failed: ${args.join(' ')}`)
  return { cpuMs: (user + system) * 1000, text: output }
}

async function answers(command: string, args: readonly string[]): Promise<boolean> {
  return start(command, args).then(
    ({ code }) => code === 0,
    () => false,
  )
}

function start(command: string, args: readonly string[]): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, OMP_THREAD_LIMIT: '1', LC_ALL: 'C.UTF-8' }
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
    const [output, errors]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (piece: Buffer) => output.push(piece))
    child.stderr.on('data', (piece: Buffer) => errors.push(piece))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output).toString('utf8'),
        errors: Buffer.concat(errors).toString('utf8'),
      }),
    )
  })
}
