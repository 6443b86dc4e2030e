import { type IntakeAction, intakeActions } from '@tasain/contracts'
import { createLimiter, mountWorkHealth, openDoor } from '@tasain/kit'
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
import { createReceiving } from './scanning/receiving.api.ts'
import { mountResumable } from './scanning/resumable.api.ts'
import { createUploads } from './scanning/resumable.work.ts'
import { mountSettle } from './scanning/settle.api.ts'
import { mountSheets } from './scanning/sheets/sheets.api.ts'
import { createStoreScan } from './scanning/store-scan.work.ts'
import { mountUpload } from './scanning/upload.api.ts'
import type { Schema } from './schema.ts'

/** Of a person's files so many are taken in at a time; in all so many that only dozens of people together could fill it. */
const uploadLimits = { atOnce: 256, atOnceEach: 8, waiting: 512, waitingEach: 32 }

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
  const storeScan = createStoreScan(house)
  const receiving = createReceiving(createLimiter(uploadLimits), house.temporaryFolder)

  mountBatches(door, house)
  mountSheets(door, house)
  mountUpload(door, house, storeScan, receiving)
  mountResumable(door, house, createUploads(house, storeScan), receiving)
  mountSettle(door, house)
  mountForms(door, house)
  mountFormUploads(door, house, receiving)
  mountSearch(door)
  mountApplications(door, house)
  mountArranging(door, house)
  mountHandovers(door, house)
  mountPages(door, house)
  mountExport(door, house)
  mountVerify(door, house)
  mountWorkHealth(door, 'work.view', house.log)
  return door.close()
}
