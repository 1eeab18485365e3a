import { siteFiles } from '../../gateway/config/site-files.ts'

/** Files of a site for connectors under test: absolute names, or relative to the working folder. */
export const testFiles = siteFiles(process.cwd())
