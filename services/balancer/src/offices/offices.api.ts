import type { BalancerDoor } from '../schema.ts'
import { listOffices } from './offices.store.ts'

export function mountOffices(door: BalancerDoor): void {
  door.list('/offices', 'office.list', {}, (_asked, read) => listOffices(read))
}
