import {
  benefits,
  getBenefit,
  type Language,
  languages,
  listBenefitsOf,
  type SkillGroup,
  skillGroups,
} from '@tasain/vocabulary'
import { drawName } from '../names.ts'
import type { Handler } from '../nation.ts'
import { type DemoPerson, people } from '../people.ts'
import { makeRandom, makeStableId, pickWeighted, type Random } from '../random.ts'
import type { Scenario, ScenarioOffice } from './scenario.ts'

type Draft = Omit<Handler, 'benefits'> & { groups: Set<SkillGroup> }

/** Of applications in Swedish: from the first share an office serves in both languages, from the second it lives in both. */
const bilingualFrom = { served: 0.04, lived: 0.2 }
/** Offices with this many handlers can among them do every benefit. */
const completeFrom = 5
/** What the people who sign in for a demonstration can do: the benefits of the demo scans. */
const demoGroups: readonly SkillGroup[] = ['housing', 'sickness', 'family']

/** Handlers of every office: skills, languages and clearance by the shares of the scenario and its seed. */
export function makeHandlers(scenario: Scenario): Handler[] {
  const drafts = scenario.offices.flatMap((office) => draftOffice(scenario, office))
  clearSome(scenario, drafts)
  coverNation(drafts)
  return drafts.map(({ groups, ...handler }) => {
    const own = benefits.filter((benefit) => groups.has(getBenefit(benefit).skillGroup))
    const { id, subject, name, officeId, languages: spoken, cleared, minutesPerDay } = handler
    return { id, subject, name, officeId, benefits: own, languages: spoken, cleared, minutesPerDay }
  })
}

function draftOffice(scenario: Scenario, office: ScenarioOffice): Draft[] {
  const random = makeRandom(scenario.defaults.seed, 'handlers', office.id)
  const demo = people.filter(({ roles, officeId }) => officeId === office.id && roles.includes('handler'))
  const count = Math.max(2, Math.round(office.fte * scenario.defaults.scale))
  const drafts: Draft[] = []
  for (let number = 1; number <= count; number += 1)
    drafts.push(draftHandler(scenario, office, random, drafts, demo[number - 1]))
  if (office.sv_share >= bilingualFrom.served && !drafts.some(({ languages: spoken }) => spoken.includes('sv')))
    drafts.at(-1)?.languages.push('sv')
  if (count >= completeFrom) coverGroups(drafts)
  return drafts
}

function draftHandler(
  scenario: Scenario,
  office: ScenarioOffice,
  random: Random,
  colleagues: readonly Draft[],
  person: DemoPerson | undefined,
): Draft {
  const { minutes_per_day, decision_share_of_day } = scenario.defaults
  const swedish = random() < getSwedishShare(scenario, office)
  const spoken: Language[] = person?.language === 'sv' || swedish ? ['fi', 'sv'] : ['fi']
  const groups = drawGroups(scenario, office, random, colleagues)
  const name = drawName(random, swedish && random() < 0.7 ? 'sv' : 'fi')
  const subject = `handler-${office.id}-${colleagues.length + 1}`
  return {
    id: makeStableId('handler', office.id, colleagues.length + 1),
    subject: person?.subject ?? subject,
    name: person?.name ?? name,
    officeId: office.id,
    groups: person === undefined ? groups : new Set(demoGroups),
    languages: spoken,
    cleared: false,
    minutesPerDay: Math.round(minutes_per_day * decision_share_of_day),
  }
}

function getSwedishShare({ languages: shares }: Scenario, office: ScenarioOffice): number {
  if (office.sv_share >= bilingualFrom.lived) return shares.handler_sv_share_in_sv_offices
  return Math.max(shares.handler_sv_share_elsewhere, office.sv_share)
}

/** One to four groups, the office's heaviest work and what colleagues cannot do likeliest. */
function drawGroups(
  scenario: Scenario,
  office: ScenarioOffice,
  random: Random,
  colleagues: readonly Draft[],
): Set<SkillGroup> {
  const shares = Object.entries(scenario.skills.groups_per_handler)
  const count = Number(pickWeighted(random, shares, ([, share]) => share)[0])
  const groups = new Set<SkillGroup>()
  while (groups.size < count) {
    const left = skillGroups.filter((group) => !groups.has(group))
    const weightOf = (group: SkillGroup) => {
      const able = colleagues.filter((colleague) => colleague.groups.has(group)).length
      return sumMinutes(scenario, office, group) / (1 + 5 * able)
    }
    groups.add(pickWeighted(random, left, weightOf))
  }
  return groups
}

function sumMinutes(scenario: Scenario, office: ScenarioOffice, group: SkillGroup): number {
  const minutesOf = new Map(scenario.benefits.map(({ code, handling_minutes_mean }) => [code, handling_minutes_mean]))
  return listBenefitsOf(group).reduce(
    (sum, benefit) => sum + office.arrivals_per_year[benefit] * (minutesOf.get(benefit) ?? 0),
    0,
  )
}

/** Gives clearance to the scenario's share of handlers, half of them speakers of Swedish, so that neither language waits. */
function clearSome(scenario: Scenario, drafts: readonly Draft[]): void {
  const random = makeRandom(scenario.defaults.seed, 'clearance')
  const count = Math.round(drafts.length * scenario.skills.restricted_clearance_share)
  const demo = new Set(people.map(({ subject }) => subject))
  for (let number = 0; number < count; number += 1) {
    const language = number % 2 === 0 ? 'sv' : 'fi'
    const able = drafts.filter((one) => !one.cleared && !demo.has(one.subject) && one.languages.includes(language))
    pickWeighted(random, able, () => 1).cleared = true
  }
}

/** Sees to it that some handler of the nation can do each benefit in each language, with and without clearance. */
function coverNation(drafts: readonly Draft[]): void {
  for (const language of languages) {
    const speakers = drafts.filter((draft) => draft.languages.includes(language))
    coverGroups(speakers)
    coverGroups(speakers.filter((draft) => draft.cleared))
  }
}

/** Teaches each group nobody here knows to the one who knows the fewest. */
function coverGroups(drafts: readonly Draft[]): void {
  const demo = new Set(people.map(({ subject }) => subject))
  for (const group of skillGroups) {
    if (drafts.some((draft) => draft.groups.has(group))) continue
    const learners = drafts.filter(({ subject }) => !demo.has(subject))
    const learner = learners.toSorted((one, other) => one.groups.size - other.groups.size)[0]
    if (learner === undefined) throw new Error(`Nobody can learn ${group}.`)
    learner.groups.add(group)
  }
}
