import { execFile } from 'node:child_process'
import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contentKey } from '@tasain/kit'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../support/imports.ts'
import { query, startTestStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tasain-command-'))
  stack = await startTestStack()
})
afterAll(async () => {
  await stack?.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('each file of a batch gets a line of its own, and one that is refused fails the command', async () => {
  const pages = [await drawPage('1.jpg', 10), await drawPage('2.jpg', 20)]
  const words = join(folder, 'words.jpg')
  writeFileSync(words, 'no picture')
  const { code, lines } = await run('scan', ...pages, words, join(folder, 'none.jpg'), '--office', 'hel-1')
  expect(code).toBe(1)
  expect(lines).toEqual([
    expect.stringMatching(/^stored \S+1\.jpg [0-9a-f-]{36} pages=1$/),
    expect.stringMatching(/^stored \S+2\.jpg [0-9a-f-]{36} pages=1$/),
    `refused ${words}: The file is not a JPEG, PNG, TIFF or PDF. Scan it or save it in one of these formats.`,
    `refused ${join(folder, 'none.jpg')}: There is no such file.`,
    expect.stringMatching(/^batch \d+ \(.*\): stored 2, duplicate 0, refused 2$/),
  ])
  const [batch] = await query<{ closed: boolean }>(stack, 'intake', 'select closed_at is not null as closed from batch')
  expect(batch?.closed).toBe(true)
})

test('where every file is refused no batch is left behind', async () => {
  const countBatches = async () =>
    (await query<{ count: number }>(stack, 'intake', 'select count(*)::int as count from batch'))[0]?.count
  const before = await countBatches()
  const words = join(folder, 'letter.jpg')
  writeFileSync(words, 'no picture')
  const { code, lines } = await run('scan', words, join(folder, 'none.jpg'), '--office', 'hel-1')
  expect(code).toBe(1)
  expect(lines.at(-1)).toBe('no batch, for nothing was stored: stored 0, duplicate 0, refused 2')
  expect(await countBatches()).toBe(before)
})

test('a paper scanned again is said to be a twin, and no identity code in a file name is repeated', async () => {
  const first = await drawPage('3.jpg', 30)
  const again = await drawPage('010190-999Y.jpg', 30)
  const { code, lines } = await run('scan', first, again, '--office', 'hel-1')
  expect(code).toBe(0)
  expect(lines[1]).toMatch(/^duplicate \S+•+\.jpg [0-9a-f-]{36} of [0-9a-f-]{36}, stored 2/)
  expect(lines.join('\n')).not.toContain('999Y')
})

test('what is wrong with the whole batch is said before any file is sent', async () => {
  const page = await drawPage('4.jpg', 40)
  expect(await run('scan', page, '--office', 'nowhere')).toMatchObject({
    code: 1,
    errors: /^There is no office "nowhere"/,
  })
  expect(await run('scan', page, '--office', 'hel-1', '--benefit', 'ZZ')).toMatchObject({
    code: 1,
    errors: /This benefit is not known/,
  })
  expect(await run('scan', page)).toMatchObject({ code: 2, errors: /--office/ })
})

test('a batch that lacks a page of the sheets counted in stays open, and says so', async () => {
  const page = await drawPage('5.jpg', 45)
  const { code, lines } = await run('scan', page, '--office', 'hel-1', '--sheets', '2')
  expect(lines.at(-1)).toMatch(/^batch \d+ stays open: The sheets counted and the pages stored do not agree\./)
  expect(code).toBe(1)
  expect(await run('scan', page, '--office', 'hel-1', '--sheets', 'two')).toMatchObject({ code: 2, errors: /--sheets/ })
})

test('an intake killed while it is scanned into costs no page and makes no double', async () => {
  const pages = await Promise.all(Array.from({ length: 12 }, (_, at) => drawPage(`kill-${at}.jpg`, 50 + at * 15)))
  const before = await countScans()
  const scanning = run('scan', ...pages, '--office', 'hel-2')
  for (let kills = 0; kills < 2; kills += 1) {
    const reached = await countScans()
    while ((await countScans()) < reached + 2) await new Promise((resolve) => setTimeout(resolve, 20))
    process.kill(stack.findPid('intake') ?? 0, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const { code, lines } = await scanning
  expect(lines.slice(0, -1).filter((line) => !line.startsWith('stored'))).toEqual([])
  expect(lines).toHaveLength(13)
  expect(code).toBe(0)
  expect(await countScans()).toBe(before + 12)
})

test('verify finds nothing off, until somebody meddles with what is kept', async () => {
  const sound = await run('verify')
  expect(sound.lines.at(-1)).toBe('Nothing is off.')
  expect(sound.code).toBe(0)
  for (const house of ['intake', 'balancer', 'desk'])
    expect(sound.lines.some((line) => line.startsWith(`ok   ${house}: access log`))).toBe(true)
  // An object of a scan: one without, left by a kill, is no fault within its first day.
  const [scan] = await query<{ sha256: string }>(stack, 'intake', 'select sha256 from intake.scan order by id limit 1')
  const object = join(stack.dataDir, 'objects', 'objects', contentKey(scan?.sha256 ?? ''))
  chmodSync(object, 0o600)
  appendFileSync(object, 'x')
  const { code, lines } = await run('verify')
  expect(code).toBe(1)
  expect(lines.some((line) => line.startsWith('OFF  intake: '))).toBe(true)
  expect(lines.at(-1)).toMatch(/^1 fault found\.$/)
})

test('without a running system the commands say how to start one, and an unknown command says what there is', async () => {
  const commands = [['verify'], ['scan', 'x.jpg', '--office', 'hel-1']]
  for (const args of commands)
    expect(await runOn(folder, ...args)).toMatchObject({ code: 1, errors: /^No system runs on .*"npm start"/ })
  expect(await runOn(folder, 'restore')).toMatchObject({ code: 2, errors: /There are read, scan, plan, verify/ })
})

async function drawPage(name: string, shade: number): Promise<string> {
  const path = join(folder, name)
  await sharp({ create: { width: 300, height: 400, channels: 3, background: { r: shade, g: 255, b: 255 } } })
    .jpeg()
    .toFile(path)
  return path
}

async function countScans(): Promise<number> {
  const [row] = await query<{ count: number }>(stack, 'intake', 'select count(*)::int as count from scan')
  return row?.count ?? 0
}

type Outcome = { code: number; lines: string[]; errors: string }

function run(...args: string[]): Promise<Outcome> {
  return runOn(stack.dataDir, ...args)
}

function runOn(dataDir: string, ...args: string[]): Promise<Outcome> {
  const entry = join(root, 'packages/tasain/src/tasain.ts')
  const { INIT_CWD: _unused, ...env } = process.env
  return new Promise((resolve) => {
    const options = { env: { ...env, TASAIN_DATA: dataDir } }
    const child = execFile(process.execPath, [entry, ...args], options, (_error, output, errors) =>
      resolve({ code: child.exitCode ?? -1, lines: output.trimEnd().split('\n'), errors }),
    )
  })
}
