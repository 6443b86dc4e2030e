import type { CancelAnswer } from '@tasain/contracts'
import { describe, expect, test } from 'vitest'
import { describeLostConnection, readRefusal } from './refusal.ts'
import { type Parts, Sender, writeDown } from './sending.ts'

test('what is sent again counts as the same, another file does not', () => {
  const input = (name: string, lastModified = 1) => ({ file: new File(['x'], name, { lastModified }), page: 1 })
  expect(writeDown(input('a.pdf'))).toBe(writeDown(input('a.pdf')))
  expect(writeDown(input('a.pdf'))).not.toBe(writeDown(input('b.pdf')))
  expect(writeDown(input('a.pdf'))).not.toBe(writeDown(input('a.pdf', 2)))
  expect(writeDown({ reason: 'a' })).not.toBe(writeDown({ reason: 'b' }))
  expect(writeDown(undefined)).toBe('')
})

/** A sending over a line that the test holds in its hands: each attempt waits until it is answered or cut. */
function openSending() {
  type Attempt = { input: string; key: string; signal: AbortSignal } & PromiseWithResolvers<string>
  const attempts: Attempt[] = []
  const asked: { key: string; told: PromiseWithResolvers<CancelAnswer> }[] = []
  const shown = { isBusy: false, error: null as Error | null, answer: undefined as string | undefined }
  const watched: string[] = []
  const refreshed: string[] = []
  const followed: string[] = []
  const ask = (key: string) => {
    const told = Promise.withResolvers<CancelAnswer>()
    asked.push({ key, told })
    return told.promise
  }
  const parts: Parts<string, string> = {
    write(input, key, signal) {
      const attempt = { input, key, signal, ...Promise.withResolvers<string>() }
      signal.addEventListener('abort', () => attempt.reject(signal.reason))
      attempts.push(attempt)
      return attempt.promise
    },
    refresh: (answer) => refreshed.push(answer),
    show: (next) => Object.assign(shown, next),
    takeBack: ask,
    cancelWrite: ask,
    watch: (key) => watched.push(key),
  }
  const sending = new Sender(parts)
  const send = (input: string) => sending.send(input, (answer) => followed.push(answer))
  return { sending, send, attempts, asked, shown, watched, refreshed, followed }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 1))
const lost = describeLostConnection()

describe('Nothing unmeant is done', () => {
  test('a write leaves at once, and a second one is not sent beside it', async () => {
    const { send, attempts, shown, followed, refreshed } = openSending()
    expect([send('a'), send('b')]).toEqual([true, false])
    await settle()
    expect(attempts.map(({ input }) => input)).toEqual(['a'])
    expect(shown.isBusy).toBe(true)
    attempts[0]?.resolve('done')
    await settle()
    expect(shown).toEqual({ isBusy: false, error: null, answer: 'done' })
    expect([refreshed, followed]).toEqual([['done'], ['done']])
  })

  test('what did not get through is sent again under the same key', async () => {
    const { send, attempts, shown, asked } = openSending()
    send('a')
    await settle()
    attempts[0]?.reject(lost)
    await settle()
    expect(shown).toMatchObject({ isBusy: false, error: lost })
    send('a')
    await settle()
    expect(attempts[1]?.key).toBe(attempts[0]?.key)
    expect(asked).toEqual([])
  })

  test('cancelling breaks off what is under way and asks what became of it', async () => {
    const { sending, send, attempts, asked, shown, followed } = openSending()
    send('a')
    await settle()
    sending.cancel()
    expect(attempts[0]?.signal.aborted).toBe(true)
    expect(shown).toEqual({ isBusy: false, error: null, answer: undefined })
    expect(asked[0]?.key).toBe(attempts[0]?.key)
    asked[0]?.told.resolve({ outcome: 'cancelled' })
    await settle()
    expect([shown.answer, followed, attempts.length]).toEqual([undefined, [], 1])
  })

  test('a write that was done before it was cancelled is shown as done', async () => {
    const { sending, send, asked, shown, followed, refreshed } = openSending()
    send('a')
    await settle()
    sending.cancel()
    asked[0]?.told.resolve({ outcome: 'done', body: 'late' })
    await settle()
    expect([shown.answer, refreshed, followed]).toEqual(['late', ['late'], ['late']])
  })

  test('what may have arrived is taken back before another is sent in its place', async () => {
    const { send, attempts, asked, shown } = openSending()
    send('first')
    await settle()
    attempts[0]?.reject(lost)
    await settle()
    send('second')
    await settle()
    expect([attempts.length, asked[0]?.key]).toEqual([1, attempts[0]?.key])
    asked[0]?.told.resolve({ outcome: 'cancelled' })
    await settle()
    expect(attempts[1]).toMatchObject({ input: 'second' })
    expect(attempts[1]?.key).not.toBe(attempts[0]?.key)
    attempts[1]?.resolve('done')
    await settle()
    expect(shown.answer).toBe('done')
  })

  test('while nobody can say whether the first was done, the second is not sent', async () => {
    const { sending, send, attempts, asked, shown } = openSending()
    send('first')
    await settle()
    sending.cancel()
    send('second')
    await settle()
    asked[1]?.told.reject(lost)
    await settle()
    expect([attempts.length, shown.error]).toEqual([1, lost])
    asked[0]?.told.resolve({ outcome: 'cancelled' })
    await settle()
    send('second')
    await settle()
    expect(attempts.map(({ input }) => input)).toEqual(['first', 'second'])
  })

  test('the second is not sent either when the first was done after all', async () => {
    const { send, attempts, asked, followed } = openSending()
    send('first')
    await settle()
    attempts[0]?.reject(lost)
    await settle()
    send('second')
    await settle()
    for (let place = 0; place < 2; place += 1) {
      asked[place]?.told.resolve({ outcome: 'done', body: 'of the first' })
      await settle()
    }
    expect([attempts.length, followed]).toEqual([1, ['of the first']])
  })

  test('cancelling while the first is taken back sends nothing at all', async () => {
    const { sending, send, attempts, asked } = openSending()
    send('first')
    await settle()
    attempts[0]?.reject(lost)
    await settle()
    send('second')
    await settle()
    sending.cancel()
    for (const { told } of asked) told.resolve({ outcome: 'cancelled' })
    await settle()
    expect(attempts.map(({ input }) => input)).toEqual(['first'])
  })

  test('a page that is left sends nothing more, and what it sent is watched or taken back', async () => {
    const running = openSending()
    running.send('a')
    await settle()
    running.sending.leave(false)
    expect(running.watched).toEqual([running.attempts[0]?.key])
    expect(running.attempts[0]?.signal.aborted).toBe(false)
    running.attempts[0]?.reject(lost)
    await settle()
    expect(running.asked.map(({ key }) => key)).toEqual([running.attempts[0]?.key])
    expect(running.send('a')).toBe(false)

    const free = openSending()
    free.send('a')
    await settle()
    free.sending.leave(true)
    free.attempts[0]?.reject(lost)
    await settle()
    expect([free.watched, free.asked]).toEqual([[], []])

    const failed = openSending()
    failed.send('a')
    await settle()
    failed.attempts[0]?.reject(lost)
    await settle()
    failed.sending.leave(false)
    expect(failed.asked.map(({ key }) => key)).toEqual([failed.attempts[0]?.key])
  })

  test('what was refused for good needs no taking back, and a lost session is forgotten once it is back', async () => {
    const { sending, send, attempts, asked, shown } = openSending()
    send('a')
    await settle()
    const refusal = readRefusal(401, '')
    attempts[0]?.reject(refusal)
    await settle()
    expect(shown.error).toBe(refusal)
    sending.forgetSession()
    expect(shown.error).toBeNull()
    sending.cancel()
    send('b')
    await settle()
    expect([asked.length, attempts.length]).toEqual([0, 2])
  })
})
