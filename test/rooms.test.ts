import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { findCycles, type Import, listImports, listSources, readSource } from './support/imports.ts'

const sources = listSources()
const imports = sources.flatMap((path) => listImports(path))
const isTest = (path: string) => /\.test\.tsx?$/.test(path)
// A test beside the code starts real parts, so the rules of who knows whom bind the code alone.
const ofCode = imports.filter(({ from }) => !isTest(from))

/** Whom each part may import besides itself. `infra` and `test` stand outside the product and may know it. */
const mayKnow: Record<string, string[]> = {
  'packages/vocabulary': [],
  'packages/contracts': ['packages/vocabulary'],
  'packages/kit': ['packages/vocabulary', 'packages/contracts'],
  'packages/levelling': ['packages/vocabulary', 'packages/contracts'],
  'packages/simulation': ['packages/vocabulary', 'packages/contracts', 'packages/levelling'],
  'services/intake': ['packages/vocabulary', 'packages/contracts', 'packages/kit'],
  'services/balancer': [
    'packages/vocabulary',
    'packages/contracts',
    'packages/kit',
    'packages/levelling',
    'packages/simulation',
  ],
  'services/desk': ['packages/vocabulary', 'packages/contracts', 'packages/kit'],
  'services/desk/web': ['packages/vocabulary', 'packages/contracts'],
  'packages/tasain': [
    'packages/vocabulary',
    'packages/contracts',
    'packages/kit',
    'packages/levelling',
    'packages/simulation',
    'services/intake',
    'services/balancer',
    'services/desk',
  ],
  infra: [
    'packages/vocabulary',
    'packages/contracts',
    'packages/kit',
    'packages/levelling',
    'packages/simulation',
    'services/intake',
    'services/balancer',
    'services/desk',
  ],
}

/** Rooms in the order the paper walks; a room knows itself and those before it. */
const rooms: Record<string, string[]> = {
  'services/intake': ['tasks', 'scanning', 'recognition', 'indexing', 'applications', 'archive'],
  'services/balancer': [
    'events',
    'receiving',
    'offices',
    'conflicts',
    'load',
    'rules',
    'routing',
    'handling',
    'reporting',
  ],
  'services/desk': ['sign-in', 'gateway', 'drafts'],
}

const partOf = (path: string) => /^services\/desk\/web|^(packages|services)\/[^/]+|^[^/]+/.exec(path)?.[0] ?? path
const roomOf = (path: string) => /^(services\/[^/]+)\/(?:src|web)\/([^/]+)\//.exec(path)?.[2]
const say = ({ from, line, text }: Import, why: string) => `${from}:${line}: ${text}\n    ${why}`

test('the scan finds every way of importing, and nothing in words or code that only looks like one', () => {
  const source = `import type { A } from './a.ts'
import {
  b,
} from "./b.ts"
import * as c from './c.ts'
export * from './d.ts'
import './e.ts'
const f = await import('./f.ts')
const words = "import x from './no.ts'"
export const g = (from: string) => from + './no.ts'
// import y from './no.ts'`
  const found = listImports('test/x.ts', source).map(({ to, line }) => `${to}:${line}`)
  expect(found).toEqual(['a:1', 'b:4', 'c:5', 'd:6', 'e:7', 'f:8'].map((at) => `test/${at.replace(':', '.ts:')}`))
  const around = ['a.ts', 'b.ts'].flatMap((name, index) =>
    listImports(`test/${name}`, `import '${['./b.ts', './a.ts'][index]}'`),
  )
  expect(findCycles(around)).toEqual(['test/a.ts → test/b.ts → test/a.ts'])
  expect(sources.length).toBeGreaterThan(50)
})

test('each part imports only the parts it may know, and other packages by their name', () => {
  const faults = ofCode.flatMap((one) => {
    const [from, to] = [partOf(one.from), partOf(one.to)]
    if (!one.isOurs || from === to || from === 'test') return []
    if (from === 'packages/tasain' && to.startsWith('services/') && !one.specifier.endsWith('/commands'))
      return [say(one, 'the command line runs a service by its commands or its API')]
    if (!mayKnow[from]?.includes(to)) return [say(one, `${from} may not know ${to}`)]
    return one.specifier.startsWith('.') && from !== 'infra' ? [say(one, 'import another package by its name')] : []
  })
  expect(faults).toEqual([])
})

test('a room imports itself and the rooms before it on the way of the paper', () => {
  const faults = ofCode.flatMap((one) => {
    const [house, from, to] = [partOf(one.from), roomOf(one.from), roomOf(one.to)]
    if (partOf(one.to) !== house || from === undefined) return []
    if (/\/src\/(app|main|commands)\.ts$/.test(one.to)) return [say(one, 'a room does not know the house around it')]
    const order = rooms[house]
    if (!order || to === undefined || from === to) return []
    if (!order.includes(from)) return [say(one, `${from} is not one of the rooms of ${house}`)]
    return order.indexOf(to) < order.indexOf(from) ? [] : [say(one, `${to} is not upstream of ${from}`)]
  })
  expect(faults).toEqual([])
})

test('no two rooms know each other', () => {
  const nameRoom = (path: string) => `${partOf(path)}/${roomOf(path) ?? ''}`
  const pairs = ofCode.filter(({ from, to }) => roomOf(from) && roomOf(to) && nameRoom(from) !== nameRoom(to))
  const known = new Set(pairs.map(({ from, to }) => `${nameRoom(from)} ${nameRoom(to)}`))
  const mutual = pairs.filter(({ from, to }) => known.has(`${nameRoom(to)} ${nameRoom(from)}`))
  expect(mutual.map((one) => say(one, 'and the other way round'))).toEqual([])
})

test('no import leads back to where it came from', () => {
  expect(findCycles(imports)).toEqual([])
})

test('a file does what its name says: HTTP in .api, SQL in .store, files in neither the core nor the words', () => {
  const faults = ofCode.flatMap((one) => {
    const name = basename(one.from)
    const isRoom = /^services\/[^/]+\/src\/[^/]+\//.test(one.from)
    const isPure = /^packages\/(vocabulary|contracts|levelling|simulation)\/src\//.test(one.from)
    const kind = /\.(store|api|work|process)\.tsx?$/.exec(name)?.[1] ?? 'core'
    const uses = (library: string) => one.specifier === library || one.specifier.startsWith(`${library}/`)
    if ((isRoom || isPure) && uses('express') && kind !== 'api') return [say(one, 'Express belongs into an .api file')]
    if (isPure && one.specifier.startsWith('node:') && !uses('node:util') && !uses('node:crypto'))
      return [say(one, 'this package is pure')]
    if (!isRoom || kind !== 'core') return []
    const impure = ['kysely', 'pg', 'pg-boss', 'node:fs', 'node:http', 'node:https', 'node:net', 'node:child_process']
    return impure.some(uses) ? [say(one, 'a core computes and does nothing else')] : []
  })
  expect(faults).toEqual([])
})

test('no file is longer than 300 lines, but for dictionaries and migrations', () => {
  const isExempt = (path: string) => /\/migrations\/|\/(texts|strings)[^/]*\.tsx?$/.test(path)
  const long = sources
    .filter((path) => !isExempt(path))
    .map((path) => ({ path, lines: readSource(path).trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 300)
  expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([])
})
