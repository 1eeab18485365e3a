import { defineSignerKind } from '../signer-kind.ts'
import { cscSignerConfig } from './config.ts'
import { openCscSigner } from './csc-signer.ts'

/** A key at a trust service provider (Cloud Signature Consortium API, version 1 or 2). */
export default defineSignerKind({ kind: 'csc', schema: cscSignerConfig, open: openCscSigner })
