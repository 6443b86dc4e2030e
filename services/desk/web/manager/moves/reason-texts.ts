import { COMING_DAYS, DEFAULT_PLAN_COSTS, type PlanBlock, type PlanReasons } from '@tasain/contracts'
import { showDecimal } from '../../shell/language/format.ts'
import type { Dictionary } from '../../shell/language/language.tsx'

type Why = PlanBlock | 'dearer' | 'recused' | 'own_staff'
type ReasonTexts = {
  why: Record<Why, string>
  otherwise: string
  queueOfAble: (office: string, before: string, after: string) => string
  noneAble: (office: string) => string
  queue: (office: string, before: string, after: string) => string
  coming: (office: string, days: string) => string
  saving: (minutes: string) => string
  noLoss: string
  noChoice: string
  rules: string
  ruleUnknown: string
  noRules: string
  alternatives: string
  noAlternatives: string
  alternative: (office: string, why: string) => string
  days: (days: number | null) => string
}

// What a day counts as for a task, in effort minutes, so that a saving can be judged.
const { lateDay, waitDay } = DEFAULT_PLAN_COSTS

const fi: ReasonTexts = {
  why: {
    unknownOffice: 'toimistoa ei tunneta',
    noSkill: 'siellä ei ole osaajaa tälle etuudelle',
    noLanguage: 'siellä ei ole käsittelijää tälle kielelle',
    noClearance: 'siellä ei ole oikeutta turvakieltoasioihin',
    noMinutes: 'siellä ei ole vapaata työaikaa',
    pinned: 'tehtävä on sidottu paikkaansa',
    blackout: 'siirtokielto on voimassa',
    export: 'siirto sieltä pois on suljettu',
    import: 'siirto sinne on suljettu',
    accept: 'toimisto ei ota vastaan tätä etuutta',
    reach: 'siirto ylittäisi sallitun rajan',
    threshold: 'jonon kynnysarvo ei täyty',
    shareOut: 'päivän lähetysosuus on täynnä',
    shareIn: 'päivän vastaanotto-osuus on täynnä',
    quota: 'kuukauden kiintiö on täynnä',
    dearer: 'siirto ei olisi tullut halvemmaksi',
    recused: 'kaikki osaajat ovat ilmoittaneet esteellisyyden',
    own_staff: 'hakija on osaajien työtoveri',
  },
  otherwise: 'muu syy',
  queueOfAble: (office, before, after) =>
    `${office}: niillä, jotka osaavat tämän työn, jono ${before}, koko suunnitelman jälkeen ${after}`,
  noneAble: (office) => `${office}: kukaan ei voi tehdä tätä työtä tiedossa olevina päivinä`,
  queue: (office, before, after) => `${office}: koko toimiston jono ${before}, koko suunnitelman jälkeen ${after}`,
  coming: (office, days) => `${office}: seuraavien ${COMING_DAYS} työpäivän aikana saapuu arviolta töitä ${days}`,
  saving: (minutes) =>
    `Yhden tehtävän siirto säästää viivettä, jonka haitta vastaa ${minutes} työminuuttia (päivän myöhästymisen haitta on ${lateDay} minuuttia, päivän odotuksen ${waitDay}).`,
  noLoss:
    'Tätä tietä siirrettiin juuri niin paljon kuin kannattaa: seuraava siirto olisi maksanut vähintään sen, minkä se säästäisi.',
  noChoice: 'Tehtävää ei olisi voitu ratkaista lähtötoimistossa.',
  rules: 'Säännöt, jotka vaikuttivat',
  ruleUnknown: 'sääntö, jota ei enää ole luettelossa',
  noRules: 'Mikään sääntö ei rajannut siirtoa.',
  alternatives: 'Miksi ei muualle',
  noAlternatives: 'Muita mahdollisia toimistoja ei ollut.',
  alternative: (office, why) => `${office}: ${why}`,
  days: (days) => (days === null ? 'ei tekijöitä' : `${showDecimal(days)} pv`),
}

const sv: ReasonTexts = {
  why: {
    unknownOffice: 'byrån är inte känd',
    noSkill: 'där finns ingen som kan den här förmånen',
    noLanguage: 'där finns ingen handläggare för det här språket',
    noClearance: 'där finns ingen med rätt till spärrmarkerade ärenden',
    noMinutes: 'där finns ingen ledig arbetstid',
    pinned: 'uppgiften är bunden till sin plats',
    blackout: 'överföringsförbud gäller',
    export: 'överföring därifrån är stängd',
    import: 'överföring dit är stängd',
    accept: 'byrån tar inte emot den här förmånen',
    reach: 'överföringen skulle gå över den tillåtna gränsen',
    threshold: 'köns tröskelvärde uppfylls inte',
    shareOut: 'dagens andel att sända är full',
    shareIn: 'dagens andel att ta emot är full',
    quota: 'månadens kvot är full',
    dearer: 'överföringen skulle inte ha blivit billigare',
    recused: 'alla som kan har anmält jäv',
    own_staff: 'sökanden är arbetskamrat till dem som kan',
  },
  otherwise: 'annan orsak',
  queueOfAble: (office, before, after) =>
    `${office}: kön för dem som kan det här arbetet ${before}, efter hela planen ${after}`,
  noneAble: (office) => `${office}: ingen kan göra det här arbetet under de kända dagarna`,
  queue: (office, before, after) => `${office}: hela byråns kö ${before}, efter hela planen ${after}`,
  coming: (office, days) => `${office}: under de följande ${COMING_DAYS} arbetsdagarna väntas arbete för ${days}`,
  saving: (minutes) =>
    `Att överföra en uppgift sparar dröjsmål vars olägenhet motsvarar ${minutes} arbetsminuter (en dags försening räknas som ${lateDay} minuter, en dags väntan som ${waitDay}).`,
  noLoss:
    'Den här vägen överfördes precis så mycket som lönar sig: nästa överföring skulle ha kostat minst lika mycket som den sparar.',
  noChoice: 'Uppgiften kunde inte ha avgjorts vid den överlåtande byrån.',
  rules: 'Regler som inverkade',
  ruleUnknown: 'en regel som inte längre finns i listan',
  noRules: 'Ingen regel begränsade överföringen.',
  alternatives: 'Varför inte någon annanstans',
  noAlternatives: 'Det fanns inga andra möjliga byråer.',
  alternative: (office, why) => `${office}: ${why}`,
  days: (days) => (days === null ? 'ingen handläggare' : `${showDecimal(days)} dgr`),
}

export const reasonTexts: Dictionary<ReasonTexts> = { fi, sv }

/** The words for a planner's code; a code this client does not know is called another reason. */
export function explainWhy(code: string, t: ReasonTexts): string {
  const words: Readonly<Record<string, string>> = t.why
  return words[code] ?? t.otherwise
}

/** What a move saves for each task; null = nobody where the work lay can do it. */
export function explainSaving(minutes: number | null, t: ReasonTexts): string {
  if (minutes === null) return t.noChoice
  return minutes === 0 ? t.noLoss : t.saving(showDecimal(minutes))
}

/**
 * Queues at both ends of a move: first of those able to do this work, whose queues it was moved for, then of the offices, and
 * what was likely to come in there.
 */
export function explainQueues(reasons: PlanReasons, from: string, to: string, t: ReasonTexts): string[] {
  const sayAble = (office: string, before: number | null, after: number | null) =>
    before === null || after === null ? t.noneAble(office) : t.queueOfAble(office, t.days(before), t.days(after))
  const sayComing = (office: string, days: number | null | undefined) =>
    days == null ? [] : [t.coming(office, t.days(days))]
  const able = reasons.ofClass
  return [
    ...(able
      ? [sayAble(from, able.fromDaysBefore, able.fromDaysAfter), sayAble(to, able.toDaysBefore, able.toDaysAfter)]
      : []),
    t.queue(from, t.days(reasons.fromDaysBefore), t.days(reasons.fromDaysAfter)),
    t.queue(to, t.days(reasons.toDaysBefore), t.days(reasons.toDaysAfter)),
    ...sayComing(from, reasons.coming?.fromDays),
    ...sayComing(to, reasons.coming?.toDays),
  ]
}
