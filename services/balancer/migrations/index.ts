import type { Migrations } from '@tasain/kit'
import * as house from './0001-house.ts'
import * as ruleKinds from './0002-rule-kinds.ts'

export const migrations: Migrations = { '0001-house': house, '0002-rule-kinds': ruleKinds }
