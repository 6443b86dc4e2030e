// `npm run bench -- NAME [--json] [--forms DIR] [--pages N] [--only PART,PART] [--details] [--keep DIR] [--data DIR]`: a
// table for people and, with --json, one JSON object as the last line.
import { parseArgs } from 'node:util'
import type { Benchmark } from './figures.ts'

const benchmarks: Record<string, () => Promise<{ run: Benchmark }>> = {
  claims: () => import('./claims.ts'),
  fairness: () => import('./fairness.ts'),
  planning: () => import('./planning.ts'),
  reading: () => import('./reading.ts'),
  simulation: () => import('./simulation.ts'),
  story: () => import('./story.ts'),
  upload: () => import('./upload.ts'),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    forms: { type: 'string' },
    pages: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'string' },
    details: { type: 'boolean', default: false },
    data: { type: 'string' },
  },
})
const load = benchmarks[positionals[0] ?? '']
if (!load) {
  console.error(`Name a benchmark: npm run bench -- ${Object.keys(benchmarks).join(' | ')}`)
  process.exit(1)
}
const { run } = await load()
// The table goes to standard error when a program reads the figures.
const figures = await run({
  say: (line) => (values.json ? console.error(line) : console.log(line)),
  forms: values.forms,
  pages: values.pages === undefined ? undefined : Number(values.pages),
  only: values.only?.split(','),
  details: values.details,
  keep: values.keep,
  data: values.data,
})
if (values.json) console.log(JSON.stringify(figures))
process.exit(0)
