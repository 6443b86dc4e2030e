import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildWebClient, type WebClient } from './web-client.ts'

const { signal } = new AbortController()
let folder: string
let client: WebClient

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasain-web-'))
  const web = join(folder, 'web')
  mkdirSync(web)
  client = { web, dist: join(folder, 'dist'), sources: [web] }
  writeFileSync(
    join(web, 'index.html'),
    '<!doctype html><title>t</title><script type="module" src="/main.ts"></script>',
  )
  writeFileSync(join(web, 'main.ts'), "document.title = 'first'")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the client is built once, and again only when a source has changed', async () => {
  expect(await buildWebClient(signal, client)).toBe(true)
  expect(readScripts()).toContain('first')
  expect(await buildWebClient(signal, client)).toBe(false)
  writeFileSync(join(client.web, 'main.ts'), "document.title = 'second'")
  expect(await buildWebClient(signal, client)).toBe(true)
  expect(readScripts()).toContain('second')
})

test('a client that cannot be built says why, and the last one stays', async () => {
  await buildWebClient(signal, client)
  writeFileSync(join(client.web, 'main.ts'), "import './missing.ts'")
  await expect(buildWebClient(signal, client)).rejects.toThrow('missing.ts')
  expect(readScripts()).toContain('first')
  expect(readdirSync(folder).sort()).toEqual(['dist', 'web'])
})

test('without a page there is nothing to build', async () => {
  rmSync(join(client.web, 'index.html'))
  expect(await buildWebClient(signal, client)).toBe(false)
  expect(existsSync(client.dist)).toBe(false)
})

function readScripts(): string {
  const assets = join(client.dist, 'assets')
  return readdirSync(assets)
    .map((name) => readFileSync(join(assets, name), 'utf8'))
    .join('\n')
}
