import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { root } from '../infra/embedded/houses.ts'
import { buildWebClient } from '../infra/embedded/web-client.ts'

const limit = 250_000
const desk = join(root, 'services', 'desk')
const dist = join(desk, 'dist')
// Comes along with a part of FileUpload that no page shows.
const unseen = new Set(['aksel-stack__spacer'])
const styles = join(desk, 'node_modules', '@navikt', 'ds-css', 'dist', 'component')

type Chunk = { file: string; imports?: string[]; css?: string[] }
let manifest: Record<string, Chunk>

beforeAll(async () => {
  await buildWebClient(new AbortController().signal)
  manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>
}, 180_000)

describe("The desk's first bundle is split by role", () => {
  test.each([
    ['clerk', 'clerk/scan/scan-page.tsx'],
    ['handler', 'handler/next/next-page.tsx'],
    ['manager', 'manager/situation/situation-page.tsx'],
    ['admin', 'admin/forms/forms-page.tsx'],
  ] as const)('the first load for the role %s is at most 250 kB', (role, page) => {
    const files = new Set(['index.html', ...listFonts()])
    for (const source of ['index.html', page]) addFiles(source, files)
    const bytes = [...files].map((file) => ({ file, size: measure(file) }))
    const sum = bytes.reduce((total, { size }) => total + size, 0)
    console.log(`first load of a ${role}: ${sum} bytes in ${files.size} files`)
    expect(sum, JSON.stringify(bytes)).toBeLessThanOrEqual(limit)
  })

  test('no page of another role comes with the first load', () => {
    const first = addFiles('index.html', new Set())
    const pages = Object.keys(manifest).filter((source) => /^(clerk|handler|manager|admin)\/.*-page\.tsx$/.test(source))
    expect(pages.length).toBeGreaterThanOrEqual(16)
    for (const page of pages) expect(first.has(getChunk(page).file), page).toBe(false)
  })

  test('every component of the design system that is in use has its styles', () => {
    const scripts = readBuilt('.js')
    const used = new Set([...scripts.matchAll(/aksel-[a-z0-9_-]+/g)].map(([name]) => name))
    const sent = findClasses(readBuilt('.css'))
    const missing = readdirSync(styles)
      .filter((file) => file.endsWith('.css') && !file.endsWith('.min.css'))
      .flatMap((file) =>
        [...findClasses(readFileSync(join(styles, file), 'utf8'))]
          .filter((name) => used.has(name) && !sent.has(name) && !unseen.has(name))
          .map((name) => `shell/frame/aksel.css needs component/${file} for .${name}`),
      )
    expect(missing).toEqual([])
    expect(sent.size).toBeGreaterThan(100)
  })
})

function getChunk(source: string): Chunk {
  const chunk = manifest[source]
  if (!chunk) throw new Error(`${source} is not among the built files`)
  return chunk
}

/** Adds what a browser fetches before the module has run: its file, its styles and whatever it imports at once. */
function addFiles(source: string, files: Set<string>): Set<string> {
  const { file, css = [], imports = [] } = getChunk(source)
  if (files.has(file)) return files
  for (const name of [file, ...css]) files.add(name)
  for (const name of imports) addFiles(name, files)
  return files
}

function listFonts(): string[] {
  return readdirSync(join(dist, 'assets'))
    .filter((name) => name.endsWith('.woff2'))
    .map((name) => join('assets', name))
}

/** As sent, in bytes: fonts are compressed as they are, everything else with gzip. */
function measure(file: string): number {
  const bytes = readFileSync(join(dist, file))
  return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length
}

function readBuilt(ending: string): string {
  const names = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith(ending))
  return names.map((name) => readFileSync(join(dist, 'assets', name), 'utf8')).join('\n')
}

function findClasses(css: string): Set<string> {
  return new Set([...css.matchAll(/\.(aksel-[a-z0-9_-]+)/g)].map(([, name = '']) => name))
}
