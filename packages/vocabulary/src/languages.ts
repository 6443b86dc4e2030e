/** Languages an application can be in and must be decided in. */
export const languages = ['fi', 'sv'] as const
export type Language = (typeof languages)[number]

/** Languages the screens speak. */
export const uiLanguages = ['fi', 'sv', 'en'] as const
export type UiLanguage = (typeof uiLanguages)[number]

export function isLanguage(text: string): text is Language {
  return languages.some((language) => language === text)
}

export function isUiLanguage(text: string): text is UiLanguage {
  return uiLanguages.some((language) => language === text)
}
