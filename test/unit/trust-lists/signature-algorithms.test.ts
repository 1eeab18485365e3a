import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'tap'
import { faultOfSignature } from '../../../gateway/trust/lists/signature-algorithms.ts'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const newer = 'http://www.w3.org/2007/05/xmldsig-more#'
const data = Buffer.from('signed info')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test('RSA, RSA-PSS and ECDSA with SHA-2 are verified, each by its own name only', async (t) => {
  const plain = sign('sha384', data, rsa.privateKey)
  const pss = sign('sha256', data, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING })
  const pair = sign('sha256', data, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' })
  t.equal(faultOfSignature(`${more}rsa-sha384`, rsa.publicKey, data, plain), undefined)
  t.equal(faultOfSignature(`${newer}sha256-rsa-MGF1`, rsa.publicKey, data, pss), undefined)
  t.equal(faultOfSignature(`${more}ecdsa-sha256`, ec.publicKey, data, pair), undefined)
  t.match(faultOfSignature(`${more}rsa-sha256`, rsa.publicKey, data, plain), /not made with/)
  t.match(faultOfSignature(`${more}rsa-sha256`, rsa.publicKey, data, pss), /not made with/)
  t.match(faultOfSignature(`${more}rsa-sha256`, ec.publicKey, data, pair), /not for its key/)
  t.match(
    faultOfSignature(`${more}ecdsa-sha256`, ec.publicKey, data, sign('sha256', data, ec.privateKey)),
    /not made with/,
  )
  t.match(faultOfSignature(`${more}ecdsa-sha256`, ec.publicKey, Buffer.from('other'), pair), /not made with/)
})

test('SHA-1, unknown names and short keys are refused', async (t) => {
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const by = sign('sha256', data, short.privateKey)
  t.match(faultOfSignature(`${more}rsa-sha256`, short.publicKey, data, by), /too short/)
  for (const name of ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'toString', ''])
    t.match(faultOfSignature(name, rsa.publicKey, data, by), /not accepted/, name)
})
