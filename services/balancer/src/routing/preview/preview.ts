import type { Plan, PlannedNow, PlanSnapshot, PlanWork, previewRule } from '@tasain/contracts'
import type { PreviewArrivals } from '@tasain/simulation'
import { type Benefit, type IsoDate, isBenefit, isLanguage, type Language } from '@tasain/vocabulary'
import type * as z from 'zod'
import { readScope, type Version } from '../../rules/rule.ts'
import type { Rate } from '../snapshot.ts'

/** The rule to be tried: a new one, or another version of one in force, as if it began today. */
export function makeTried(
  inForce: readonly Version[],
  { rule, scope, value, lifts }: z.output<typeof previewRule>,
  { today, newId }: { today: IsoDate; newId: () => string },
): Version {
  const own = inForce.find(({ ruleId }) => ruleId === rule)
  return {
    ruleId: rule ?? newId(),
    version: (own?.version ?? 0) + 1,
    scope: readScope(scope),
    value,
    lifts,
    from: today,
    to: null,
    ends: false,
    needsApproval: false,
    approved: false,
  }
}

/** What comes in during the simulated weeks: as the planner reckons with, people under protection and others together. */
export function mergeRates(rates: readonly Rate[]): PreviewArrivals[] {
  const streams = new Map<string, PreviewArrivals>()
  for (const { office, benefit, language, targetDays, tasksPerDay, minutesPerDay } of rates) {
    const key = JSON.stringify([office, benefit, language])
    const { perDay, minutes } = streams.get(key) ?? { perDay: 0, minutes: 0 }
    const sum = perDay + tasksPerDay
    const mean = (perDay * minutes + minutesPerDay) / sum
    streams.set(key, { office, benefit, language, perDay: sum, minutes: mean, targetDays })
  }
  return [...streams.values()]
}

/** The rules in force with this one, which takes the place of its earlier version. */
export function addRule(inForce: readonly Version[], tried: Version): Version[] {
  return [...inForce.filter(({ ruleId }) => ruleId !== tried.ruleId), tried]
}

type Kind = { benefit: Benefit; language: Language }

/**
 * What a plan would do, summed over clocks and secrecy; of stuck work only what is not under protection. Tasks are its minutes
 * by the mean task of each class.
 */
export function summarisePlan(plan: Plan, snapshot: PlanSnapshot): PlannedNow {
  const movable = snapshot.work.filter((work) => work.movable !== false)
  const classes = new Map(movable.map((work) => [nameClass(work.office, work), work]))
  const flows = new Map<string, PlannedNow['flows'][number]>()
  for (const { from, to, minutes, ...of } of plan.flows) {
    const work = classes.get(nameClass(from, of))
    const tasks = work && work.minutes > 0 ? (minutes * work.tasks) / work.minutes : 0
    const key = JSON.stringify([from, to, of.benefit, of.language])
    const flow = flows.get(key) ?? { from, to, ...getKind(of), tasks: 0, minutes: 0 }
    flows.set(key, { ...flow, tasks: flow.tasks + tasks, minutes: flow.minutes + minutes })
  }
  const stuck = new Map<string, PlannedNow['stuck'][number]>()
  for (const { office, tasks, cause, ...of } of plan.stuck) {
    if (of.protected) continue
    const key = JSON.stringify([office, of.benefit, of.language, cause.code])
    const sum = stuck.get(key) ?? { office, ...getKind(of), tasks: 0, cause: cause.code }
    stuck.set(key, { ...sum, tasks: sum.tasks + tasks })
  }
  const whole = [...flows.values()].map((flow) => ({ ...flow, tasks: Math.round(flow.tasks) }))
  return {
    tasks: whole.reduce((sum, { tasks }) => sum + tasks, 0),
    minutes: whole.reduce((sum, { minutes }) => sum + minutes, 0),
    flows: whole,
    stuck: [...stuck.values()],
  }
}

function getKind({ benefit, language }: { benefit: string; language: string }): Kind {
  if (!isBenefit(benefit) || !isLanguage(language)) throw new Error('a plan moves work of no known kind')
  return { benefit, language }
}

function nameClass(office: string, of: Pick<PlanWork, 'benefit' | 'language' | 'slackDays' | 'protected'>): string {
  return JSON.stringify([office, of.benefit, of.language, of.slackDays, of.protected ?? false])
}
