import { useEffect, useState } from 'react'

type Listener = (words: string) => void
let listener: Listener | undefined

/** Says something to those who listen rather than look; politely, the last of several within a second. */
export function announce(words: string): void {
  listener?.(words)
}

/** The one live region of the page. */
export function Announcer() {
  const [words, setWords] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    listener = (next) => {
      clearTimeout(timer)
      timer = setTimeout(() => setWords(next), 700)
    }
    return () => {
      clearTimeout(timer)
      listener = undefined
    }
  }, [])
  return (
    <div className="aksel-sr-only" role="status" aria-live="polite">
      {words}
    </div>
  )
}
