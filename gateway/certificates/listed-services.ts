import { currentLists, judgeLists } from '../trust/lists/judge-lists.ts'
import { indexServices } from '../trust/lists/find-services.ts'
import type { FindServices } from '../trust/lists/find-services.ts'
import { readList } from '../trust/lists/read-list.ts'
import type { TrustedList } from '../trust/lists/trusted-list.ts'
import { pinnedSigners } from './import-lists.ts'
import type { Store } from '../store/store.ts'

/** By store: reading all national lists takes a second, and they change a few times a month. */
const kept = new WeakMap<object, { readonly key: string; readonly find: FindServices }>()

/**
 * The services of all trusted lists that are here, to look certificates up in. A list that is past its next update counts as it
 * stands; one whose signature is not valid does not. Throws `STO-006` when a stored list was damaged.
 */
export const listedServices = async ({
  store,
}: {
  readonly store: Pick<Store, 'trustLists'>
}): Promise<FindServices> => {
  const judged = judgeLists(await store.trustLists.facts(), await pinnedSigners(store))
  const usable = currentLists(judged).filter(({ signature, facts }) => signature === 'valid' && facts.services > 0)
  const key = usable.map(({ facts }) => facts.sha256).join()
  const known = kept.get(store)
  if (known?.key === key) return known.find
  const lists: TrustedList[] = []
  for (const { facts } of usable) {
    const bytes = await store.trustLists.bytes(facts.sha256)
    const list = bytes && readList(bytes)
    if (list && 'services' in list) lists.push(list)
  }
  const find = indexServices(lists)
  kept.set(store, { key, find })
  return find
}
