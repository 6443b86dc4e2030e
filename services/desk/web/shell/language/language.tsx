import { Provider } from '@navikt/ds-react'
import { isLanguage, type Language } from '@tasain/vocabulary'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { akselFi } from './aksel-fi.ts'
import { akselSv } from './aksel-sv.ts'

/** The same texts in each language the desk speaks; a missing one does not compile. */
export type Dictionary<T> = Readonly<Record<Language, T>>

type Chosen = { language: Language; choose: (language: Language) => void }

const storageKey = 'tasain.language'
export const aksel = { fi: akselFi, sv: akselSv }
const LanguageContext = createContext<Chosen>({ language: 'fi', choose: () => undefined })

/** Gives the chosen language to every page, to the design system's own texts and to the document itself. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(guessLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const chosen = useMemo<Chosen>(() => {
    const choose = (next: Language) => {
      localStorage.setItem(storageKey, next)
      setLanguage(next)
    }
    return { language, choose }
  }, [language])
  return (
    <LanguageContext value={chosen}>
      <Provider locale={aksel[language]}>{children}</Provider>
    </LanguageContext>
  )
}

export function useLanguage(): Chosen {
  return useContext(LanguageContext)
}

export function useTexts<T>(dictionary: Dictionary<T>): T {
  return dictionary[useLanguage().language]
}

/** Whether the reader has chosen a language on this machine; if not, the one of the session is taken. */
export function hasChosenLanguage(): boolean {
  return isLanguage(localStorage.getItem(storageKey) ?? '')
}

function guessLanguage(): Language {
  const stored = localStorage.getItem(storageKey) ?? ''
  if (isLanguage(stored)) return stored
  return navigator.languages.some((tag) => tag.startsWith('sv')) && !navigator.languages.some(isFinnish) ? 'sv' : 'fi'
}

function isFinnish(tag: string): boolean {
  return tag.startsWith('fi')
}
