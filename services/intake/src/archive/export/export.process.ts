/** A child process that makes one PDF and ends: argument 1 is the file of its job. Whoever started it may kill it. */
import { open, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { toFailed } from '../../recognition/failure.ts'
import type { Exported, ExportJob } from './job.ts'
import { composePdf } from './pdf/compose.ts'

sharp.concurrency(1)
sharp.cache(false)

async function run(): Promise<Exported> {
  const { to, at, ...job } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as ExportJob
  const file = await open(to, 'w', 0o600)
  try {
    const write = async (bytes: Uint8Array) => void (await file.writev([bytes]))
    return { ok: true, ...(await composePdf({ ...job, at: new Date(at) }, (path) => readFile(path), write)) }
  } catch (error) {
    return toFailed(error)
  } finally {
    await file.close()
  }
}

// Without its parent nobody would end it.
process.on('disconnect', () => process.exit(1))
const exported = await run()
process.send?.(exported, () => process.exit(0))
