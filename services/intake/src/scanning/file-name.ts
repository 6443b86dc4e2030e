import { maskHetus } from '@tasain/vocabulary'

const longest = 120
// Control characters, and those that turn the direction of writing: a name must not look like another.
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu

/** A file's name as it may be shown: without folders, control characters or anything shaped like an identity code. */
export function cleanFileName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = maskHetus(base.replace(unprintable, '').trim())
  if (clean === '') return 'scan'
  const letters = Array.from(clean)
  return letters.length <= longest ? clean : `${letters.slice(0, longest - 9).join('')}…${letters.slice(-8).join('')}`
}
