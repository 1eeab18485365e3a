import type { IviElement } from './catalogue.ts'

/** One step of a path: an element's name and, on rows of a table, its 1-based index. */
export interface PathStep {
  readonly name: string
  readonly index?: number
}

/** `/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[2]/AxleSpacing`; `/` when there is no step. */
export const formatPath = (steps: readonly PathStep[]): string =>
  steps.length === 0
    ? '/'
    : steps.map(({ name, index }) => (index === undefined ? `/${name}` : `/${name}[${index}]`)).join('')

/** The path of a child of `parentPath`; `index` (1-based) is written only where the element repeats. */
export const childPath = (parentPath: string, element: IviElement, index: number): string =>
  `${parentPath === '/' ? '' : parentPath}/${element.name}${element.repeats ? `[${index}]` : ''}`

/** The steps of a path as written by `formatPath`. */
export const parsePath = (path: string): PathStep[] =>
  path
    .split('/')
    .filter((step) => step !== '')
    .map((step) => {
      const [, name = step, index] = /^([^[]*)\[(\d+)\]$/.exec(step) ?? []
      return index === undefined ? { name } : { name, index: Number(index) }
    })

/** The path without its indexes: that of the catalogue's element. */
export const withoutIndexes = (path: string): string => path.replace(/\[\d+\]/g, '')
