import type { Store } from '../../store/store.ts'
import { upsert } from '../../store/writes.ts'
import type { TimeStampsInput } from './time-stamps.ts'

const keyOf = (url: string): string => `time-stamped by ${url}`

/** The certificates that a time-stamping authority signed with last: of the register, also after a restart. */
export const seenAuthorities = (store: Pick<Store, 'settings' | 'commit'>): TimeStampsInput['seen'] => ({
  get: async (url) => {
    const kept = await store.settings.get(keyOf(url))
    return kept === undefined ? [] : kept.split(' ').map((der) => Buffer.from(der, 'base64'))
  },
  put: async (url, certificates) => {
    const value = certificates.map((der) => der.toString('base64')).join(' ')
    if (value !== '' && (await store.settings.get(keyOf(url))) !== value)
      await store.commit([upsert('setting', { key: keyOf(url), value })])
  },
})
