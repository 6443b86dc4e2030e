import { expect, test } from 'vitest'
import { shellTexts } from '../shell/texts.ts'
import { isClosed, nameStanding } from './standing.ts'
import { clerkTexts } from './texts.ts'

const say = (state: Parameters<typeof nameStanding>[0]['state'], task: Parameters<typeof nameStanding>[0]['task']) =>
  nameStanding({ state, task }, clerkTexts.fi.standing, shellTexts.fi)
const at = (state: 'open' | 'claimed' | 'awaiting_information' | 'withdrawn') => ({ state, decidedAt: null })
const decided = { state: 'decided' as const, decidedAt: '2026-12-01T22:30:00.000Z' }

test('an application is said to stand as its case does', () => {
  expect(say('handed_over', null)).toBe('Luovutettu käsittelyyn')
  expect(say('handed_over', at('open'))).toBe('Odottaa käsittelijää')
  expect(say('handed_over', at('claimed'))).toBe('Käsittelyssä')
  expect(say('handed_over', at('awaiting_information'))).toBe('Odottaa lisäselvitystä')
  expect(say('withdrawn', at('withdrawn'))).toBe('Hakemus peruttu')
  // By the Finnish day, whatever the day is elsewhere.
  expect(say('handed_over', decided)).toBe('Ratkaistu 2.12.2026')
})

test('until somebody knows who applies that is what it says, however it waits', () => {
  expect(say('unidentified', at('open'))).toBe('Hakija tunnistamatta')
  expect(say('unidentified', decided)).toBe('Ratkaistu 2.12.2026')
  expect([at('open'), at('claimed'), at('awaiting_information'), null].some((task) => isClosed({ task }))).toBe(false)
  expect([at('withdrawn'), decided].every((task) => isClosed({ task }))).toBe(true)
})
