import { randomUUID } from 'node:crypto'
import type { Batch, Stored } from '@tasain/contracts'
import sharp from 'sharp'
import { speakAs, startTestStack } from '../support/stack.ts'
import { type Benchmark, quantile, round } from './figures.ts'

const pages = 400
const clerks = 8

/**
 * How fast pages are stored, durably, on one machine: eight clerks at once, each page its own file of about 200 kB, reading
 * going on behind. Time from sending to the answer "stored".
 */
export const run: Benchmark = async ({ say }) => {
  const stack = await startTestStack()
  try {
    const files = await drawPages(pages)
    const clerk = speakAs(stack, 'intake', 'clerk-lahti')
    const times: number[] = []
    let errors = 0
    const begun = performance.now()
    await Promise.all(
      Array.from({ length: clerks }, async (_, number) => {
        let batch = ''
        for (let i = number, inBatch = 0; i < files.length; i += clerks, inBatch += 1) {
          if (inBatch % 100 === 0) batch = (await clerk.post<Batch>('/batches', {})).body.id
          const started = performance.now()
          const answer = await clerk.upload<Stored>(
            `/batches/${batch}/scans`,
            files[i] ?? Buffer.alloc(0),
            'page.jpg',
            randomUUID(),
          )
          if (answer.status === 201) times.push(performance.now() - started)
          else errors += 1
        }
      }),
    )
    const seconds = (performance.now() - begun) / 1000
    const figures = {
      pages,
      meanKB: round(files.reduce((sum, { length }) => sum + length, 0) / files.length / 1000, 0),
      pagesPerSecond: round(times.length / seconds),
      p50: round(quantile(times, 0.5)),
      p99: round(quantile(times, 0.99)),
      errors,
    }
    say(`${pages} pages of ${figures.meanKB} kB by ${clerks} clerks at once, reading behind`)
    say(`stored      ${figures.pagesPerSecond} pages/s`)
    say(`p50, p99    ${figures.p50} ms, ${figures.p99} ms`)
    say(`errors      ${errors}`)
    return figures
  } finally {
    await stack.remove()
  }
}

/** Sheets of A4 at 150 dpi with nothing but grain on them: no two are the same, and grain makes their files large. */
async function drawPages(count: number): Promise<Buffer[]> {
  const drawn: Buffer[] = []
  for (let i = 0; i < count; i += 1)
    drawn.push(
      await sharp({
        create: {
          width: 1240,
          height: 1754,
          channels: 3,
          background: 'white',
          noise: { type: 'gaussian', mean: 225, sigma: 12 },
        },
      })
        .jpeg({ quality: 65 })
        .toBuffer(),
    )
  return drawn
}
