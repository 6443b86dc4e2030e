import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { getWorkHealth } from './health.ts'
import { createLog } from './log.ts'
import { repeat } from './repeat.ts'

afterEach(() => void vi.restoreAllMocks())

function listen() {
  const lines: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  return () => lines.splice(0).map((line): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>)
}

describe('One bad row stops nobody', () => {
  test('work that fails twice in a row is an alarm until it succeeds', async () => {
    const tell = listen()
    const log = createLog('test')
    const health = getWorkHealth(log)
    const turn = async (error?: Error) => {
      const run = () => (error ? Promise.reject(error) : Promise.resolve('done'))
      return await health.watch('plan', run).catch(() => 'failed')
    }
    expect(await turn(new Error('16009 is not a queue'))).toBe('failed')
    expect(tell()).toMatchObject([{ level: 40, work: 'plan', failures: 1 }])
    expect(health.listFailing()).toEqual([])
    await turn(new Error('16009 is not a queue'))
    expect(tell()).toMatchObject([
      { level: 50, alarm: 'failing_work', work: 'plan', error: { message: '16009 is not a queue' } },
    ])
    expect(getWorkHealth(log).listFailing()).toMatchObject([{ work: 'plan' }])
    await turn(new Error('again'))
    expect(tell()).toMatchObject([{ level: 40 }])
    expect(await turn()).toBe('done')
    expect(tell()).toMatchObject([{ level: 30, work: 'plan' }])
    expect(health.listFailing()).toEqual([])
    expect(getWorkHealth(createLog('other')).listFailing()).toEqual([])
  })

  test('what is repeated is watched under its name', async () => {
    listen()
    const log = createLog('test')
    let isBroken = true
    const work = repeat(log, 5, () => (isBroken ? Promise.reject(new Error('no')) : Promise.resolve()), 'sweep')
    const waitFor = async (count: number) => {
      while (getWorkHealth(log).listFailing().length !== count) await sleep(5)
    }
    await waitFor(1)
    expect(getWorkHealth(log).listFailing()).toMatchObject([{ work: 'sweep' }])
    isBroken = false
    await waitFor(0)
    await work.stop()
  })

  test('a logged error brings along no client of a library', () => {
    const tell = listen()
    const error = Object.assign(new Error('terminating connection', { cause: new Error('deeper') }), {
      code: '57P01',
      client: { secretKey: 557_629_358, stream: new PassThrough() },
    })
    createLog('test').warn({ error }, 'the job engine')
    const [line] = tell()
    expect(line).toMatchObject({
      error: { type: 'Error', message: 'terminating connection', code: '57P01', cause: { message: 'deeper' } },
    })
    expect(JSON.stringify(line)).not.toContain('557629358')
  })
})
