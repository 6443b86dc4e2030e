import { createReadStream } from 'node:fs'
import {
  access,
  chmod,
  copyFile,
  link,
  mkdir,
  open,
  opendir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import {
  assertKey,
  hashFile,
  type IsReferenced,
  ObjectMismatch,
  ObjectMissing,
  ObjectRetained,
  type ObjectStore,
  temporaryPath,
} from './object-store.ts'

/**
 * Objects as files in a folder. A file becomes visible under its key only when all its bytes are on the disk: temporary
 * file, fsync, `link` (which never overwrites), fsync of the folders. Each omitted fsync was seen to lose pages when the
 * power was cut.
 */
export async function openFileStore(
  folder: string,
  isReferenced: IsReferenced,
): Promise<ObjectStore & { localPath: (key: string) => string }> {
  const objects = join(folder, 'objects')
  const temporary = join(folder, 'temporary')
  const retained = join(folder, 'retained')
  for (const path of [objects, temporary, retained]) await mkdir(path, { recursive: true, mode: 0o700 })
  await syncFolder(folder)
  await removeLeftovers(temporary)
  const localPath = (key: string) => {
    assertKey(key)
    return join(objects, key)
  }

  const placeNew = async (target: string, file: string): Promise<'placed' | 'exists'> => {
    const copy = temporaryPath(temporary)
    try {
      await copyFile(file, copy)
      await chmod(copy, 0o400)
      await syncFile(copy)
      await makeFolders(objects, dirname(target))
      await link(copy, target)
      await syncFolder(dirname(target))
      return 'placed'
    } catch (error) {
      if (isCode(error, 'EEXIST')) return 'exists'
      throw error
    } finally {
      await rm(copy, { force: true })
    }
  }

  return {
    localPath,
    async put(key, file) {
      const target = localPath(key)
      if ((await placeNew(target, file)) === 'placed') return
      if ((await hashFile(target)) === (await hashFile(file))) {
        // The one who placed it may have been cut off before the folder was on the disk.
        await syncFolder(dirname(target))
        return
      }
      await placeNew(join(objects, 'quarantine', key.replaceAll('/', '_')), file)
      throw new ObjectMismatch(`other bytes already lie under ${key}; the new ones were put into quarantine`)
    },
    async get(key) {
      const path = localPath(key)
      await access(path).catch(() => {
        throw new ObjectMissing(`no object lies under ${key}`)
      })
      return createReadStream(path)
    },
    async stat(key) {
      const found = await stat(localPath(key)).catch(ignoreMissing)
      return found && { size: found.size, storedAt: found.mtime }
    },
    async *list(prefix) {
      for await (const entry of await opendir(objects, { recursive: true })) {
        if (!entry.isFile()) continue
        const path = join(entry.parentPath, entry.name)
        const key = relative(objects, path)
        if (!key.startsWith(prefix)) continue
        const found = await stat(path).catch(ignoreMissing)
        if (found) yield { key, size: found.size, storedAt: found.mtime }
      }
    },
    async retain(key, until) {
      const earlier = await readRetention(retained, key)
      if (earlier && earlier >= until) return
      const mark = join(retained, key.replaceAll('/', '_'))
      const copy = temporaryPath(temporary)
      const handle = await open(copy, 'wx', 0o600)
      await handle.writeFile(until.toISOString())
      await handle.sync()
      await handle.close()
      await rename(copy, mark)
      await syncFolder(retained)
    },
    async remove(key) {
      const until = await readRetention(retained, key)
      if (until && until > new Date()) throw new ObjectRetained(`${key} is retained until ${until.toISOString()}`)
      if (await isReferenced(key)) throw new ObjectRetained(`${key} is still referenced`)
      await unlink(localPath(key))
      await syncFolder(dirname(localPath(key)))
    },
  }
}

async function readRetention(folder: string, key: string): Promise<Date | undefined> {
  const text = await readFile(join(folder, key.replaceAll('/', '_')), 'utf8').catch(ignoreMissing)
  return text === undefined ? undefined : new Date(text)
}

async function makeFolders(root: string, path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  // Each folder made is an entry of its parent, which must reach the disk too.
  for (let parent = dirname(path); parent.startsWith(root); parent = dirname(parent)) await syncFolder(parent)
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const syncFolder = syncFile

/** What a process that was killed left behind. Another may be writing at this moment, so only what is a day old. */
async function removeLeftovers(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name)
    const found = await stat(path).catch(ignoreMissing)
    if (found && Date.now() - found.mtimeMs > 24 * 3_600_000) await rm(path, { force: true })
  }
}

// Whatever else goes wrong must not pass for absence: an unreadable retention would let its object be removed.
function ignoreMissing(error: unknown): undefined {
  if (!isCode(error, 'ENOENT')) throw error
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
