/** Minutes of a supply sent to a pool of another office, by column; `way` = from × offices + to. Places stay as they are. */
export type Transfers = {
  count: number
  arc: Int32Array
  supply: Int32Array
  pool: Int32Array
  way: Int32Array
  /** The supply's transfer before this one, and its last one by supply; -1 = none. */
  prior: Int32Array
  last: Int32Array
}

/** With room from the start for so many transfers of a supply, on average. */
export function makeTransfers(supplies: number, each: number): Transfers {
  const column = (): Int32Array => new Int32Array(supplies * each)
  return {
    count: 0,
    arc: column(),
    supply: column(),
    pool: column(),
    way: column(),
    prior: column(),
    last: new Int32Array(supplies).fill(-1),
  }
}

/** Place of the supply's transfer to the pool, -1 when there is none. */
export function findTransfer({ last, prior, pool }: Transfers, supply: number, to: number): number {
  let at = last[supply] ?? -1
  while (at >= 0 && pool[at] !== to) at = prior[at] ?? -1
  return at
}

export function putTransfer(transfers: Transfers, arc: number, supply: number, pool: number, way: number): void {
  if (transfers.count === transfers.arc.length) growTransfers(transfers)
  const at = transfers.count++
  transfers.arc[at] = arc
  transfers.supply[at] = supply
  transfers.pool[at] = pool
  transfers.way[at] = way
  transfers.prior[at] = transfers.last[supply] ?? -1
  transfers.last[supply] = at
}

function growTransfers(transfers: Transfers): void {
  const room = Math.max(1024, Math.ceil(transfers.arc.length * 1.5))
  for (const key of ['arc', 'supply', 'pool', 'way', 'prior'] as const) {
    const wide = new Int32Array(room)
    wide.set(transfers[key])
    transfers[key] = wide
  }
}
