import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { toRefusal } from './refusal.ts'

export type Sending<Input, Answer> = {
  /** Sends, unless something is on its way already; `then` follows once the server has answered. */
  send: (input: Input, then?: (answer: Answer) => unknown) => void
  /** From the press until what follows it is done. */
  isBusy: boolean
  error: Error | null
  answer: Answer | undefined
}

/**
 * The one way the pages send a write, so that pressing twice sends once. What did not get through is sent again under the
 * same idempotency key, since it may have arrived after all.
 * @param write sends under the key given
 * @param refresh has the page ask again for what the write changes
 */
export function useSending<Input, Answer>(
  write: (input: Input, key: string) => Promise<Answer>,
  refresh: (answer: Answer) => unknown = () => undefined,
): Sending<Input, Answer> {
  // The mark takes effect at once, and not only when the page is drawn again.
  const isUnderWay = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const keys = useKeys<Input>()
  const mutation = useMutation({
    mutationFn: (input: Input) => write(input, keys.take(input)),
    onSuccess: (answer) => refresh(answer),
  })
  const mark = (on: boolean) => {
    isUnderWay.current = on
    setBusy(on)
  }
  const send = (input: Input, then?: (answer: Answer) => unknown) => {
    if (isUnderWay.current) return
    mark(true)
    const follow = async (answer: Answer) => await then?.(answer)
    mutation.mutate(input, {
      onSuccess: (answer) => {
        keys.forget()
        void follow(answer).finally(() => mark(false))
      },
      onError: (error) => {
        if (!toRefusal(error).mayPass) keys.forget()
        mark(false)
      },
    })
  }
  return { send, isBusy, error: mutation.error, answer: mutation.data }
}

/** One idempotency key for as long as the same input is sent again. */
function useKeys<Input>() {
  const kept = useRef<{ input: string; key: string }>(undefined)
  const take = (input: Input): string => {
    const written = writeDown(input)
    if (kept.current?.input !== written) kept.current = { input: written, key: crypto.randomUUID() }
    return kept.current.key
  }
  const forget = () => {
    kept.current = undefined
  }
  return { take, forget }
}

/** What is sent, as text to compare: JSON, and of a file what tells it from others. */
export function writeDown(input: unknown): string {
  const describe = (_name: string, value: unknown) =>
    value instanceof File ? [value.name, value.size, value.lastModified] : value
  return JSON.stringify(input, describe) ?? ''
}
