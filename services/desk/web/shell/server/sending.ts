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
  const [sending] = useState(
    () =>
      new Sender<Input, Answer>({
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

/** The writes of one control, one after another; of each it is known whether it was done, or it can be taken back. */
export class Sender<Input, Answer> {
  readonly #parts: Parts<Input, Answer>
  readonly #takenBack = new Set<Open<Answer>>()
  #shown: Shown<Answer> = { isBusy: false, error: null, answer: undefined }
  #open: Open<Answer> | undefined
  #turn = 0
  #isHere = true

  constructor(parts: Parts<Input, Answer>) {
    this.#parts = parts
  }

  send = (input: Input, then?: Then<Answer>): boolean => {
    // This mark takes effect at once, and not only when the page is drawn again.
    if (this.#shown.isBusy || !this.#isHere) return false
    this.#show({ isBusy: true, error: null, answer: undefined })
    this.#turn += 1
    const mine = this.#turn
    void this.#run(input, then)
      .catch((thrown: unknown) => this.#turn === mine && this.#show({ error: toRefusal(thrown) }))
      .finally(() => this.#turn === mine && this.#show({ isBusy: false }))
    return true
  }

  cancel = (): void => {
    if (!this.#open) return
    this.#turn += 1
    this.#open.stop.abort()
    this.#giveUp(this.#open)
    this.#show({ isBusy: false, error: null })
  }

  enter = (): void => {
    this.#isHere = true
  }

  /** The page is left: what is under way goes on in sight of every page, and what may have arrived is taken back. */
  leave = (isFree: boolean): void => {
    this.#isHere = false
    // Of what needs no taking back nobody is told that it was taken back.
    if (isFree) this.#open = undefined
    if (!this.#open) return
    if (this.#open.running) this.#parts.watch(this.#open.key, this.#open.running)
    else this.#giveUp(this.#open)
  }

  /** Somebody is signed in again: that nobody was is no longer so. */
  forgetSession = (): void => {
    const { error } = this.#shown
    if (error && toRefusal(error).code === 'session.none') this.#show({ error: null })
  }

  #show(part: Partial<Shown<Answer>>): void {
    this.#shown = { ...this.#shown, ...part }
    this.#parts.show(this.#shown)
  }

  async #run(input: Input, then: Then<Answer> | undefined): Promise<void> {
    const written = writeDown(input)
    const turn = this.#turn
    if (!(await this.#clear(written)) || this.#turn !== turn) return
    this.#open ??= { written, key: crypto.randomUUID(), stop: new AbortController() }
    const mine = this.#open
    mine.follow = then
    mine.running = this.#parts.write(input, mine.key, mine.stop.signal)
    try {
      const answer = await mine.running
      if (this.#open === mine) await this.#finish(mine, answer)
    } catch (thrown) {
      if (this.#open !== mine) return
      mine.running = undefined
      this.#fail(mine, thrown)
    }
  }

  /** Makes sure that nothing sent before is done beside what is sent now. Gives whether that may be sent. */
  async #clear(written: string): Promise<boolean> {
    if (this.#takenBack.size > 0) {
      const told = await Promise.all([...this.#takenBack].map(({ key }) => this.#parts.cancelWrite(key)))
      if (told.some(({ outcome }) => outcome === 'done')) return false
    }
    const earlier = this.#open
    if (earlier === undefined || earlier.written === written) return true
    const told = await this.#parts.cancelWrite(earlier.key)
    if (this.#open !== earlier) return false
    this.#open = undefined
    if (told.outcome === 'cancelled') return true
    this.#giveUp(earlier)
    return false
  }

  #giveUp(write: Open<Answer>): void {
    if (this.#open === write) this.#open = undefined
    this.#takenBack.add(write)
    void this.#parts.takeBack(write.key, write.running).then(async (told) => {
      this.#takenBack.delete(write)
      if (told.outcome === 'done') await this.#finish(write, told.body as Answer)
    })
  }

  async #finish(write: Open<Answer>, answer: Answer): Promise<void> {
    if (this.#open === write) this.#open = undefined
    this.#show({ answer, error: null })
    await this.#parts.refresh(answer)
    if (this.#isHere) await write.follow?.(answer)
  }

  #fail(mine: Open<Answer>, thrown: unknown): void {
    const refusal = toRefusal(thrown)
    this.#show({ error: thrown instanceof Error ? thrown : refusal })
    if (!refusal.mayPass) this.#open = undefined
    else if (!this.#isHere && this.#open === mine) this.#giveUp(mine)
  }
}

/** What is sent, as text to compare: JSON, and of a file what tells it from others. */
export function writeDown(input: unknown): string {
  const describe = (_name: string, value: unknown) =>
    value instanceof File ? [value.name, value.size, value.lastModified] : value
  return JSON.stringify(input, describe) ?? ''
}
