import { test } from 'tap'
import { readEnvironment } from '../../../gateway/support/environment.ts'

test('without variables the documented defaults hold', async (t) => {
  const defaults = { data: '/home/x/data', config: '/home/x/config', port: 8480, host: '127.0.0.1', log: 'info' }
  t.same(readEnvironment({}, '/home/x'), defaults)
  const empty = { ECOC_DATA: '', ECOC_CONFIG: ' ', ECOC_PORT: '', ECOC_HOST: '', ECOC_LOG: '' }
  t.same(readEnvironment(empty, '/home/x'), defaults, 'set to nothing is left out')
})

test('folders are relative to where the gateway was started', async (t) => {
  const given = readEnvironment(
    { ECOC_DATA: 'd', ECOC_CONFIG: '/etc/ecoc', ECOC_PORT: '0', ECOC_HOST: '::' },
    '/home/x',
  )
  t.same(given, { data: '/home/x/d', config: '/etc/ecoc', port: 0, host: '::', log: 'info' })
})

test('a port that is none is refused', async (t) => {
  for (const port of ['65536', '-1', '80.5', '0x50', '1e3', 'http'])
    t.throws(() => readEnvironment({ ECOC_PORT: port }, '/'), { code: 'CFG-010', kind: 'config' }, port)
})
