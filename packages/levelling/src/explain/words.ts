import { COMING_DAYS, type PlanBlock } from '@tasain/contracts/plan'
import type { UiLanguage } from '@tasain/vocabulary'

/** What the planner can say, in one language. Numbers come written out already. */
export type PlanWords = {
  move: (from: string, to: string, minutes: string, benefit: string, language: string) => string
  queue: (office: string, before: string, after: string) => string
  queueOfAble: (office: string, before: string, after: string) => string
  coming: (office: string, days: string) => string
  /** The office has no minutes today; nobody there ever gets to work of this kind. */
  noneToday: (office: string) => string
  noneAble: (office: string) => string
  saving: (minutes: string) => string
  noLoss: string
  cannotStay: string
  rules: (ids: string) => string
  notTo: (office: string, why: string) => string
  byRule: (why: string, rule: string) => string
  dearer: (minutes: string) => string
  asDear: string
  dearerThanStaying: string
  stays: (office: string, minutes: string, benefit: string, language: string) => string
  bound: (minutes: string) => string
  cannotLeave: (why: string) => string
  stuck: (office: string, minutes: string, benefit: string, language: string, why: string) => string
  nothing: (office: string, benefit: string, language: string) => string
  decimal: ',' | '.'
  blocks: Record<PlanBlock, string>
}

const fi: PlanWords = {
  move: (from, to, minutes, benefit, language) =>
    `Toimistosta ${from} siirretään toimistoon ${to} työtä ${minutes} minuuttia (etuus ${benefit}, kieli ${language}).`,
  queue: (office, before, after) => `Toimiston ${office} jono on ${before} työpäivää ja suunnitelman jälkeen ${after}.`,
  queueOfAble: (office, before, after) =>
    `Niillä, jotka toimistossa ${office} osaavat tämän työn, jono on ${before} työpäivää ja suunnitelman jälkeen ${after}.`,
  coming: (office, days) =>
    `Seuraavien ${COMING_DAYS} työpäivän aikana toimistoon ${office} saapuu arviolta ${days} työpäivän verran töitä.`,
  noneToday: (office) => `Toimistossa ${office} ei tänään ole työaikaa kenelläkään.`,
  noneAble: (office) => `Toimistossa ${office} ei tiedossa olevina päivinä ole ketään, joka voisi tehdä tämän työn.`,
  saving: (minutes) => `Yhden tehtävän siirto säästää ${minutes} työminuuttia vastaavan viiveen.`,
  noLoss:
    'Tätä tietä siirretään juuri niin paljon kuin kannattaa: seuraava siirto maksaisi vähintään sen, minkä se säästäisi.',
  cannotStay: 'Omassa toimistossa työtä ei voi tehdä kukaan.',
  rules: (ids) => `Siirtoon vaikuttaneet säännöt: ${ids}.`,
  notTo: (office, why) => `Ei toimistoon ${office}: ${why}.`,
  byRule: (why, rule) => `${why} (sääntö ${rule})`,
  dearer: (minutes) => `kalliimpi, ${minutes} työminuuttia tehtävää kohti`,
  asDear: 'yhtä kallis',
  dearerThanStaying: 'siirto maksaisi enemmän kuin säästäisi',
  stays: (office, minutes, benefit, language) =>
    `Toimistoon ${office} jää työtä ${minutes} minuuttia (etuus ${benefit}, kieli ${language}).`,
  bound: (minutes) => `Siitä ${minutes} minuuttia on sidottu toimistoonsa.`,
  cannotLeave: (why) => `Työ ei voi lähteä: ${why}.`,
  stuck: (office, minutes, benefit, language, why) =>
    `Toimistossa ${office} on työtä ${minutes} minuuttia (etuus ${benefit}, kieli ${language}), jota kukaan ei saa tehdä: ${why}.`,
  nothing: (office, benefit, language) =>
    `Toimistossa ${office} ei ole avointa työtä (etuus ${benefit}, kieli ${language}).`,
  decimal: ',',
  blocks: {
    unknownOffice: 'toimistoa ei tunneta',
    noSkill: 'etuuden osaajaa ei ole',
    noLanguage: 'kielitaitoista käsittelijää ei ole',
    noClearance: 'turvakiellon alaiseen työhön oikeutettua ei ole',
    noMinutes: 'osaajilla ei ole työaikaa tiedossa olevina päivinä',
    pinned: 'työ on sidottu toimistoonsa',
    blackout: 'toimisto on tasauksen ulkopuolella',
    export: 'töiden luovutus on suljettu',
    import: 'töiden vastaanotto on suljettu',
    accept: 'toimisto ei ota vastaan tätä etuutta',
    reach: 'siirto ylittäisi sallitun rajan',
    threshold: 'jonopäivien kynnysarvo ei täyty',
    shareOut: 'luovutuksen enimmäisosuus on käytetty',
    shareIn: 'vastaanoton enimmäisosuus on käytetty',
    quota: 'kuukauden kiintiö on käytetty',
  },
}

const sv: PlanWords = {
  move: (from, to, minutes, benefit, language) =>
    `Från byrå ${from} flyttas ${minutes} minuter arbete till byrå ${to} (förmån ${benefit}, språk ${language}).`,
  queue: (office, before, after) =>
    `Kön vid byrå ${office} är ${before} arbetsdagar och enligt planen därefter ${after}.`,
  queueOfAble: (office, before, after) =>
    `För dem som vid byrå ${office} kan det här arbetet är kön ${before} arbetsdagar och enligt planen därefter ${after}.`,
  coming: (office, days) =>
    `Under de följande ${COMING_DAYS} arbetsdagarna väntas arbete för ${days} ${days === '1' ? 'arbetsdag' : 'arbetsdagar'} komma in till byrå ${office}.`,
  noneToday: (office) => `Vid byrå ${office} har ingen arbetstid i dag.`,
  noneAble: (office) => `Vid byrå ${office} finns ingen som kan göra det här arbetet under de kända dagarna.`,
  saving: (minutes) => `Att flytta ett ärende sparar dröjsmål motsvarande ${minutes} arbetsminuter.`,
  noLoss:
    'Den här vägen flyttas precis så mycket som lönar sig: nästa överföring skulle kosta minst lika mycket som den sparar.',
  cannotStay: 'Vid den egna byrån kan ingen göra arbetet.',
  rules: (ids) => `Regler som påverkat överföringen: ${ids}.`,
  notTo: (office, why) => `Inte till byrå ${office}: ${why}.`,
  byRule: (why, rule) => `${why} (regel ${rule})`,
  dearer: (minutes) => `dyrare med ${minutes} arbetsminuter per ärende`,
  asDear: 'lika dyrt',
  dearerThanStaying: 'överföringen skulle kosta mer än den sparar',
  stays: (office, minutes, benefit, language) =>
    `Vid byrå ${office} blir ${minutes} minuter arbete kvar (förmån ${benefit}, språk ${language}).`,
  bound: (minutes) => `Av det är ${minutes} minuter bundna till sin byrå.`,
  cannotLeave: (why) => `Arbetet kan inte lämna byrån: ${why}.`,
  stuck: (office, minutes, benefit, language, why) =>
    `Vid byrå ${office} finns ${minutes} minuter arbete (förmån ${benefit}, språk ${language}) som ingen får göra: ${why}.`,
  nothing: (office, benefit, language) =>
    `Vid byrå ${office} finns inget öppet arbete (förmån ${benefit}, språk ${language}).`,
  decimal: ',',
  blocks: {
    unknownOffice: 'byrån är inte känd',
    noSkill: 'ingen kan förmånen',
    noLanguage: 'ingen handläggare kan språket',
    noClearance: 'ingen har rätt till arbete med spärrmarkering',
    noMinutes: 'de som kan förmånen har ingen arbetstid under de kända dagarna',
    pinned: 'arbetet är bundet till sin byrå',
    blackout: 'byrån står utanför utjämningen',
    export: 'överlåtelsen av arbete är stängd',
    import: 'mottagandet av arbete är stängt',
    accept: 'byrån tar inte emot den här förmånen',
    reach: 'överföringen skulle gå över den tillåtna gränsen',
    threshold: 'tröskelvärdet för ködagar uppfylls inte',
    shareOut: 'den högsta andelen för överlåtelse är använd',
    shareIn: 'den högsta andelen för mottagande är använd',
    quota: 'månadens kvot är använd',
  },
}

const en: PlanWords = {
  move: (from, to, minutes, benefit, language) =>
    `${minutes} minutes of work move from office ${from} to office ${to} (benefit ${benefit}, language ${language}).`,
  queue: (office, before, after) =>
    `The queue at office ${office} is ${before} working days, and ${after} after the plan.`,
  queueOfAble: (office, before, after) =>
    `For those at office ${office} able to do this work the queue is ${before} working days, and ${after} after the plan.`,
  coming: (office, days) =>
    `In the next ${COMING_DAYS} working days office ${office} is likely to get ${days} working ${days === '1' ? 'day' : 'days'} of work.`,
  noneToday: (office) => `Nobody at office ${office} has working time today.`,
  noneAble: (office) => `Nobody at office ${office} can do this work on the days known.`,
  saving: (minutes) => `Moving one more task saves delay worth ${minutes} effort minutes.`,
  noLoss: 'As much goes this way as pays: the next move would cost at least what it saves.',
  cannotStay: 'Nobody at its own office can do the work.',
  rules: (ids) => `Rules that had a say in the move: ${ids}.`,
  notTo: (office, why) => `Not to office ${office}: ${why}.`,
  byRule: (why, rule) => `${why} (rule ${rule})`,
  dearer: (minutes) => `dearer by ${minutes} effort minutes per task`,
  asDear: 'just as dear',
  dearerThanStaying: 'the move would cost more than it saves',
  stays: (office, minutes, benefit, language) =>
    `${minutes} minutes of work stay at office ${office} (benefit ${benefit}, language ${language}).`,
  bound: (minutes) => `Of it ${minutes} minutes are bound to their office.`,
  cannotLeave: (why) => `The work cannot leave: ${why}.`,
  stuck: (office, minutes, benefit, language, why) =>
    `Office ${office} has ${minutes} minutes of work (benefit ${benefit}, language ${language}) that nobody may do: ${why}.`,
  nothing: (office, benefit, language) =>
    `Office ${office} has no open work (benefit ${benefit}, language ${language}).`,
  decimal: '.',
  blocks: {
    unknownOffice: 'the office is not known',
    noSkill: 'nobody has the skill',
    noLanguage: 'no handler has the language',
    noClearance: 'nobody is cleared for work under a non-disclosure order',
    noMinutes: 'those able have no working time in the days known',
    pinned: 'the work is bound to its office',
    blackout: 'the office is outside levelling',
    export: 'sending is closed',
    import: 'taking in is closed',
    accept: 'the office does not take this benefit',
    reach: 'the move would cross a border it may not',
    threshold: 'the threshold of queue days is not met',
    shareOut: 'the share that may be sent is used up',
    shareIn: 'the share that may be taken in is used up',
    quota: "the month's quota is used up",
  },
}

export const planWords: Record<UiLanguage, PlanWords> = { fi, sv, en }
