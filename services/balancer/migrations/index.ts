import type { Migrations } from '@tasain/kit'
import * as house from './0001-house.ts'

export const migrations: Migrations = { '0001-house': house }
