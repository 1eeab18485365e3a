import { resolve } from 'node:path'
import { z } from 'zod'

export const folderConfig = z
  .strictObject({
    path: z.string().min(1).describe('The watched folder: a local disk or a mounted share.'),
    archive: z.string().min(1).default('archive').describe('Where taken files are put away, relative to the folder.'),
  })
  .refine(({ path, archive }) => resolve(path, archive) !== resolve(path), {
    path: ['archive'],
    message: 'the archive is the watched folder itself: name a sub-folder, such as archive',
  })
export type FolderConfig = z.infer<typeof folderConfig>
