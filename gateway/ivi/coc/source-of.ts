import type { CocItem, Regulation, Stage } from './coc-item.ts'

/** The annex with the models of the certificate, per act. */
const annexes: Readonly<Record<Regulation, string>> = {
  '2018/858': '2020/683 Annex VIII',
  '168/2013': '901/2014 Annex IV',
  '167/2013': '2015/504 Annex III',
}

/** 2020/683 has models of their own for small series: A2 and C2. */
const models: Readonly<Record<'2018/858' | 'other', Readonly<Record<Stage, string>>>> = {
  '2018/858': { C: 'models A1, A2', V: 'model B', I: 'models C1, C2' },
  other: { C: 'model A', V: 'model B', I: 'model C' },
}

const placeOf = ({ key, number, regulation }: CocItem): string => {
  if (number !== '') return `item ${number}`
  if (key.startsWith('Annex III ')) return key.slice('Annex III '.length)
  if (regulation === '2018/858') return 'Part 1'
  return key.startsWith('Section 1') ? 'Section 1' : 'Section 2'
}

/**
 * Where an item is written: `2020/683 Annex VIII item 13.2`, with a stage `2020/683 Annex VIII model B item 13.2`.
 * What is no item of the form says so: `IVI 2.0, no item of 2020/683 Annex VIII`.
 */
export const sourceOf = (item: CocItem, stage?: Stage): string => {
  const annex = annexes[item.regulation]
  if (item.key.startsWith('(')) return `IVI 2.0, no item of ${annex}`
  const model = stage && models[item.regulation === '2018/858' ? '2018/858' : 'other'][stage]
  return [annex, model, placeOf(item)].filter((part) => part !== undefined).join(' ')
}
