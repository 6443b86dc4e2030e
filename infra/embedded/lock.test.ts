import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasain-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a second lock on the same folder is refused with the number of the process that has it', async () => {
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`Another Tasain (process ${process.pid}) already runs on ${folder}`)
  await lock.release()
  await (await lockFolder(folder)).release()
})

test('another path to the same folder meets the same lock', async () => {
  const lock = await lockFolder(folder)
  symlinkSync(folder, join(folder, 'way'))
  await expect(lockFolder(join(folder, 'way'))).rejects.toThrow('Another Tasain')
  await lock.release()
})

test('the lock of a process that was killed is free at once', async () => {
  const module = new URL('./lock.ts', import.meta.url).href
  const script = `const { lockFolder } = await import(${JSON.stringify(module)})
    await lockFolder(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  await expect(lockFolder(folder)).rejects.toThrow(`process ${holder.pid}`)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await (await lockFolder(folder)).release()
})
