import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'tap'
import { linkOn } from '../../../gateway/base/classify-answer.ts'
import { pageOrigin, restOrigin, type WebPage, type WebService } from '../../../gateway/base/web-origin.ts'
import type { SiteFiles, Vin } from '../../../gateway/contract/index.ts'

const vin = 'EXZCHASS5NL000806' as Vin
const xml = `<?xml version="1.0"?>\n<InitialVehicleInformation><a>${vin}</a></InitialVehicleInformation>`
const files: SiteFiles = {
  path: (name) => name,
  read: () => Promise.resolve(Buffer.alloc(0)),
  secret: (name) => Promise.resolve(`secret of ${name}`),
}
const deps = { files, signal: new AbortController().signal }

const serve = async (t: { teardown(fn: () => unknown): void }, listener: RequestListener): Promise<string> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const page = (url: string, more: Partial<WebPage> = {}): WebPage => ({
  ...{ kind: 'page', name: 'maker', url, timeout: 2000, maxBytes: 10_000, link: '.xml', none: ['no such vehicle'] },
  ...more,
})
const service = (url: string, more: Partial<WebService> = {}): WebService => ({
  ...{ kind: 'rest', name: 'maker', url, timeout: 2000, maxBytes: 10_000, method: 'GET', headers: {}, secrets: {} },
  ...more,
})

test('a public page gives the document itself, or leads to it by a link on its own server', async (t) => {
  const url = await serve(t, (req, res) => {
    if (req.url === `/d/${vin}`) res.end(xml)
    else if (req.url === `/p/${vin}`)
      res.end(`<!doctype html><a href="//elsewhere.example/x.xml">x</a><a href='/d/${vin}?.xml'>XML</a>`)
    else if (req.url === `/d/${vin}?.xml`) res.end(xml)
    else if (req.url === `/n/${vin}`) res.end('<html><p>We know no such vehicle</p></html>')
    else if (req.url === `/pdf/${vin}`) res.end('%PDF-1.7')
    else if (req.url === `/big/${vin}`) res.end('x'.repeat(20_000))
    else if (req.url === `/away/${vin}`) res.writeHead(302, { location: '/d' }).end()
    else if (req.url === `/slow/${vin}`) res.write('<')
    else res.writeHead(404).end()
  })
  const fetch = (path: string, more = {}) => pageOrigin(page(`${url}/${path}/{vin}`, more), deps).fetch(vin)
  t.equal((await fetch('d'))?.toString(), xml)
  t.equal((await fetch('p'))?.toString(), xml, 'not the link to another server')
  t.equal(await fetch('n'), undefined)
  t.equal(await fetch('nothing'), undefined)
  await t.rejects(fetch('pdf'), { code: 'BAS-020', message: /a PDF/ })
  await t.rejects(fetch('big'), { code: 'BAS-020', message: /more than 10000 bytes/ })
  await t.rejects(fetch('away'), { code: 'BAS-020', message: /HTTP 302/ })
  await t.rejects(fetch('slow', { timeout: 150 }), { code: 'BAS-020', message: /within 150 ms/ })
  await t.rejects(pageOrigin(page('http://127.0.0.1:9/{vin}'), deps).fetch(vin), { code: 'BAS-020' })
})

test('a service is asked with headers and body of the site, and answers XML, or JSON with the document in it', async (t) => {
  const asked: string[] = []
  const url = await serve(t, (req, res) => {
    req.on('data', (chunk: Buffer) => asked.push(`${String(req.headers['x-key'])} ${chunk.toString()}`))
    req.on('end', () => {
      if (req.method === 'POST')
        res.end(JSON.stringify({ result: [{ document: Buffer.from(xml).toString('base64') }] }))
      else if (req.url?.includes('plain')) res.end(JSON.stringify({ xml }))
      else res.end('{}')
    })
  })
  const post = {
    method: 'POST',
    body: '{"vin":"{vin}"}',
    secrets: { 'x-key': 'key' },
    document: '/result/0/document',
  } as const
  t.equal((await restOrigin(service(`${url}/ask`, post), deps).fetch(vin))?.toString(), xml)
  t.strictSame(asked, [`secret of key {"vin":"${vin}"}`])
  t.equal((await restOrigin(service(`${url}/plain/{vin}`, { document: '/xml' }), deps).fetch(vin))?.toString(), xml)
  t.equal(await restOrigin(service(`${url}/{vin}`, { document: '/xml' }), deps).fetch(vin), undefined)
  await t.rejects(restOrigin(service(`${url}/{vin}`), deps).fetch(vin), { code: 'BAS-020', message: /no IVI document/ })
})

test('a link leads only to the server of the page', async (t) => {
  const at = 'https://maker.example/v/1'
  t.equal(linkOn('<a href="https://evil.example/a.xml">', at, '.xml'), undefined)
  t.equal(linkOn('<a href="javascript:a.xml">', at, '.xml'), undefined)
  t.equal(linkOn('<a href="2.xml?a=1&amp;b=2">', at, '.xml'), 'https://maker.example/v/2.xml?a=1&b=2')
})
