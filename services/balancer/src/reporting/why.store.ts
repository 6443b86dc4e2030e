import { type RecallReason, recallReasons, sayPlace, sayRule } from '@tasain/contracts'
import { benefits, getBenefit, languages, type UiLanguage } from '@tasain/vocabulary'
import { listOffices } from '../offices/offices.store.ts'
import type { StoredTask } from '../receiving/task.store.ts'
import { findLatestPlan, findRecord, type PlanRecord } from '../routing/plan.store.ts'
import { nameVersion, writeScope } from '../rules/rule.ts'
import { listVersions } from '../rules/rules.store.ts'
import type { BalancerRead } from '../schema.ts'
import { listMovesOf } from './story.store.ts'
import { explainTask, type ToldMove } from './why.ts'

/** Sentences that say why a task is where it is, and not elsewhere. */
export async function tellWhy(read: BalancerRead, task: StoredTask, language: UiLanguage): Promise<string[]> {
  const told = { ...task, homeOffice: task.home_office_id, office: task.office_id }
  const plan = task.movable ? await readLatestRecord(read) : undefined
  const moves = await listMoves(read, task)
  return [...new Set(explainTask(told, moves, plan, await listNames(read, language), language))]
}

let kept: { planId: string; record: PlanRecord } | undefined

/** The latest plan with its snapshot. Unpacking a nation takes its time, and until the next plan it is the same one. */
async function readLatestRecord(read: BalancerRead): Promise<PlanRecord | undefined> {
  const latest = await findLatestPlan(read)
  if (latest && latest.id === kept?.planId) return kept.record
  const record = await findRecord(read, { sends: false })
  if (record) kept = { planId: record.id, record }
  return record
}

async function listMoves(read: BalancerRead, task: StoredTask): Promise<ToldMove[]> {
  const rows = await listMovesOf(read, task.id)
  return rows.flatMap(
    ({ cause, from_office_id: from, to_office_id: to, reasons, note, mover_name: by }): ToldMove[] => {
      const ends = { from, to }
      if (cause === 'plan') return reasons ? [{ ...ends, cause, reasons }] : []
      if (cause === 'recall') return isRecallReason(note) ? [{ ...ends, cause, why: note }] : []
      return by !== null && note !== null ? [{ ...ends, cause, by, reason: note }] : []
    },
  )
}

function isRecallReason(text: string | null): text is RecallReason {
  return recallReasons.some((reason) => reason === text)
}

const spoken: Record<UiLanguage, readonly [fi: string, sv: string]> = {
  fi: ['suomi', 'ruotsi'],
  sv: ['finska', 'svenska'],
  en: ['Finnish', 'Swedish'],
}

/** What places, rules, benefits and languages are called in words. */
async function listNames(read: BalancerRead, language: UiLanguage): Promise<Map<string, string>> {
  const { regions, districts, offices } = await listOffices(read)
  const called = [...regions, ...districts, ...offices].map(
    ({ id, nameFi, nameSv }) => [id, language === 'sv' ? nameSv : nameFi] as const,
  )
  const places = new Map(called)
  const speech = { language, name: (id: string) => places.get(id) ?? id }
  const rules = (await listVersions(read)).map((version) => {
    const { scope, value } = { scope: writeScope(version.scope), value: version.value }
    return [nameVersion(version), `“${sayPlace({ scope, value }, speech)}: ${sayRule(value, language)}”`] as const
  })
  return new Map([
    ...called,
    ...rules,
    ...benefits.map((code) => [code, getBenefit(code).names[language]] as const),
    ...languages.map((code, place) => [code, spoken[language][place] ?? code] as const),
  ])
}
