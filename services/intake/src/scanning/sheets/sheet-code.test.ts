import { expect, test } from 'vitest'
import { readSheetCode, separatorCode, writeCoverCode } from './sheet-code.ts'

test.each([
  { office: 'lahti', batchNumber: 12, benefit: 'TO', language: 'fi' },
  { office: 'hel-3', batchNumber: 999_999_999, benefit: null, language: 'sv' },
  { office: 'jäminkipohja', batchNumber: 1, benefit: null, language: null },
] as const)('a cover says what was written on it: $office $batchNumber', (cover) => {
  expect(readSheetCode(writeCoverCode(cover))).toEqual({ kind: 'cover', cover })
})

test.each([separatorCode, 'PATCHT', ' PATCHT ', '*PATCHT*'])('%j is a separator', (text) => {
  expect(readSheetCode(text)).toEqual({ kind: 'separator' })
})

test.each([
  'TSN:TO1:2026-01:1:000012',
  'ASN00123',
  'PATCH1',
  'TASAIN:COVER2:lahti:12:TO:fi',
  'TASAIN:COVER1:lahti:twelve:TO:fi',
  'TASAIN:COVER1::12:TO:fi',
  '',
])('%j is neither', (text) => {
  expect(readSheetCode(text)).toBeUndefined()
})

test('a benefit or language that is not known is as none', () => {
  expect(readSheetCode('TASAIN:COVER1:lahti:12:XX:en')).toMatchObject({ cover: { benefit: null, language: null } })
})
