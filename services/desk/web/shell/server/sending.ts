import type { CancelAnswer } from '@tasain/contracts'
import { useEffect, useRef, useState } from 'react'
import { cancelWrite, onSession } from './client.ts'
import { takeBack, watchLeftWrite } from './left-writes.ts'
import { toRefusal } from './refusal.ts'

type Then<Answer> = (answer: Answer) => unknown
type Shown<Answer> = { isBusy: boolean; error: Error | null; answer: Answer | undefined }

export type Sending<Input, Answer> = Shown<Answer> & {
  /**
   * Sends, unless something is on its way already or the page was left; `then` follows once the server has answered. Gives
   * whether it was sent.
   */
  send: (input: Input, then?: Then<Answer>) => boolean
  /** Takes back what is on its way, or may have arrived; what became of it is told above every page. */
  cancel: () => void
}

/** How a sending reaches the server and its page. */
export type Parts<Input, Answer> = {
  write: (input: Input, key: string, signal: AbortSignal) => Promise<Answer>
  refresh: (answer: Answer) => unknown
  show: (shown: Shown<Answer>) => void
  /** Takes back a write; resolves when it is known what became of it. */
  takeBack: (key: string, running?: Promise<unknown>) => Promise<CancelAnswer>
  /** The same, once. @throws ServerRefusal when it cannot be known now */
  cancelWrite: (key: string) => Promise<CancelAnswer>
  /** Watches a write whose page was left. */
  watch: (key: string, running: Promise<unknown>) => void
}

/** A write of which it is not known whether it was done. */
type Open<Answer> = {
  written: string
  key: string
  stop: AbortController
  running?: Promise<Answer> | undefined
  follow?: Then<Answer> | undefined
}

/**
 * The one way the pages send a write, so that pressing twice sends once, and what was cancelled is not done. It leaves at
 * once or fails; what did not get through is sent again under the same idempotency key, since it may have arrived after all,
 * and taken back before anything else is sent in its place.
 * @param write sends under the key given, until the signal
 * @param refresh has the page ask again for what the write changes
 * @param isFree whether nothing would have to be taken back: it reads, or doing it twice is as doing it once
 */
export function useSending<Input, Answer>(
  write: (input: Input, key: string, signal: AbortSignal) => Promise<Answer>,
  refresh: (answer: Answer) => unknown = () => undefined,
  { isFree = false } = {},
): Sending<Input, Answer> {
  const [shown, show] = useState<Shown<Answer>>({ isBusy: false, error: null, answer: undefined })
  const latest = useRef({ write, refresh })
  useEffect(() => {
    latest.current = { write, refresh }
  })
  const [sending] = useState(() =>
    createSending<Input, Answer>({
      write: (input, key, signal) => latest.current.write(input, key, signal),
      refresh: (answer) => latest.current.refresh(answer),
      show,
      takeBack,
      cancelWrite,
      watch: watchLeftWrite,
    }),
  )
  useEffect(() => {
    sending.enter()
    const stopListening = onSession('back', sending.forgetSession)
    return () => {
      stopListening()
      sending.leave(isFree)
    }
  }, [sending, isFree])
  return { ...shown, send: sending.send, cancel: sending.cancel }
}

export function createSending<Input, Answer>(parts: Parts<Input, Answer>) {
  let shown: Shown<Answer> = { isBusy: false, error: null, answer: undefined }
  let open: Open<Answer> | undefined
  const takenBack = new Set<Open<Answer>>()
  let turn = 0
  let isHere = true

  const show = (part: Partial<Shown<Answer>>) => {
    shown = { ...shown, ...part }
    parts.show(shown)
  }
  const finish = async (write: Open<Answer>, answer: Answer) => {
    if (open === write) open = undefined
    show({ answer, error: null })
    await parts.refresh(answer)
    if (isHere) await write.follow?.(answer)
  }
  const giveUp = (write: Open<Answer>) => {
    if (open === write) open = undefined
    takenBack.add(write)
    void parts.takeBack(write.key, write.running).then(async (told) => {
      takenBack.delete(write)
      if (told.outcome === 'done') await finish(write, told.body as Answer)
    })
  }
  /** Makes sure that nothing sent before is done beside what is sent now. Gives whether that may be sent. */
  const clear = async (written: string): Promise<boolean> => {
    if (takenBack.size > 0) {
      const told = await Promise.all([...takenBack].map(({ key }) => parts.cancelWrite(key)))
      if (told.some(({ outcome }) => outcome === 'done')) return false
    }
    const earlier = open
    if (earlier === undefined || earlier.written === written) return true
    const told = await parts.cancelWrite(earlier.key)
    open = undefined
    if (told.outcome === 'cancelled') return true
    giveUp(earlier)
    return false
  }
  const run = async (input: Input, then: Then<Answer> | undefined) => {
    const written = writeDown(input)
    const mineNow = turn
    if (!(await clear(written)) || turn !== mineNow) return
    open ??= { written, key: crypto.randomUUID(), stop: new AbortController() }
    const mine = open
    mine.follow = then
    mine.running = parts.write(input, mine.key, mine.stop.signal)
    try {
      const answer = await mine.running
      if (open === mine) await finish(mine, answer)
    } catch (thrown) {
      if (open !== mine) return
      mine.running = undefined
      fail(mine, thrown)
    }
  }
  const fail = (mine: Open<Answer>, thrown: unknown) => {
    const refusal = toRefusal(thrown)
    show({ error: thrown instanceof Error ? thrown : refusal })
    if (!refusal.mayPass) open = undefined
    else if (!isHere) giveUp(mine)
  }

  return {
    send: (input: Input, then?: Then<Answer>): boolean => {
      // This mark takes effect at once, and not only when the page is drawn again.
      if (shown.isBusy || !isHere) return false
      show({ isBusy: true, error: null, answer: undefined })
      turn += 1
      const mine = turn
      void run(input, then)
        .catch((thrown: unknown) => turn === mine && show({ error: toRefusal(thrown) }))
        .finally(() => turn === mine && show({ isBusy: false }))
      return true
    },
    cancel: () => {
      if (!open) return
      turn += 1
      open.stop.abort()
      giveUp(open)
      show({ isBusy: false, error: null })
    },
    enter: () => {
      isHere = true
    },
    /** The page is left: what is under way goes on in sight of every page, and what may have arrived is taken back. */
    leave: (isFree: boolean) => {
      isHere = false
      if (!open || isFree) return
      if (open.running) parts.watch(open.key, open.running)
      else giveUp(open)
    },
    /** Somebody is signed in again: that nobody was is no longer so. */
    forgetSession: () => {
      if (shown.error && toRefusal(shown.error).code === 'session.none') show({ error: null })
    },
  }
}

/** What is sent, as text to compare: JSON, and of a file what tells it from others. */
export function writeDown(input: unknown): string {
  const describe = (_name: string, value: unknown) =>
    value instanceof File ? [value.name, value.size, value.lastModified] : value
  return JSON.stringify(input, describe) ?? ''
}
