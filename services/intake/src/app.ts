import { type IntakeAction, intakeActions } from '@tasain/contracts'
import { openDoor, refuse } from '@tasain/kit'
import type { Express } from 'express'
import { mountApplications } from './applications/application.api.ts'
import { mountArranging } from './applications/arrange.api.ts'
import { mountHandovers } from './applications/handover.api.ts'
import { mountExport } from './archive/export/export.api.ts'
import { mountPages } from './archive/page.api.ts'
import { mountVerify } from './archive/verify.api.ts'
import type { House } from './house.ts'
import { mountSearch } from './indexing/search.api.ts'
import { mountForms } from './recognition/authoring/form.api.ts'
import { mountFormUploads } from './recognition/authoring/form-upload.api.ts'
import { mountBatches } from './scanning/batch.api.ts'
import { createGate } from './scanning/gate.ts'
import { mountResumable } from './scanning/resumable.api.ts'
import { createUploads } from './scanning/resumable.work.ts'
import { mountSettle } from './scanning/settle.api.ts'
import { mountSheets } from './scanning/sheets/sheets.api.ts'
import { createStoreScan } from './scanning/store-scan.work.ts'
import { mountUpload } from './scanning/upload.api.ts'
import type { Schema } from './schema.ts'

/** The floor plan: the rooms in the order the paper walks. */
export function createApp(house: House): Express {
  const door = openDoor<Schema, IntakeAction>({
    db: house.db,
    log: house.log,
    actions: intakeActions,
    trusted: house.trusted,
    accessLog: house.accessLog,
    checkReady: house.checkReady,
    describeState: () => ({ tasks: house.tasks.state() }),
  })
  const turnAway = () => refuse('service.unavailable')
  const storeScan = createStoreScan(house, createGate({ atOnce: 4, waiting: 64 }, turnAway))

  mountBatches(door, house)
  mountSheets(door, house)
  const gate = createGate({ atOnce: 32, waiting: 32 }, turnAway)
  mountUpload(door, house, storeScan, gate)
  mountResumable(door, house, createUploads(house, storeScan, gate))
  mountSettle(door, house)
  mountForms(door, house)
  mountFormUploads(door, house)
  mountSearch(door)
  mountApplications(door, house)
  mountArranging(door, house)
  mountHandovers(door, house)
  mountPages(door, house)
  mountExport(door, house)
  mountVerify(door, house)
  return door.close()
}
