import type { UiLanguage } from './languages.ts'

/** Codes of the benefits, in the order people list them. */
export const benefits = ['TO', 'YA', 'SP', 'TT', 'OT', 'SH', 'EA', 'KU', 'VP', 'KH', 'EL', 'LL', 'VA'] as const
export type Benefit = (typeof benefits)[number]

/** What a handler is trained for: one group covers one benefit or a few near ones. */
export const skillGroups = [
  'income',
  'housing',
  'sickness',
  'unemployment',
  'study',
  'reimbursement',
  'disability',
  'family',
  'pension',
] as const
export type SkillGroup = (typeof skillGroups)[number]

/** Time from arrival to decision: the statutory one in working days, the others in calendar days. */
export type Target = { readonly workingDays: number } | { readonly calendarDays: number }

export type BenefitDetails = {
  readonly code: Benefit
  readonly names: Readonly<Record<UiLanguage, string>>
  readonly skillGroup: SkillGroup
  readonly target: Target
}

const details: Readonly<Record<Benefit, BenefitDetails>> = {
  TO: describe('TO', 'income', { workingDays: 7 }, [
    'Perustoimeentulotuki',
    'Grundläggande utkomststöd',
    'Basic social assistance',
  ]),
  YA: describe('YA', 'housing', { calendarDays: 21 }, [
    'Yleinen asumistuki',
    'Allmänt bostadsbidrag',
    'General housing allowance',
  ]),
  SP: describe('SP', 'sickness', { calendarDays: 21 }, ['Sairauspäiväraha', 'Sjukdagpenning', 'Sickness allowance']),
  TT: describe('TT', 'unemployment', { calendarDays: 19 }, [
    'Työttömyysturva',
    'Utkomstskydd för arbetslösa',
    'Unemployment security',
  ]),
  OT: describe('OT', 'study', { calendarDays: 14 }, ['Opintotuki', 'Studiestöd', 'Student financial aid']),
  SH: describe('SH', 'reimbursement', { calendarDays: 14 }, [
    'Sairaanhoito-, lääke- ja matkakorvaukset',
    'Sjukvårds-, läkemedels- och reseersättningar',
    'Medical and travel reimbursements',
  ]),
  EA: describe('EA', 'housing', { calendarDays: 28 }, [
    'Eläkkeensaajan asumistuki',
    'Bostadsbidrag för pensionstagare',
    'Housing allowance for pensioners',
  ]),
  KU: describe('KU', 'disability', { calendarDays: 35 }, [
    'Kuntoutus ja kuntoutusraha',
    'Rehabilitering och rehabiliteringspenning',
    'Rehabilitation',
  ]),
  VP: describe('VP', 'family', { calendarDays: 35 }, [
    'Vanhempainpäivärahat',
    'Föräldradagpenning',
    'Parental allowances',
  ]),
  KH: describe('KH', 'family', { calendarDays: 14 }, [
    'Lasten kotihoidon ja yksityisen hoidon tuki',
    'Stöd för hemvård och privat vård av barn',
    'Child home care and private day care allowance',
  ]),
  EL: describe('EL', 'pension', { calendarDays: 35 }, [
    'Kansaneläke ja takuueläke',
    'Folkpension och garantipension',
    'National pension and guarantee pension',
  ]),
  LL: describe('LL', 'family', { calendarDays: 14 }, ['Lapsilisä', 'Barnbidrag', 'Child benefit']),
  VA: describe('VA', 'disability', { calendarDays: 42 }, [
    'Vammaistuet ja eläkettä saavan hoitotuki',
    'Handikappbidrag och vårdbidrag för pensionstagare',
    'Disability allowances',
  ]),
}

function describe(
  code: Benefit,
  skillGroup: SkillGroup,
  target: Target,
  [fi, sv, en]: readonly [string, string, string],
): BenefitDetails {
  return { code, names: { fi, sv, en }, skillGroup, target }
}

export function isBenefit(text: string): text is Benefit {
  return benefits.some((benefit) => benefit === text)
}

/** Names, skill group and target time of a benefit. */
export function getBenefit(code: Benefit): BenefitDetails {
  return details[code]
}

/** The benefits a skill group covers, in the usual order. */
export function listBenefitsOf(group: SkillGroup): Benefit[] {
  return benefits.filter((benefit) => details[benefit].skillGroup === group)
}
