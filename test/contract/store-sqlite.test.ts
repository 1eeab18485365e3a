import { openSqlite } from '../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../gateway/store/store.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { storeListsContract } from './store-contract-lists.ts'
import { storeContract, type OpenStore } from './store-contract.ts'

const open: OpenStore = async (t) => {
  const store = new Store(await openSqlite(await tempFolder(t)))
  t.teardown(() => store.close())
  return store
}

storeContract('SQLite', open)
storeListsContract('SQLite', open)
