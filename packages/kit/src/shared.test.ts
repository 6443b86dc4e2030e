import { describe, expect, test } from 'vitest'
import { createShared } from './shared.ts'

const hold = <T>(value: T) => {
  let release = () => {}
  const held = new Promise<T>((resolve) => {
    release = () => resolve(value)
  })
  return { held, release: () => release() }
}
const lend = (made: string) => Promise.resolve(made)

describe('One person cannot stop the others', () => {
  test('what many ask for at a time is made once and discarded once', async () => {
    const made: string[] = []
    const discarded: string[] = []
    const shared = createShared<string>((one) => Promise.resolve(void discarded.push(one)))
    const { held, release } = hold('pdf')
    const make = () => {
      made.push('pdf')
      return held
    }
    const all = Array.from({ length: 40 }, () => shared.lend('key', make, lend))
    release()
    expect(new Set(await Promise.all(all))).toEqual(new Set(['pdf']))
    expect([made, discarded]).toEqual([['pdf'], ['pdf']])
    await shared.lend('key', make, lend)
    expect(made).toHaveLength(2)
  })

  test('it is ended when everybody who asked has gone, and not before', async () => {
    const shared = createShared<string>()
    const [first, second] = [new AbortController(), new AbortController()]
    const ended: string[] = []
    const make = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => ended.push('ended'))
      return new Promise<string>(() => {})
    }
    const all = [first, second].map(({ signal }) => shared.lend('key', make, lend, { signal }))
    first.abort(new Error('gone'))
    await expect(all[0]).rejects.toThrow('gone')
    expect(ended).toEqual([])
    second.abort(new Error('gone too'))
    await expect(all[1]).rejects.toThrow('gone too')
    expect(ended).toEqual(['ended'])
    expect(await shared.lend('key', () => Promise.resolve('anew'), lend)).toBe('anew')
  })

  test('a failure is everybody’s who asked, and nobody’s who asks afterwards', async () => {
    const shared = createShared<string>()
    const fail = () => Promise.reject(new Error('broken'))
    const all = [1, 2].map(() => shared.lend('key', fail, lend))
    for (const one of all) await expect(one).rejects.toThrow('broken')
    expect(await shared.lend('key', () => Promise.resolve('whole'), lend)).toBe('whole')
  })
})
