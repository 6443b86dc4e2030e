import {
  type ListedRule,
  type RuleSpeech,
  type RuleState,
  type RuleVersion,
  sayPlace,
  sayRule,
  saySpan,
} from '@tasain/contracts'
import type { ManagerTexts } from '../texts.fi.ts'

type Said = Pick<RuleVersion, 'scope' | 'value' | 'from' | 'to'>

/** A rule as one sentence: where, what, and on which days. */
export function sayWhole(rule: Said, speech: RuleSpeech): string {
  return `${sayPlace(rule, speech)}: ${sayRule(rule.value, speech.language)}, ${saySpan(rule, speech.language)}.`
}

/** The version that is acted upon: the newest of those that bind or wait. */
export function findNewest(rule: ListedRule): RuleVersion {
  return rule.ahead[0] ?? rule
}

export function isOver(state: RuleState): boolean {
  return state === 'ended' || state === 'withdrawn'
}

type Aspect = keyof ManagerTexts['history']['aspects']

/** In what a version differs from the one before it. */
export function listChanges(version: RuleVersion, earlier: RuleVersion): Aspect[] {
  if (version.endedBy !== null) return ['ended']
  const differs = (part: 'scope' | 'value' | 'lifts') => JSON.stringify(version[part]) !== JSON.stringify(earlier[part])
  const changes: Aspect[] = (['scope', 'value', 'lifts'] as const).filter(differs)
  if (version.from !== earlier.from || version.to !== earlier.to) changes.push('dates')
  return changes
}
