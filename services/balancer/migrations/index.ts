import type { Migrations } from '@tasain/kit'
import * as house from './0001-house.ts'
import * as ruleKinds from './0002-rule-kinds.ts'
import * as openWork from './0003-open-work.ts'
import * as movement from './0004-movement.ts'
import * as arrivals from './0005-arrivals.ts'
import * as openWorkKey from './0006-open-work-key.ts'
import * as plansKept from './0007-plans-kept.ts'
import * as ruleWithdrawal from './0008-rule-withdrawal.ts'
import * as wholeDays from './0009-whole-days.ts'
import * as arrivalMeans from './0010-arrival-means.ts'
import * as soundRows from './0011-sound-rows.ts'
import * as taskEvents from './0012-task-events.ts'
import * as impartiality from './0013-impartiality.ts'
import * as keyedLog from './0014-keyed-log.ts'
import * as oldArrivals from './0015-old-arrivals.ts'

export const migrations: Migrations = {
  '0001-house': house,
  '0002-rule-kinds': ruleKinds,
  '0003-open-work': openWork,
  '0004-movement': movement,
  '0005-arrivals': arrivals,
  '0006-open-work-key': openWorkKey,
  '0007-plans-kept': plansKept,
  '0008-rule-withdrawal': ruleWithdrawal,
  '0009-whole-days': wholeDays,
  '0010-arrival-means': arrivalMeans,
  '0011-sound-rows': soundRows,
  '0012-task-events': taskEvents,
  '0013-impartiality': impartiality,
  '0014-keyed-log': keyedLog,
  '0015-old-arrivals': oldArrivals,
}
