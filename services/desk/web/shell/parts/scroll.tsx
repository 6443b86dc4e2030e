import type { ReactNode } from 'react'

// A region that scrolls must take the keyboard's focus, or its far side cannot be reached without a mouse.
const reachable = { tabIndex: 0 } as const

/** A frame for a table that may be wider than the page. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="scroll" aria-label={label} {...reachable}>
      {children}
    </section>
  )
}
