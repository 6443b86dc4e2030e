import { useEffect } from 'react'

/**
 * Asks before the page is left, by the browser's back or by closing it, while something half-written is open. Back only
 * ever takes an entry of the same address, put on top for it, so that the answer may be no.
 */
export function useLeaveGuard(isHalfWritten: boolean, question: string): void {
  useEffect(() => {
    if (!isHalfWritten) return
    const isOnTop = () => window.history.state?.isGuard === true
    const putOnTop = () => window.history.pushState({ ...window.history.state, isGuard: true }, '')
    const askOnBack = () => {
      if (isOnTop()) return
      if (window.confirm(question)) window.history.back()
      else putOnTop()
    }
    const askOnClose = (event: BeforeUnloadEvent) => event.preventDefault()
    putOnTop()
    window.addEventListener('popstate', askOnBack)
    window.addEventListener('beforeunload', askOnClose)
    return () => {
      window.removeEventListener('popstate', askOnBack)
      window.removeEventListener('beforeunload', askOnClose)
      if (isOnTop()) window.history.back()
    }
  }, [isHalfWritten, question])
}
