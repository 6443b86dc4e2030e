import { type ReactNode, useCallback, useState } from 'react'
import { type Dictionary, useTexts } from '../language/language.tsx'

// A region that scrolls must take the keyboard's focus, or its far side cannot be reached without a mouse.
const reachable = { tabIndex: 0 } as const
const texts: Dictionary<string> = {
  fi: 'Taulukko jatkuu sivulle: vieritä, tai valitse taulukko ja paina nuolinäppäintä.',
  sv: 'Tabellen fortsätter åt sidan: rulla, eller välj tabellen och tryck på en piltangent.',
}

type Hidden = { isWide: boolean; left: boolean; right: boolean }

/** A frame for a table that may be wider than the page; it says so where a part of the table is out of sight. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  const sign = useTexts(texts)
  const [hidden, setHidden] = useState<Hidden>({ isWide: false, left: false, right: false })
  const look = useCallback((frame: HTMLElement) => {
    const { scrollLeft, scrollWidth, clientWidth } = frame
    const next = {
      isWide: scrollWidth > clientWidth + 1,
      left: scrollLeft > 1,
      right: scrollLeft + clientWidth < scrollWidth - 1,
    }
    setHidden((last) =>
      last.isWide === next.isWide && last.left === next.left && last.right === next.right ? last : next,
    )
  }, [])
  const watch = useCallback(
    (frame: HTMLElement | null) => {
      if (!frame) return
      const observer = new ResizeObserver(() => look(frame))
      observer.observe(frame)
      for (const child of frame.children) observer.observe(child)
      return () => observer.disconnect()
    },
    [look],
  )
  return (
    <div className="scroll-frame">
      {hidden.isWide && <p className="scroll-sign">{sign}</p>}
      <div className={`scroll-edges${hidden.left ? ' more-left' : ''}${hidden.right ? ' more-right' : ''}`}>
        <section
          className="scroll"
          aria-label={label}
          ref={watch}
          onScroll={({ currentTarget }) => look(currentTarget)}
          {...reachable}
        >
          {children}
        </section>
      </div>
    </div>
  )
}
