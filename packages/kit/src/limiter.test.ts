import { describe, expect, test } from 'vitest'
import { createLimiter, type Limits } from './limiter.ts'

/** Work that is begun in some order and ends when it is told to. */
function watch(limits: Limits) {
  const limiter = createLimiter(limits)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (name: string, person: string, signal?: AbortSignal) =>
    limiter.run(
      person,
      () =>
        new Promise<string>((resolve) => {
          begun.push(name)
          ends.set(name, () => resolve(name))
        }),
      signal && { signal },
    )
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const end = async (name: string) => {
    await turn()
    ends.get(name)?.()
    await turn()
  }
  return { ask, begun, end, turn }
}
const roomy = { waiting: 99, waitingEach: 99 }

describe('One person cannot stop the others', () => {
  test('people take turns, however much one of them asks for', async () => {
    const { ask, begun, end } = watch({ atOnce: 1, ...roomy })
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((name) => ask(name, name[0] ?? ''))
    for (const name of ['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']) await end(name)
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4'])
    expect(await Promise.all(all)).toHaveLength(7)
  })

  test('whoever has less in hand comes first, though others were served longer ago', async () => {
    const { ask, begun, end } = watch({ atOnce: 2, ...roomy })
    const all = ['a1', 'b1', 'a2', 'b2', 'b3'].map((name) => ask(name, name[0] ?? ''))
    // The work of a is long: each time b ends something, b has nothing in hand and a has.
    for (const name of ['b1', 'b2', 'b3']) await end(name)
    expect(begun).toEqual(['a1', 'b1', 'b2', 'b3', 'a2'])
    for (const name of ['a1', 'a2']) await end(name)
    await Promise.all(all)
  })

  test('nobody has more in hand than one person may, though places are free', async () => {
    const { ask, begun, end, turn } = watch({ atOnce: 2, atOnceEach: 1, ...roomy })
    const all = ['a1', 'a2', 'b1'].map((name) => ask(name, name[0] ?? ''))
    await turn()
    expect(begun).toEqual(['a1', 'b1'])
    for (const name of ['a1', 'b1', 'a2']) await end(name)
    await Promise.all(all)
  })

  test('what is one too many is refused, to that person alone and then to all', async () => {
    const { ask, begun, end } = watch({ atOnce: 1, waiting: 3, waitingEach: 2 })
    const all = ['a1', 'a2', 'a3'].map((name) => ask(name, 'a'))
    await expect(ask('a4', 'a')).rejects.toMatchObject({ code: 'service.busy', status: 503 })
    all.push(ask('b1', 'b'))
    await expect(ask('c1', 'c')).rejects.toMatchObject({ code: 'service.busy' })
    for (const name of ['a1', 'b1', 'a2', 'a3']) await end(name)
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1'])
    expect(begun).not.toContain('c1')
  })

  test('what nobody waits for any more is dropped and leaves its place to others', async () => {
    const { ask, begun, end } = watch({ atOnce: 1, waiting: 1, waitingEach: 1 })
    const first = ask('a1', 'a')
    const gone = new AbortController()
    const dropped = ask('a2', 'a', gone.signal)
    gone.abort()
    await expect(dropped).rejects.toMatchObject({ code: 'service.busy' })
    await expect(ask('a3', 'a', gone.signal)).rejects.toMatchObject({ code: 'service.busy' })
    const next = ask('b1', 'b')
    await end('a1')
    await end('b1')
    expect([await first, await next, begun]).toEqual(['a1', 'b1', ['a1', 'b1']])
  })

  test('work that fails gives its place back', async () => {
    const limiter = createLimiter({ atOnce: 1, waiting: 0, waitingEach: 0 })
    await expect(limiter.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await limiter.run('b', () => Promise.resolve('done'))).toBe('done')
  })
})
