import type { TaskState, ViewGrant } from '@tasain/contracts'

/** How the task of an application stands at the balancer. */
export type Standing = { state: TaskState; epoch: number; holder: string | null; decidedAt: Date | null }

/** Whether the handler still holds the task under the claim that the grant was signed for. */
export function isHeldBy(standing: Standing | undefined, { subject, epoch }: ViewGrant): boolean {
  return standing?.state === 'claimed' && standing.holder === subject && standing.epoch === epoch
}
