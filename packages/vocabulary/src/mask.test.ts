import { describe, expect, test } from 'vitest'
import { hetuCheckCharacter } from './hetu.ts'
import { isFreeOfHetus, maskHetus } from './mask.ts'

const code = `010190-999${hetuCheckCharacter('010190999')}`
const inDigits = (zero: number) => code.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
const spread = (between: string) => Array.from(code).join(between)

const forms: [name: string, text: string][] = [
  ['full-width digits', inDigits(0xff10)],
  ['everything full-width', code.replace(/./g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0))],
  ['Arabic-Indic digits', inDigits(0x660)],
  ['Devanagari digits', inDigits(0x966)],
  ['mathematical digits', inDigits(0x1d7ce)],
  ['superscript digits', code.replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '')],
  ['circled digits', code.replace(/[1-9]/g, (digit) => String.fromCodePoint(0x245f + Number(digit)))],
  ['a zero-width space in it', `${code.slice(0, 4)}\u200b${code.slice(4)}`],
  ['a joiner between all', spread('\u200d')],
  ['soft hyphens between all', spread('\u00ad')],
  ['combining strokes on all', spread('\u0336')],
  ['a byte order mark in it', `${code.slice(0, 8)}\ufeff${code.slice(8)}`],
  ['thin blanks between all', spread('\u2009')],
  ['two blanks between all', spread('  ')],
  ['blanks around the sign', code.replace('-', '  -  ')],
  ['a Cyrillic century letter', code.replace('-', 'А')],
  ['a Greek century letter', code.replace('-', 'Α')],
  ['a Cyrillic check letter', `${code.slice(0, 10)}Х`],
  ['a figure dash', code.replace('-', '\u2012')],
  ['a full-width hyphen', code.replace('-', '\uff0d')],
  ['a small hyphen', code.replace('-', '\ufe63')],
  ['a hyphen bullet', code.replace('-', '\u2043')],
  ['a superscript minus', code.replace('-', '\u207b')],
]

describe('Identity codes', () => {
  test.each(forms)('written with %s are masked, and nothing around them', (_name, text) => {
    const [before, after] = ['Hakija ① ﬁ ½: ', ' — Ä½ loppu\u200b.']
    const masked = maskHetus(before + text + after)
    expect(masked).toHaveLength((before + text + after).length)
    expect([masked.startsWith(before), masked.endsWith(after)]).toEqual([true, true])
    expect(/[^\s•]/u.test(masked.slice(before.length, before.length + text.length).replace(/[\u0336]/g, ''))).toBe(
      false,
    )
    expect(isFreeOfHetus(before + text)).toBe(false)
  })

  test.each([
    'Täysleveä ０１２ ja ３,５０ €, puhelin ０４０ １２３ ４５６７',
    'x²+y² ½ ① ㎡ ﬁ Ⅳ 東京都千代田区 1-1',
    'Дата 01.02.2026, № 123456',
    'family 👨‍👩‍👧 ja ❤️ 2026',
  ])('other text of any alphabet stays as it was: %s', (text) => {
    expect(maskHetus(text)).toBe(text)
  })
})
