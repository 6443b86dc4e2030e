import { randomUUID } from 'node:crypto'
import type { Batch, BatchDetail, Stored } from '@tasain/contracts'
import sharp from 'sharp'
import { speakAs, type TestStack, type Voice } from '../support/stack.ts'

export type Acknowledged = { scanId: string; batchId: string }

/** A page that reading is quick with, one bar of grey, and that no other is like: its number is its first pixels. */
export async function drawPage(number: number): Promise<Buffer> {
  const grey = 200 + (number % 50)
  const pixels = Buffer.alloc(600 * 850, 255)
  pixels.writeUInt32LE(number, 0)
  for (let y = 100; y < 160; y += 1) pixels.fill(grey, y * 600 + 80, y * 600 + 80 + (number % 400))
  return await sharp(pixels, { raw: { width: 600, height: 850, channels: 1 } })
    .png()
    .toBuffer()
}

/**
 * A clerk with a scanner that does not give up: each file is sent again under its key until it is acknowledged, as the
 * browser does. What comes back is what was acknowledged, and so must never be lost.
 */
export function createClerk(stack: TestStack, { pagesPerBatch }: { pagesPerBatch: number }) {
  const clerk = speakAs(stack, 'intake', 'clerk-lahti')
  const acknowledged: Acknowledged[] = []
  let batchId = ''
  let inBatch = 0

  const persist = async <T>(what: string, ask: () => Promise<{ status: number; body: T }>): Promise<T> => {
    const end = Date.now() + 120_000
    for (;;) {
      const answer = await ask().catch(() => undefined)
      if (answer && answer.status < 300) return answer.body
      if (answer && answer.status < 500)
        throw new Error(`${what}: refused with ${answer.status} ${JSON.stringify(answer.body)}`)
      if (Date.now() > end) throw new Error(`${what}: no answer`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  return {
    acknowledged,
    async scan(number: number): Promise<void> {
      if (inBatch % pagesPerBatch === 0) {
        const key = randomUUID()
        // The cover names benefit and language, so each page is an application as soon as it has been read.
        const cover = { benefit: 'YA', language: 'fi' }
        batchId = (await persist('batch', () => clerk.post<Batch>('/batches', cover, { 'idempotency-key': key }))).id
      }
      inBatch += 1
      const bytes = await drawPage(number)
      const [key, batch] = [randomUUID(), batchId]
      const stored = await persist(`page ${number}`, () =>
        clerk.upload<Stored>(`/batches/${batch}/scans`, bytes, `${number}.png`, key),
      )
      acknowledged.push({ scanId: stored.scan.id, batchId: batch })
    },
    listBatches: () => [...new Set(acknowledged.map((scan) => scan.batchId))],
  }
}

/** Every scan that the batches hold, as the clerk sees them. */
export async function listScans(clerk: Voice, batches: readonly string[]): Promise<BatchDetail['scans']> {
  const scans: BatchDetail['scans'] = []
  for (const batch of batches) scans.push(...(await clerk.get<BatchDetail>(`/batches/${batch}`)).body.scans)
  return scans
}
