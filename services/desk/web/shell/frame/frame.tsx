import { type ReactNode, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { Announcer } from '../parts/announcer.tsx'
import { shellTexts } from '../texts.ts'
import { Header } from './header.tsx'
import { IdleWarning } from './idle.tsx'
import { LeftWrites } from './left-writes.tsx'
import { Navigation } from './navigation.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'
import { useShortcutKeys, useShortcuts } from './shortcuts.tsx'

/** What stands around every page of a signed-in person. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useTexts(shellTexts)
  const [helpOpen, setHelpOpen] = useState(false)
  useShortcutKeys()
  useShortcuts([{ key: '?', label: t.shortcuts.help, run: () => setHelpOpen(true) }])
  return (
    <>
      <a className="skip" href="#content">
        {t.skipToContent}
      </a>
      <Header onShortcuts={() => setHelpOpen(true)} />
      <div className="frame">
        <Navigation />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      <LeftWrites />
      <Announcer />
      <ShortcutHelp open={helpOpen} onClose={() => setHelpOpen(false)} />
      <IdleWarning />
    </>
  )
}
