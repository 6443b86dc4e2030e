import { type Benefit, isBenefit, isLanguage, type Language } from '@tasain/vocabulary'

/** What a cover sheet says of the papers behind it; never anything about a person. */
export type Cover = {
  readonly office: string
  readonly batchNumber: number
  readonly benefit: Benefit | null
  readonly language: Language | null
}
export type SheetCode = { readonly kind: 'cover'; readonly cover: Cover } | { readonly kind: 'separator' }

// The number is the version of what follows: a later one may say more, and must not be misread by what knows this one.
const coverPrefix = 'TASAIN:COVER1'
export const separatorCode = 'TASAIN:SEPARATOR1'
/** What scanners and other systems know as a separator sheet. */
const patchT = 'PATCHT'

/** What the code on a cover sheet says: `TASAIN:COVER1:lahti:12:TO:fi`, with nothing where nothing is known. */
export function writeCoverCode({ office, batchNumber, benefit, language }: Cover): string {
  return [coverPrefix, office, batchNumber, benefit ?? '', language ?? ''].join(':')
}

/** What a sheet with this code on it is; undefined for the code of anything else. */
export function readSheetCode(text: string): SheetCode | undefined {
  const code = text.trim()
  if (code === separatorCode || code.replaceAll('*', '') === patchT) return { kind: 'separator' }
  const [, office, number, benefit = '', language = ''] =
    /^TASAIN:COVER1:([^:]{1,60}):(\d{1,9}):([^:]*):([^:]*)$/.exec(code) ?? []
  if (office === undefined || number === undefined) return undefined
  return {
    kind: 'cover',
    cover: {
      office,
      batchNumber: Number(number),
      benefit: isBenefit(benefit) ? benefit : null,
      language: isLanguage(language) ? language : null,
    },
  }
}
