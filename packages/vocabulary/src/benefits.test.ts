import { expect, test } from 'vitest'
import { benefits, getBenefit, isBenefit, listBenefitsOf, skillGroups } from './benefits.ts'
import { isLanguage, isUiLanguage, uiLanguages } from './languages.ts'

test('each benefit has a name of its own in every language of the screens', () => {
  for (const language of uiLanguages)
    expect(new Set(benefits.map((code) => getBenefit(code).names[language])).size).toBe(benefits.length)
})

test('the skill groups share the benefits out, each benefit to one group', () => {
  expect(skillGroups.flatMap(listBenefitsOf).sort()).toEqual([...benefits].sort())
})

test('only social assistance has a target in working days', () => {
  expect(getBenefit('TO').target).toEqual({ workingDays: 7 })
  expect(benefits.filter((code) => 'workingDays' in getBenefit(code).target)).toEqual(['TO'])
})

test('unknown codes are refused', () => {
  expect(isBenefit('TO')).toBe(true)
  expect(isBenefit('to')).toBe(false)
  expect(isLanguage('en')).toBe(false)
  expect(isUiLanguage('en')).toBe(true)
})
