import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { drawForm } from '../samples/form.ts'
import { root } from '../support/imports.ts'

// Reading takes all it needs from the project's own folder: no network, nothing in the home folder, nothing left behind.

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'offline-'))
afterAll(() => rmSync(folder, { recursive: true }))

const withoutNetwork = ['unshare', '-rn'] as const
const mayLeave = mayLeaveNetwork()

function mayLeaveNetwork(): boolean {
  try {
    execFileSync(withoutNetwork[0], [...withoutNetwork.slice(1), 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

type Line = { form: { code: string } | null; fields: Record<string, { value: string; status: string }> }

async function read(file: string, before: readonly string[], place: { cwd: string; home: string }): Promise<Line> {
  const [program, ...rest] = [...before, process.execPath, join(root, 'packages/tasain/src/tasain.ts'), 'read', file]
  const { stdout } = await run(program, rest, {
    cwd: place.cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: place.home },
  })
  return JSON.parse(stdout)
}

function makePlace(name: string): { cwd: string; home: string } {
  const place = { cwd: join(folder, name, 'cwd'), home: join(folder, name, 'home') }
  for (const path of Object.values(place)) mkdirSync(path, { recursive: true })
  return place
}

async function drawPage() {
  const { bytes, truth } = await drawForm({ layout: 'sickness-fi', seed: 640, damage: 'office' })
  const file = join(folder, 'page.jpg')
  writeFileSync(file, bytes)
  return { file, truth }
}

test('a page is read from an empty home and an empty folder, and both stay empty', async () => {
  const { file, truth } = await drawPage()
  const place = makePlace('elsewhere')
  const line = await read(file, [], place)
  expect(line.form?.code).toBe(truth.formCode)
  expect(line.fields).toMatchObject({ hetu: { value: truth.fields['hetu'], status: 'sure' } })
  expect([...readdirSync(place.cwd), ...readdirSync(place.home)]).toEqual([])
})

test('a page is read the same where there is no network', async ({ skip }) => {
  skip(!mayLeave, 'This machine lets nobody into an empty network namespace (unshare -rn).')
  const server = createServer().listen(0, '127.0.0.1')
  try {
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const knock = `require('node:net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(3))`
    await run(process.execPath, ['-e', knock])
    const [program, ...rest] = withoutNetwork
    await expect(run(program, [...rest, process.execPath, '-e', knock])).rejects.toMatchObject({ code: 3 })
  } finally {
    server.close()
  }
  const { file } = await drawPage()
  const place = makePlace('offline')
  const { form, fields } = await read(file, withoutNetwork, place)
  const online = await read(file, [], makePlace('online'))
  expect({ form, fields }).toEqual({ form: online.form, fields: online.fields })
  expect(Object.values(fields).some(({ status }) => status === 'sure')).toBe(true)
  expect([...readdirSync(place.cwd), ...readdirSync(place.home)]).toEqual([])
})
