import type { RuleScope, RuleValue, RuleVersion, WriteRule } from '@tasain/contracts'
import type { Benefit } from '@tasain/vocabulary'
import { findScopeId } from '../../shell/parts/places.ts'
import type { ManagerTexts } from '../texts.fi.ts'

export type RuleKind = RuleValue['kind']
export type ScopeKind = 'office' | 'district' | 'region' | 'nation'
/** A rule while it is being written; texts as typed. */
export type RuleDraft = {
  scopeKind: ScopeKind | ''
  scopeId: string
  kind: RuleKind
  allow: boolean
  benefits: readonly Benefit[]
  above: string
  below: string
  within: 'district' | 'region' | 'nation'
  from: string | null
  to: string | null
  reason: string
}
type Problem = keyof ManagerTexts['form']['problems']
export type Problems = Partial<Record<'scope' | 'benefits' | 'above' | 'below' | 'from' | 'to' | 'reason', Problem>>

const shortestReason = 3

/** A new draft, or one that starts as another rule stands; it begins today at the earliest. */
export function startDraft(today: string, rule?: RuleVersion): RuleDraft {
  const value = rule?.value
  const scope: RuleScope | undefined = rule?.scope
  return {
    scopeKind: scope ? readScopeKind(scope) : '',
    scopeId: scope ? (findScopeId(scope) ?? '') : '',
    kind: value?.kind ?? 'export',
    allow: value !== undefined && 'allow' in value ? value.allow : false,
    benefits: value?.kind === 'accept' ? value.benefits : [],
    above: value?.kind === 'threshold' ? showNumber(value.exportAboveDays) : '14',
    below: value?.kind === 'threshold' ? showNumber(value.importBelowDays) : '7',
    within: value?.kind === 'reach' ? value.within : 'district',
    from: rule && rule.from > today ? rule.from : today,
    to: rule?.to && rule.to >= today ? rule.to : null,
    reason: '',
  }
}

/** What is still wrong with a draft, by field; empty when it can be saved. */
export function checkDraft(draft: RuleDraft): Problems {
  const problems: Problems = {}
  if (draft.scopeKind === '' || (draft.scopeKind !== 'nation' && draft.scopeId === '')) problems.scope = 'scope'
  if (draft.kind === 'accept' && draft.benefits.length === 0) problems.benefits = 'benefits'
  if (draft.kind === 'threshold') {
    const above = readDays(draft.above)
    const below = readDays(draft.below)
    if (above === undefined) problems.above = 'days'
    if (below === undefined) problems.below = 'days'
    else if (above !== undefined && below >= above) problems.below = 'order'
  }
  if (draft.from === null) problems.from = 'from'
  else if (draft.to !== null && draft.to < draft.from) problems.to = 'order2'
  if (draft.reason.trim().length < shortestReason) problems.reason = 'reason'
  return problems
}

/** The value a draft stands for, as far as it can be read. */
export function readValue(draft: RuleDraft): RuleValue {
  switch (draft.kind) {
    case 'export':
    case 'import':
      return { kind: draft.kind, allow: draft.allow }
    case 'accept':
      return { kind: 'accept', benefits: [...draft.benefits] }
    case 'threshold':
      return {
        kind: 'threshold',
        exportAboveDays: readDays(draft.above) ?? 0,
        importBelowDays: readDays(draft.below) ?? 0,
      }
    case 'reach':
      return { kind: 'reach', within: draft.within }
  }
}

export function readScope({ scopeKind, scopeId }: RuleDraft): RuleScope {
  if (scopeKind === 'office') return { office: scopeId }
  if (scopeKind === 'district') return { district: scopeId }
  return scopeKind === 'region' ? { region: scopeId } : {}
}

/** The draft as it is sent. */
export function toWriteRule(draft: RuleDraft, today: string): WriteRule {
  return {
    scope: readScope(draft),
    value: readValue(draft),
    from: draft.from ?? today,
    to: draft.to,
    reason: draft.reason.trim(),
  }
}

/** Whether a scope reaches across districts, so that a second manager must approve. */
export function reachesAcross(draft: RuleDraft): boolean {
  return draft.scopeKind === 'region' || draft.scopeKind === 'nation'
}

function readScopeKind(scope: RuleScope): ScopeKind {
  if ('office' in scope) return 'office'
  if ('district' in scope) return 'district'
  return 'region' in scope ? 'region' : 'nation'
}

function readDays(text: string): number | undefined {
  const days = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'))
  return days >= 0 && days <= 999 ? days : undefined
}

function showNumber(number: number): string {
  return String(number).replace('.', ',')
}
