import type { RuleScope, RuleValue, RuleVersion } from '@tasain/contracts'
import type { Language } from '@tasain/vocabulary'
import { showDate } from '../../shell/language/format.ts'
import { findScopeId, type Places } from '../../shell/parts/places.ts'
import { nameBenefit } from '../../shell/texts.ts'
import type { ManagerTexts } from '../texts.fi.ts'

/** What a rule says, without where and when. */
export function sayRule(value: RuleValue, t: ManagerTexts, language: Language): string {
  const words = t.sentences
  switch (value.kind) {
    case 'export':
      return value.allow ? words.exportOpen : words.exportClosed
    case 'import':
      return value.allow ? words.importOpen : words.importClosed
    case 'accept':
      return words.accept(value.benefits.map((benefit) => nameBenefit(benefit, language)).join(', '))
    case 'threshold':
      return words.threshold(showDays(value.exportAboveDays), showDays(value.importBelowDays))
    case 'reach':
      return words.reach(t.within[value.within])
  }
}

export function nameScope(scope: RuleScope, places: Places, t: ManagerTexts): string {
  const id = findScopeId(scope)
  return id === undefined ? t.rules.nation : places.name(id)
}

/** From when until when a rule holds. */
export function saySpan({ from, to }: { from: string; to: string | null }, t: ManagerTexts): string {
  return to === null ? t.rules.from(showDate(from)) : t.rules.span(showDate(from), showDate(to))
}

type Aspect = keyof ManagerTexts['history']['aspects']

/** In what a version differs from the one before it. */
export function listChanges(version: RuleVersion, earlier: RuleVersion): Aspect[] {
  if (version.endedBy !== null) return ['ended']
  const changes: Aspect[] = []
  if (findScopeId(version.scope) !== findScopeId(earlier.scope)) changes.push('scope')
  if (JSON.stringify(version.value) !== JSON.stringify(earlier.value)) changes.push('value')
  if (version.from !== earlier.from || version.to !== earlier.to) changes.push('dates')
  return changes
}

function showDays(days: number): string {
  return String(days).replace('.', ',')
}
