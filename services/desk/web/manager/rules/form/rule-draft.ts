import {
  type PreviewRule,
  type RuleScope,
  type RuleValue,
  type RuleVersion,
  ruleLimits,
  type WriteRule,
} from '@tasain/contracts'
import type { Benefit } from '@tasain/vocabulary'
import { findScopeId } from '../../../shell/parts/places.ts'
import type { ManagerTexts } from '../../texts.fi.ts'

export type ScopeKind = 'office' | 'district' | 'region' | 'nation'
/** A rule while it is being written; texts as typed, with a comma for decimals. */
export type RuleDraft = {
  scopeKind: ScopeKind | ''
  scopeId: string
  kind: RuleValue['kind']
  allow: boolean
  benefits: readonly Benefit[]
  above: string
  below: string
  within: 'district' | 'region' | 'nation'
  /** Per cent of a day. */
  share: string
  giver: string
  receiver: string
  /** A month. */
  hours: string
  /** Ordered hours a month; empty = none. */
  ordered: string
  benefit: Benefit
  factor: string
  lifts: readonly string[]
  from: string | null
  to: string | null
  reason: string
}
type Problem = keyof ManagerTexts['form']['problems']
type Field = 'scope' | 'benefits' | 'above' | 'below' | 'share' | 'giver' | 'receiver' | 'hours' | 'ordered' | 'factor'
export type Problems = Partial<Record<Field | 'from' | 'to' | 'reason', Problem>>

const shortestReason = 3

/** A new draft, or one that starts as another rule stands; it begins today at the earliest. */
export function startDraft(
  today: string,
  rule?: Pick<RuleVersion, 'scope' | 'value' | 'lifts' | 'from' | 'to'>,
): RuleDraft {
  const blank: RuleDraft = {
    scopeKind: '',
    scopeId: '',
    kind: 'export',
    allow: false,
    benefits: [],
    above: '14',
    below: '7',
    within: 'district',
    share: '10',
    giver: '',
    receiver: '',
    hours: '200',
    ordered: '',
    benefit: 'TO',
    factor: '2',
    lifts: [],
    from: today,
    to: null,
    reason: '',
  }
  if (!rule) return blank
  return {
    ...blank,
    ...showValue(rule.value),
    kind: rule.value.kind,
    scopeKind: readScopeKind(rule.scope),
    scopeId: findScopeId(rule.scope) ?? '',
    lifts: rule.lifts,
    from: rule.from > today ? rule.from : today,
    // A last day that has passed stands until another is given: what was to end must not come to hold for ever unseen.
    to: rule.to,
  }
}

function showValue(value: RuleValue): Partial<RuleDraft> {
  switch (value.kind) {
    case 'export':
    case 'import':
      return { allow: value.allow }
    case 'accept':
      return { benefits: value.benefits }
    case 'reach':
      return { within: value.within }
    case 'threshold':
      return { above: showNumber(value.exportAboveDays), below: showNumber(value.importBelowDays) }
    case 'shareOut':
    case 'shareIn':
      return { share: showNumber(value.max * 100) }
    case 'quota': {
      const { giver, receiver, minutesPerMonth, minMinutes } = value
      const ordered = minMinutes > 0 ? showNumber(minMinutes / 60) : ''
      return { giver, receiver, hours: showNumber(minutesPerMonth / 60), ordered }
    }
    case 'weight':
      return { benefit: value.benefit, factor: showNumber(value.factor) }
    case 'blackout':
      return {}
  }
}

/** What is still wrong with a draft, by field; empty when it can be saved. */
export function checkDraft(draft: RuleDraft): Problems {
  const problems = checkValue(draft)
  const hasPlace = draft.kind === 'quota' || draft.scopeKind === 'nation' || draft.scopeId !== ''
  if (!hasPlace) problems.scope = 'scope'
  if (draft.from === null) problems.from = 'from'
  else if (draft.to !== null && draft.to < draft.from) problems.to = 'order2'
  if (draft.reason.trim().length < shortestReason) problems.reason = 'reason'
  return problems
}

function checkValue(draft: RuleDraft): Problems {
  switch (draft.kind) {
    case 'accept':
      return draft.benefits.length === 0 ? { benefits: 'benefits' } : {}
    case 'threshold': {
      const above = readDays(draft.above)
      const below = readDays(draft.below)
      const belowProblem = below === undefined ? 'days' : above !== undefined && below >= above ? 'order' : undefined
      return { ...(above === undefined && { above: 'days' }), ...(belowProblem && { below: belowProblem }) }
    }
    case 'shareOut':
    case 'shareIn': {
      const share = readNumber(draft.share, 100)
      return share === undefined || share !== roundHundredth(share) ? { share: 'share' } : {}
    }
    case 'quota':
      return checkQuota(draft)
    case 'weight':
      return (readNumber(draft.factor, ruleLimits.factor.most) ?? 0) < ruleLimits.factor.least
        ? { factor: 'factor' }
        : {}
    case 'export':
    case 'import':
    case 'reach':
    case 'blackout':
      return {}
  }
}

function checkQuota({ giver, receiver, hours, ordered }: RuleDraft): Problems {
  const problems: Problems = {}
  const most = readNumber(hours, 1_000_000)
  const least = readNumber(ordered || '0', 1_000_000)
  if (giver === '') problems.giver = 'scope'
  if (receiver === '') problems.receiver = 'scope'
  else if (receiver === giver) problems.receiver = 'samePlace'
  if (most === undefined) problems.hours = 'hours'
  if (least === undefined) problems.ordered = 'hours'
  else if (most !== undefined && least > most) problems.ordered = 'ordered'
  return problems
}

/** The value a draft stands for, as far as it can be read. */
export function readValue(draft: RuleDraft): RuleValue {
  const { kind } = draft
  const read = (text: string) => readNumber(text, Number.MAX_SAFE_INTEGER) ?? 0
  switch (kind) {
    case 'export':
    case 'import':
      return { kind, allow: draft.allow }
    case 'accept':
      return { kind, benefits: [...draft.benefits] }
    case 'reach':
      return { kind, within: draft.within }
    case 'threshold':
      return { kind, exportAboveDays: read(draft.above), importBelowDays: read(draft.below) }
    case 'shareOut':
    case 'shareIn':
      return { kind, max: Math.round(read(draft.share) * 100) / 10_000 }
    case 'quota': {
      const toMinutes = (hours: string) => Math.round(read(hours) * 60)
      const { giver, receiver, hours, ordered } = draft
      return { kind, giver, receiver, minutesPerMonth: toMinutes(hours), minMinutes: toMinutes(ordered) }
    }
    case 'blackout':
      return { kind }
    case 'weight':
      return { kind, benefit: draft.benefit, factor: read(draft.factor) }
  }
}

/** The draft without its reason, as it is checked and tried. `rule` is the one it is a new version of. */
export function toPreviewRule(draft: RuleDraft, today: string, rule?: string): PreviewRule {
  const isQuota = draft.kind === 'quota'
  return {
    scope: isQuota ? {} : readScope(draft),
    value: readValue(draft),
    lifts: isQuota ? [] : [...draft.lifts],
    from: draft.from ?? today,
    to: draft.to,
    ...(rule !== undefined && { rule }),
  }
}

/** The draft as it is sent. */
export function toWriteRule(draft: RuleDraft, today: string): WriteRule {
  return { ...toPreviewRule(draft, today), reason: draft.reason.trim() }
}

function readScope({ scopeKind, scopeId }: RuleDraft): RuleScope {
  if (scopeKind === 'office') return { office: scopeId }
  if (scopeKind === 'district') return { district: scopeId }
  return scopeKind === 'region' ? { region: scopeId } : {}
}

function readScopeKind(scope: RuleScope): ScopeKind {
  if ('office' in scope) return 'office'
  if ('district' in scope) return 'district'
  return 'region' in scope ? 'region' : 'nation'
}

function readNumber(text: string, most: number): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.').replace(/\s/g, ''))
  return number >= 0 && number <= most ? number : undefined
}

function readDays(text: string): number | undefined {
  const days = readNumber(text, 999)
  return days !== undefined && Number.isInteger(days) && days > 0 ? days : undefined
}

function roundHundredth(number: number): number {
  return Math.round(number * 100) / 100
}

function showNumber(number: number): string {
  return String(roundHundredth(number)).replace('.', ',')
}
