import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { refuse } from '@tasain/kit'
import type { House } from '../../house.ts'
import { ObjectOutOfReach, withLocalFile } from '../../local-file.ts'
import { environment, readMemory } from '../../recognition/child.work.ts'
import { getKind } from '../../recognition/sniff.ts'
import { newTemporaryPath } from '../../temporary.ts'
import type { StoredPage } from './export.store.ts'
import type { Exported, ExportJob } from './job.ts'

type Needs = Pick<House, 'log' | 'clock' | 'objects' | 'temporaryFolder'> & {
  /** Aborted when nobody waits for it any more: then it is made no further. */
  gone: AbortSignal
}

const limits = { seconds: 240, memoryMiB: 400, heapMiB: 160 } as const

/**
 * Makes a searchable PDF of pages in a child process. @returns the path of its file, for `discardPdf` to remove.
 * @throws the refusal of a page that cannot be shown, or of an object that is missing, changed or out of reach.
 */
export async function makePdf(house: Needs, title: string, pages: readonly StoredPage[]): Promise<string> {
  const to = newTemporaryPath(house.temporaryFolder, 'reading')
  try {
    const made = await makeFrom(house, title, pages, to)
    if (made.ok) return to
    house.log.warn({ code: made.code, reason: made.reason }, 'a PDF could not be made')
    throw refuse(made.code)
  } catch (error) {
    await discardPdf(to)
    throw error
  }
}

export async function discardPdf(path: string): Promise<void> {
  await rm(path, { force: true })
}

async function makeFrom(house: Needs, title: string, pages: readonly StoredPage[], to: string): Promise<Exported> {
  const jobPath = newTemporaryPath(house.temporaryFolder, 'reading')
  const hashes = [...new Set(pages.map(({ sha256 }) => sha256))]
  const make = async (files: ReadonlyMap<string, string>) => {
    const at = house.clock.now().toISOString()
    const job: ExportJob = { title, producer: 'Tasain', at, pages: pages.map(toExport(files)), to }
    await writeFile(jobPath, JSON.stringify(job), { mode: 0o600 })
    return await runChild(jobPath, house.gone)
  }
  try {
    return await withLocalFiles(house, hashes, make)
  } catch (error) {
    if (!(error instanceof ObjectOutOfReach)) throw error
    if (house.gone.aborted) throw refuse('service.unavailable')
    house.log.error({ error, alarm: 'object_store' }, 'pages to export could not be fetched')
    throw refuse(error.code)
  } finally {
    await rm(jobPath, { force: true })
  }
}

const toExport =
  (files: ReadonlyMap<string, string>) =>
  ({ sha256, mediaType, number, read }: StoredPage): ExportJob['pages'][number] => ({
    file: files.get(sha256) ?? '',
    kind: getKind(mediaType),
    page: number,
    read: read && { ...read, rotation: ([90, 180, 270] as const).find((turn) => turn === read.rotation) ?? 0 },
  })

async function withLocalFiles<T>(
  house: Needs,
  hashes: readonly string[],
  work: (files: ReadonlyMap<string, string>) => Promise<T>,
  lent: ReadonlyMap<string, string> = new Map(),
): Promise<T> {
  const [first, ...others] = hashes
  if (first === undefined) return await work(lent)
  const lend = (path: string) => withLocalFiles(house, others, work, new Map([...lent, [first, path]]))
  return await withLocalFile(house, first, lend, house.gone)
}

const entry = new URL('./export.process.ts', import.meta.url)

const abandoned: Exported = { ok: false, code: 'scan.not_readable', reason: 'nobody waits for it any more' }

/** Runs the child to its end, or ends it when it takes too long or too much, or nobody waits for it. */
async function runChild(jobPath: string, gone: AbortSignal): Promise<Exported> {
  if (gone.aborted) return abandoned
  const child = fork(entry, [jobPath], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: environment,
    // What is passed through is soon done with: young objects need little room.
    execArgv: [`--max-old-space-size=${limits.heapMiB}`, '--max-semi-space-size=2'],
  })
  let made: Exported = { ok: false, code: 'scan.not_readable', reason: 'the exporting process ended' }
  const condemn = (verdict: Exported) => {
    made = verdict
    child.kill('SIGKILL')
  }
  const late = { ok: false, code: 'scan.took_too_long', reason: `more than ${limits.seconds} s` } as const
  const timer = setTimeout(() => condemn(late), limits.seconds * 1000)
  gone.addEventListener('abort', () => condemn(abandoned))
  const watch = setInterval(() => {
    void readMemory(child.pid ?? 0).then((mib) => {
      if (mib > limits.memoryMiB) condemn({ ok: false, code: 'scan.out_of_memory', reason: `${Math.round(mib)} MiB` })
    })
  }, 250)
  child.on('message', (exported: Exported) => {
    made = exported
  })
  try {
    await once(child, 'exit')
    return made
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
  }
}
