import { formatDate, getBenefit, type UiLanguage } from '@tasain/vocabulary'
import type { RuleScope, RuleValue } from './rule-api.ts'

// What rules say, in words: managers read it on their pages, in refusals and in the story of a task. No parser here, since
// the browser's policy forbids what one compiles.

/** In what language, and what places are called in it. */
export type RuleSpeech = { language: UiLanguage; name: (placeId: string) => string }
type Rule = { scope: RuleScope; value: RuleValue }

type Sentences = {
  nation: string
  exportClosed: string
  exportOpen: string
  importClosed: string
  importOpen: string
  accept: (benefits: string) => string
  acceptNone: string
  reach: Record<'district' | 'region' | 'nation', string>
  threshold: (above: string, below: string) => string
  shareOut: (share: string) => string
  shareIn: (share: string) => string
  quota: (hours: string) => string
  order: (most: string, least: string) => string
  blackout: string
  weight: (benefit: string, factor: string) => string
  from: (date: string) => string
}

const fi: Sentences = {
  nation: 'Koko maa',
  exportClosed: 'Työtä ei siirretä pois',
  exportOpen: 'Työtä saa siirtää pois',
  importClosed: 'Työtä ei siirretä sisään',
  importOpen: 'Työtä saa siirtää sisään',
  accept: (names) => `Sisään otetaan vain: ${names}`,
  acceptNone: 'Sisään ei oteta mitään etuutta',
  reach: {
    district: 'Työtä siirretään vain oman piirin sisällä',
    region: 'Työtä siirretään vain oman alueen sisällä',
    nation: 'Työtä saa siirtää koko maassa',
  },
  threshold: (above, below) =>
    `Työtä siirretään pois, kun jono on yli ${above} pv, ja otetaan sisään, kun jono on alle ${below} pv`,
  shareOut: (share) => `Avoimesta työstä siirretään päivässä pois enintään ${share}\u00a0%`,
  shareIn: (share) => `Työtä otetaan päivässä sisään enintään ${share}\u00a0% päivän työajasta`,
  quota: (hours) => `Työtä siirretään enintään ${hours} tuntia kuukaudessa`,
  order: (most, least) => `Työtä siirretään vähintään ${least} ja enintään ${most} tuntia kuukaudessa`,
  blackout: 'Siirtokielto: työtä ei siirretä pois eikä sisään',
  weight: (benefit, factor) => `${benefit}: myöhästyminen painaa ${factor}-kertaisesti`,
  from: (date) => `${date} alkaen`,
}

const sv: Sentences = {
  nation: 'Hela landet',
  exportClosed: 'Arbete överförs inte ut',
  exportOpen: 'Arbete får överföras ut',
  importClosed: 'Arbete överförs inte in',
  importOpen: 'Arbete får överföras in',
  accept: (names) => `Endast dessa tas in: ${names}`,
  acceptNone: 'Ingen förmån tas in',
  reach: {
    district: 'Arbete överförs endast inom det egna distriktet',
    region: 'Arbete överförs endast inom den egna regionen',
    nation: 'Arbete får överföras i hela landet',
  },
  threshold: (above, below) =>
    `Arbete överförs ut när kön är över ${above} dgr och tas in när kön är under ${below} dgr`,
  shareOut: (share) => `Av det öppna arbetet överförs högst ${share}\u00a0% ut per dag`,
  shareIn: (share) => `Arbete tas in för högst ${share}\u00a0% av dagens arbetstid per dag`,
  quota: (hours) => `Arbete överförs för högst ${hours} timmar i månaden`,
  order: (most, least) => `Arbete överförs för minst ${least} och högst ${most} timmar i månaden`,
  blackout: 'Överföringsförbud: arbete överförs varken ut eller in',
  weight: (benefit, factor) => `${benefit}: en försening väger ${factor} gånger`,
  from: (date) => `från ${date}`,
}

const en: Sentences = {
  nation: 'The whole country',
  exportClosed: 'No work leaves',
  exportOpen: 'Work may leave',
  importClosed: 'No work comes in',
  importOpen: 'Work may come in',
  accept: (names) => `Only these are taken in: ${names}`,
  acceptNone: 'No benefit is taken in',
  reach: {
    district: 'Work moves within its own district only',
    region: 'Work moves within its own region only',
    nation: 'Work may move in the whole country',
  },
  threshold: (above, below) =>
    `Work leaves when the queue is above ${above} days and comes in when it is below ${below} days`,
  shareOut: (share) => `At most ${share}\u00a0% of the open work leaves in a day`,
  shareIn: (share) => `Work for at most ${share}\u00a0% of the day’s working time comes in in a day`,
  quota: (hours) => `Work for at most ${hours} hours a month moves`,
  order: (most, least) => `Work for at least ${least} and at most ${most} hours a month moves`,
  blackout: 'A ban on moves: no work leaves and none comes in',
  weight: (benefit, factor) => `${benefit}: being late counts ${factor} times`,
  from: (date) => `from ${date}`,
}

const sentences: Readonly<Record<UiLanguage, Sentences>> = { fi, sv, en }

/** Where a rule holds: a place's name, the nation, or `giver → receiver` of a quota. */
export function sayPlace({ scope, value }: Rule, { language, name }: RuleSpeech): string {
  if (value.kind === 'quota') return `${name(value.giver)} → ${name(value.receiver)}`
  const [place] = Object.values<string>(scope)
  return place === undefined ? sentences[language].nation : name(place)
}

/** What a rule says, without where and when; no full stop. */
export function sayRule(value: RuleValue, language: UiLanguage): string {
  const words = sentences[language]
  const show = (number: number) => showNumber(number, language)
  switch (value.kind) {
    case 'export':
      return value.allow ? words.exportOpen : words.exportClosed
    case 'import':
      return value.allow ? words.importOpen : words.importClosed
    case 'accept':
      if (value.benefits.length === 0) return words.acceptNone
      return words.accept(value.benefits.map((benefit) => getBenefit(benefit).names[language]).join(', '))
    case 'reach':
      return words.reach[value.within]
    case 'threshold':
      return words.threshold(show(value.exportAboveDays), show(value.importBelowDays))
    case 'shareOut':
      return words.shareOut(show(value.max * 100))
    case 'shareIn':
      return words.shareIn(show(value.max * 100))
    case 'quota': {
      const most = show(value.minutesPerMonth / 60)
      return value.minMinutes > 0 ? words.order(most, show(value.minMinutes / 60)) : words.quota(most)
    }
    case 'blackout':
      return words.blackout
    case 'weight':
      return words.weight(getBenefit(value.benefit).names[language], show(value.factor))
  }
}

/** From when until when: `22.11.2026 alkaen`, `22.11.2026–1.12.2026`. */
export function saySpan({ from, to }: { from: string; to: string | null }, language: UiLanguage): string {
  return to === null ? sentences[language].from(formatDate(from)) : `${formatDate(from)}–${formatDate(to)}`
}

/** At most two decimals, with the language's own mark before them. */
function showNumber(number: number, language: UiLanguage): string {
  const text = String(Math.round(number * 100) / 100)
  return language === 'en' ? text : text.replace('.', ',')
}
