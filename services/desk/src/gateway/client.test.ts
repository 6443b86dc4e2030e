import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestDesk, type TestDesk } from '../../../../test/support/desk.ts'

const script = 'export const words = "sent as it was built"\n'.repeat(50)
const forms = { br: brotliCompressSync(script), gzip: gzipSync(script), identity: Buffer.from(script) }
let desk: TestDesk
let address: string
let webDir: string

beforeAll(async () => {
  webDir = mkdtempSync(join(tmpdir(), 'tasain-client-'))
  mkdirSync(join(webDir, 'assets'))
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Tasain</title>')
  writeFileSync(join(webDir, 'assets', 'main-1a.js'), forms.identity)
  writeFileSync(join(webDir, 'assets', 'main-1a.js.br'), forms.br)
  writeFileSync(join(webDir, 'assets', 'main-1a.js.gz'), forms.gzip)
  writeFileSync(join(webDir, 'assets', 'plain-2b.css'), 'a{}')
  desk = await startTestDesk()
  address = await desk.openWith({ webDir })
})
afterAll(async () => {
  await desk.stop()
  rmSync(webDir, { recursive: true, force: true })
})

describe("The desk's files are sent compressed and cached by hash", () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', 'identity'],
    ['', 'identity'],
  ] as const)('a browser that reads %j gets the file as %s', async (accepted, encoding) => {
    const { response, bytes } = await ask('/assets/main-1a.js', { 'accept-encoding': accepted })
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(response.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(response.headers.vary).toContain('Accept-Encoding')
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(bytes.equals(forms[encoding])).toBe(true)
  })

  test('a form that was not built is not claimed', async () => {
    const { response, bytes } = await ask('/assets/plain-2b.css', { 'accept-encoding': 'br' })
    expect(response.headers['content-encoding']).toBeUndefined()
    expect(response.headers['content-type']).toContain('text/css')
    expect(bytes.toString()).toBe('a{}')
    const missing = await ask('/assets/gone-3c.js', { 'accept-encoding': 'br' })
    expect(missing.response.statusCode).toBe(404)
    expect(missing.response.headers['cache-control']).toBe('no-store')
    expect(missing.response.headers['content-encoding']).toBeUndefined()
  })

  test('the front page is asked for anew each time, each form under a mark of its own', async () => {
    const { response } = await ask('/manager/rules', { accept: 'text/html' })
    expect(response.headers['cache-control']).toBe('no-cache')
    const marks = await Promise.all(
      ['br', 'gzip', 'identity'].map(async (name) => {
        return (await ask('/assets/main-1a.js', { 'accept-encoding': name })).response.headers.etag
      }),
    )
    expect(new Set(marks).size).toBe(3)
    const again = { 'accept-encoding': 'br', 'if-none-match': String(marks[0]) }
    expect((await ask('/assets/main-1a.js', again)).response.statusCode).toBe(304)
  })
})

async function ask(path: string, headers: Record<string, string>) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${address}${path}`, { headers }, resolve).on('error', reject)
  })
  return { response, bytes: Buffer.concat((await response.toArray()) as Buffer[]) }
}
