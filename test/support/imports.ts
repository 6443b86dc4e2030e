import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** One import statement; `to` is a file of ours by its path from the root, or the name of a library. */
export type Import = { from: string; line: number; text: string; specifier: string; to: string; isOurs: boolean }

const places = ['packages', 'services', 'infra', 'test']
// A clause holds names, braces, commas and stars only, so code that merely says "from" does not match.
const statement =
  /^(?:import|export)\s[\w$\s{},*]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/** Our source files by their paths from the root. */
export function listSources(): string[] {
  const patterns = places.map((place) => `${place}/**/*.{ts,tsx,mjs}`)
  return globSync(patterns, { cwd: root, exclude: (path) => /(^|\/)(node_modules|dist|\.tasain)$/.test(path) }).sort()
}

export function readSource(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The import statements of a source file. */
export function listImports(from: string, source = readSource(from)): Import[] {
  return [...source.matchAll(statement)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? ''
    const before = source.slice(0, match.index + match[0].lastIndexOf(specifier))
    const line = before.split('\n').length
    const text = (source.split('\n')[line - 1] ?? '').trim()
    const to = findFile(from, specifier)
    return { from, line, text, specifier, to: to ?? specifier, isOurs: to !== undefined }
  })
}

function findFile(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return relative(root, join(root, dirname(from), specifier))
  const [, name = '', entry = ''] = /^@tasain\/([\w-]+)(\/.*)?$/.exec(specifier) ?? []
  const folder = [`packages/${name}`, `services/${name}`, name].find((path) =>
    existsSync(join(root, path, 'package.json')),
  )
  if (name === '' || folder === undefined) return undefined
  const { exports = {} } = JSON.parse(readSource(`${folder}/package.json`)) as { exports?: Record<string, string> }
  return join(folder, exports[`.${entry}`] ?? `no such entry ${entry}`)
}

/** The first way round from each file that lies on a cycle, as paths. */
export function findCycles(imports: Import[]): string[] {
  const edges = Map.groupBy(
    imports.filter((one) => one.isOurs),
    (one) => one.from,
  )
  const [done, cycles] = [new Set<string>(), [] as string[]]
  const visit = (file: string, way: string[]): void => {
    const at = way.indexOf(file)
    if (at >= 0) cycles.push([...way.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    for (const { to } of edges.get(file) ?? []) visit(to, [...way, file])
    done.add(file)
  }
  for (const file of edges.keys()) visit(file, [])
  return cycles
}
