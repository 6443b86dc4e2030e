import type { PlanBlock } from '@tasain/contracts'
import { showDecimal } from '../../shell/language/format.ts'
import type { Dictionary } from '../../shell/language/language.tsx'

type Why = PlanBlock | 'dearer' | 'recused'
type ReasonTexts = {
  why: Record<Why, string>
  otherwise: string
  giver: (office: string, before: string, after: string) => string
  receiver: (office: string, before: string, after: string) => string
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

const fi: ReasonTexts = {
  why: {
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
  },
  otherwise: 'muu syy',
  giver: (office, before, after) => `${office}: jono ${before} → ${after}`,
  receiver: (office, before, after) => `${office}: jono ${before} → ${after}`,
  saving: (minutes) => `Siirto säästää ${minutes} työminuuttia tehtävää kohti.`,
  noLoss: 'Siirto maksaa yhtä paljon kuin odottaminen lähtötoimistossa.',
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
  },
  otherwise: 'annan orsak',
  giver: (office, before, after) => `${office}: kö ${before} → ${after}`,
  receiver: (office, before, after) => `${office}: kö ${before} → ${after}`,
  saving: (minutes) => `Överföringen sparar ${minutes} arbetsminuter per uppgift.`,
  noLoss: 'Överföringen kostar lika mycket som väntan vid den överlåtande byrån.',
  noChoice: 'Uppgiften kunde inte ha avgjorts vid den överlåtande byrån.',
  rules: 'Regler som inverkade',
  ruleUnknown: 'en regel som inte längre finns i listan',
  noRules: 'Ingen regel begränsade överföringen.',
  alternatives: 'Varför inte någon annanstans',
  noAlternatives: 'Det fanns inga andra möjliga byråer.',
  alternative: (office, why) => `${office}: ${why}`,
  days: (days) => (days === null ? 'ingen som gör' : `${showDecimal(days)} dgr`),
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
