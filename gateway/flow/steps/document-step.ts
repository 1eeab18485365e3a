import { makeDocument } from '../../document/make-document.ts'
import { instant } from '../../support/clock.ts'
import type { PureStep } from '../step.ts'

/** The vehicle model becomes the document's bytes, still without stamps. */
export const documentStep: PureStep = {
  name: 'document',
  kind: 'pure',
  run({ ecoc, made }, tools) {
    if (!made.model) return {}
    made.document = makeDocument(made.model.tree, tools.releases.catalogueOf(made.model.tree, made.target?.profile))
    const { bytes, sha256 } = made.document
    const writes = [tools.store.contents.write(ecoc.id, 'document', bytes, instant(tools.clock()))]
    return { patch: { document_sha256: sha256 }, writes }
  },
}
