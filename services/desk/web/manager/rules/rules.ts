import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type ChangeRule,
  type ListedRules,
  type PreviewRule,
  type RuleCheck,
  type RuleList,
  type RulePreview,
  type RuleSpeech,
  type RuleVersion,
  sayPlace,
  sayRule,
  type WriteRule,
} from '@tasain/contracts'
import { useEffect, useState } from 'react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { getJson, patience, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useSending } from '../../shell/server/sending.ts'
import { reasonTexts } from '../moves/reason-texts.ts'

export function useRules() {
  return useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => getJson<ListedRules>('/balancer/rules', { signal }),
    refetchInterval: polling.live,
  })
}

/** All versions of one rule, newest first. */
export function useRuleVersions(id: string) {
  return useQuery({
    queryKey: ['rules', id],
    queryFn: ({ signal }) => getJson<RuleList>(`/balancer/rules/${id}/versions`, { signal }),
    refetchInterval: polling.live,
  })
}

/** Writes a new rule, or with an id a new version of that rule. */
export function useWriteRule(id: string | undefined) {
  return useRuleWrite<WriteRule | ChangeRule>(id === undefined ? '' : `/${id}/versions`)
}

export function useEndRule(id: string) {
  return useRuleWrite<{ reason: string }>(`/${id}/end`)
}

export function useWithdrawRule(id: string) {
  return useRuleWrite<{ version: number; reason: string }>(`/${id}/withdraw`)
}

export function useRestoreRule(id: string) {
  return useRuleWrite<{ version: number; reason: string }>(`/${id}/restore`)
}

export function useApproveRule(id: string) {
  return useRuleWrite<{ version: number }>(`/${id}/approve`)
}

/** What the rule would contradict, and what to think of; asked once what is written has stood still for a moment. */
export function useRuleCheck(written: PreviewRule, isComplete: boolean) {
  const asked = useSettled(written)
  return useQuery({
    queryKey: ['rules', 'check', asked],
    queryFn: ({ signal }) => postJson<RuleCheck>('/balancer/rules/check', asked, { signal }),
    enabled: isComplete && JSON.stringify(asked) === JSON.stringify(written),
    placeholderData: keepPreviousData,
  })
}

/** Tries a rule that is not written yet; taking the question back ends the trying. */
export function useRulePreview(asked: PreviewRule | undefined) {
  return useQuery({
    queryKey: ['rule-preview', asked],
    queryFn: ({ signal }) =>
      postJson<RulePreview>('/balancer/rules/preview', asked, { signal, patienceMs: patience.work }),
    enabled: asked !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** In what words rules are said: the reader's language, and the places' names in it. */
export function useRuleSpeech(): RuleSpeech {
  const { language } = useLanguage()
  const { name } = usePlaces()
  return { language, name }
}

/** Names a rule by its id or by what plans call it, `<id>@<version>`: where it holds and what it says. */
export function useRuleNames(): (id: string) => string {
  const { ruleUnknown } = useTexts(reasonTexts)
  const speech = useRuleSpeech()
  const rules = useRules().data?.rules ?? []
  return (name) => {
    const rule = rules.find(({ id }) => id === name.split('@')[0])
    return rule ? `${sayPlace(rule, speech)}: ${sayRule(rule.value, speech.language)}` : ruleUnknown
  }
}

function useRuleWrite<Input>(path: string) {
  const queries = useQueryClient()
  return useSending(
    (input: Input, key, signal) => postJson<RuleVersion>(`/balancer/rules${path}`, input, { key, signal }),
    async () => {
      await queries.invalidateQueries({ queryKey: ['rules'] })
      await queries.invalidateQueries({ queryKey: ['load'] })
    },
  )
}

const settledAfterMs = 300

/** The last of values that follow one another quickly. Equal ones, by what they hold, are one. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  const written = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(written)), settledAfterMs)
    return () => clearTimeout(timer)
  }, [written])
  return settled
}
