import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

const hold = () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  return { work: () => held, release: () => release() }
}

test('so many are let in at a time, in their order, and one too many is turned away', async () => {
  const gate = createGate({ atOnce: 1, waiting: 1 }, () => new Error('turned away'))
  const [first, second] = [hold(), hold()]
  const done: string[] = []
  const running = [first, second].map(({ work }, index) => gate.run(work).then(() => done.push(`${index}`)))
  await expect(gate.run(() => Promise.resolve())).rejects.toThrow('turned away')
  second.release()
  await Promise.resolve()
  expect(done).toEqual([])
  first.release()
  await Promise.all(running)
  expect(done).toEqual(['0', '1'])
})

test('whoever waits no longer leaves the place to others, and whoever is in stays in', async () => {
  const gate = createGate({ atOnce: 1, waiting: 1 }, () => new Error('turned away'))
  const inside = hold()
  const patience = new AbortController()
  const running = gate.run(async () => {
    await inside.work()
    return 'done'
  }, patience.signal)
  const waiting = gate.run(() => Promise.resolve('never'), patience.signal)
  patience.abort()
  await expect(waiting).rejects.toThrow('turned away')
  const next = gate.run(() => Promise.resolve('next'))
  await expect(gate.run(() => Promise.resolve(), patience.signal)).rejects.toThrow('turned away')
  inside.release()
  expect(await Promise.all([running, next])).toEqual(['done', 'next'])
})
