import { expect, test } from 'vitest'
import type { RuleValue } from './rule-api.ts'
import { sayPlace, sayRule, saySpan } from './rule-words.ts'

const values: RuleValue[] = [
  { kind: 'export', allow: false },
  { kind: 'import', allow: true },
  { kind: 'accept', benefits: ['YA', 'LL'] },
  { kind: 'accept', benefits: [] },
  { kind: 'reach', within: 'region' },
  { kind: 'threshold', exportAboveDays: 14, importBelowDays: 7 },
  { kind: 'shareOut', max: 0.125 },
  { kind: 'shareIn', max: 1.5 },
  { kind: 'quota', giver: 'a', receiver: 'b', minutesPerMonth: 6_000, minMinutes: 0 },
  { kind: 'quota', giver: 'a', receiver: 'b', minutesPerMonth: 6_000, minMinutes: 90 },
  { kind: 'blackout' },
  { kind: 'weight', benefit: 'TO', factor: 2 },
]

test('a rule of every kind reads as a sentence in each language', () => {
  const say = (language: 'fi' | 'sv' | 'en') => values.map((value) => sayRule(value, language).replace('\u00a0', ' '))
  expect(say('fi')).toEqual([
    'Työtä ei siirretä pois',
    'Työtä saa siirtää sisään',
    'Sisään otetaan vain: Yleinen asumistuki, Lapsilisä',
    'Sisään ei oteta mitään etuutta',
    'Työtä siirretään vain oman alueen sisällä',
    'Työtä siirretään pois, kun jono on yli 14 pv, ja otetaan sisään, kun jono on alle 7 pv',
    'Avoimesta työstä siirretään päivässä pois enintään 12,5 %',
    'Työtä otetaan päivässä sisään enintään 150 % päivän työajasta',
    'Työtä siirretään enintään 100 tuntia kuukaudessa',
    'Työtä siirretään vähintään 1,5 ja enintään 100 tuntia kuukaudessa',
    'Siirtokielto: työtä ei siirretä pois eikä sisään',
    'Perustoimeentulotuki: myöhästyminen painaa 2-kertaisesti',
  ])
  expect(say('sv')[9]).toBe('Arbete överförs för minst 1,5 och högst 100 timmar i månaden')
  expect(say('en')[5]).toBe('Work leaves when the queue is above 14 days and comes in when it is below 7 days')
  for (const language of ['sv', 'en'] as const) expect(new Set(say(language)).size).toBe(values.length)
})

test('a rule holds at a place, in the whole nation, or between the two ends of a quota', () => {
  const speech = { language: 'fi', name: (id: string) => id.toUpperCase() } as const
  const value: RuleValue = { kind: 'blackout' }
  expect(sayPlace({ scope: { district: 'hel' }, value }, speech)).toBe('HEL')
  expect(sayPlace({ scope: {}, value }, speech)).toBe('Koko maa')
  const quota: RuleValue = { kind: 'quota', giver: 'a', receiver: 'b', minutesPerMonth: 1, minMinutes: 0 }
  expect(sayPlace({ scope: {}, value: quota }, speech)).toBe('A → B')
})

test('a rule without a last day holds until further notice', () => {
  expect(saySpan({ from: '2026-11-22', to: null }, 'fi')).toBe('22.11.2026 alkaen')
  expect(saySpan({ from: '2026-11-22', to: '2026-12-01' }, 'en')).toBe('22.11.2026–1.12.2026')
})
