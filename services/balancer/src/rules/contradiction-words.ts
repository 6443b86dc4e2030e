import { type OfficeList, sayPlace, sayRule, saySpan } from '@tasain/contracts'
import { type Benefit, getBenefit, type UiLanguage } from '@tasain/vocabulary'
import { type Version, writeScope } from './rule.ts'
import type { Contradiction } from './stretches.ts'

/** A sentence in each language. */
export type Text = Record<UiLanguage, string>
type Say = (other: string, days: string) => string
type Words = Record<Contradiction['code'], Say> & { orphans: (benefits: string) => string }

const fi: Words = {
  same: (other, days) =>
    `Samassa paikassa on jo saman lajin sääntö (${days}): ${other}. Päätä tai muuta se, valitse muut päivät tai merkitse tämä poikkeukseksi siitä.`,
  orderBlocked: (other, days) =>
    `Määrättyä työtä ei voi siirtää (${days}), koska sen estää: ${other}. Valitse muut päivät tai muuta estävää sääntöä ensin.`,
  blocksOrder: (other, days) =>
    `Sääntö estäisi määrätyn siirron (${days}): ${other}. Valitse muut päivät tai päätä määräys ensin.`,
  endBlocksOrder: (other, days) =>
    `Ilman tätä sääntöä määrättyä työtä ei voisi siirtää (${days}): ${other}. Päätä määräys ensin.`,
  endsOverlap: () =>
    'Luovuttavalla ja vastaanottavalla paikalla on yhteisiä toimistoja, joten määrättyä työtä ei voi laskea. Valitse erilliset paikat.',
  circle: (other) => `Säännöt syrjäyttäisivät toisensa kehässä: ${other}. Poista poikkeus jommastakummasta.`,
  liftsNothing: (other, days) =>
    `Poikkeuksella ei ole vaikutusta, koska tämä sääntö ei ole täällä voimassa (${days}): ${other}. Poista se poikkeuksista.`,
  idle: (other, days) =>
    `Säännöllä ei ole vaikutusta (${days}), kun tämä on voimassa: ${other}. Tiukin sääntö voittaa.`,
  idleOut: (other, days) =>
    `Säännöllä ei ole vaikutusta siirtoihin pois (${days}), kun tämä on voimassa: ${other}. Tiukin sääntö voittaa.`,
  idleIn: (other, days) =>
    `Säännöllä ei ole vaikutusta siirtoihin sisään (${days}), kun tämä on voimassa: ${other}. Tiukin sääntö voittaa.`,
  orphans: (benefits) =>
    `Mikään toimisto ei voisi enää ottaa muualta tätä työtä: ${benefits}. Ilman omaa osaajaa se jää odottamaan.`,
}

const sv: Words = {
  same: (other, days) =>
    `På samma plats finns redan en regel av samma slag (${days}): ${other}. Avsluta eller ändra den, välj andra dagar eller märk den här som undantag från den.`,
  orderBlocked: (other, days) =>
    `Det beordrade arbetet kan inte överföras (${days}), eftersom det hindras av: ${other}. Välj andra dagar eller ändra först regeln som hindrar.`,
  blocksOrder: (other, days) =>
    `Regeln skulle hindra en beordrad överföring (${days}): ${other}. Välj andra dagar eller avsluta först ordern.`,
  endBlocksOrder: (other, days) =>
    `Utan den här regeln kunde det beordrade arbetet inte överföras (${days}): ${other}. Avsluta först ordern.`,
  endsOverlap: () =>
    'Den överlåtande och den mottagande platsen har gemensamma byråer, så det beordrade arbetet kan inte räknas. Välj skilda platser.',
  circle: (other) => `Reglerna skulle åsidosätta varandra i en ring: ${other}. Ta bort undantaget från den ena.`,
  liftsNothing: (other, days) =>
    `Undantaget har ingen verkan, eftersom den här regeln inte gäller här (${days}): ${other}. Ta bort den från undantagen.`,
  idle: (other, days) =>
    `Regeln har ingen verkan (${days}) medan den här är i kraft: ${other}. Den strängaste regeln vinner.`,
  idleOut: (other, days) =>
    `Regeln har ingen verkan på överföringar ut (${days}) medan den här är i kraft: ${other}. Den strängaste regeln vinner.`,
  idleIn: (other, days) =>
    `Regeln har ingen verkan på överföringar in (${days}) medan den här är i kraft: ${other}. Den strängaste regeln vinner.`,
  orphans: (benefits) =>
    `Ingen byrå skulle längre kunna ta emot det här arbetet från andra: ${benefits}. Utan egen kunnig handläggare blir det liggande.`,
}

const en: Words = {
  same: (other, days) =>
    `There is already a rule of this kind in the same place (${days}): ${other}. End or change it, choose other days, or mark this one as an exception to it.`,
  orderBlocked: (other, days) =>
    `The ordered work cannot move (${days}), because this stands in its way: ${other}. Choose other days, or change that rule first.`,
  blocksOrder: (other, days) =>
    `The rule would stand in the way of an order (${days}): ${other}. Choose other days, or end the order first.`,
  endBlocksOrder: (other, days) =>
    `Without this rule the ordered work could not move (${days}): ${other}. End the order first.`,
  endsOverlap: () =>
    'The giving and the receiving place have offices in common, so ordered work cannot be counted. Choose separate places.',
  circle: (other) =>
    `The rules would set one another aside in a circle: ${other}. Take the exception from one of them.`,
  liftsNothing: (other, days) =>
    `The exception does nothing, because this rule does not hold here (${days}): ${other}. Take it from the exceptions.`,
  idle: (other, days) =>
    `The rule has no effect (${days}) while this one is in force: ${other}. The strictest rule wins.`,
  idleOut: (other, days) =>
    `The rule has no effect on what leaves (${days}) while this one is in force: ${other}. The strictest rule wins.`,
  idleIn: (other, days) =>
    `The rule has no effect on what comes in (${days}) while this one is in force: ${other}. The strictest rule wins.`,
  orphans: (benefits) =>
    `No office could take this work from elsewhere any more: ${benefits}. Without a skilled handler of its own it will wait.`,
}

const words: Readonly<Record<UiLanguage, Words>> = { fi, sv, en }
const unknownRule: Text = { fi: 'sääntöä ei ole', sv: 'regeln finns inte', en: 'there is no such rule' }

/** Says what a rule contradicts, naming the other rule and the days, and what to do about it. */
export function sayContradiction({ code, other, ...days }: Contradiction, offices: OfficeList): Text {
  return inEach((language) => {
    const named = other ? nameRule(other, offices, language) : unknownRule[language]
    return words[language][code](named, saySpan(days, language))
  })
}

/** Warns that work of these benefits could no longer be done away from home. */
export function sayOrphans(benefits: readonly Benefit[]): Text {
  return inEach((language) =>
    words[language].orphans(benefits.map((benefit) => getBenefit(benefit).names[language]).join(', ')),
  )
}

/** Sentences one after another. */
export function joinTexts(texts: readonly Text[]): Text {
  return inEach((language) => texts.map((text) => text[language]).join(' '))
}

/** A rule as people know it: where, what and when. */
function nameRule(version: Version, { offices, districts, regions }: OfficeList, language: UiLanguage): string {
  const name = (id: string) => {
    const place = [...offices, ...districts, ...regions].find((one) => one.id === id)
    return (language === 'sv' ? place?.nameSv : place?.nameFi) ?? id
  }
  const rule = { scope: writeScope(version.scope), value: version.value }
  return `${sayPlace(rule, { language, name })}: ${sayRule(version.value, language)}, ${saySpan(version, language)}`
}

function inEach(say: (language: UiLanguage) => string): Text {
  return { fi: say('fi'), sv: say('sv'), en: say('en') }
}
