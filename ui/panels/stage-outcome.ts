import { t } from '../common/i18n.ts'
import { shortHash } from '../common/text.ts'
import type { Stage } from '../common/timeline.ts'
import type { EcocTrace, Finding } from '../data/trace.ts'

const counted = (findings: readonly Finding[]): string => {
  const count = (severity: Finding['severity']): number => findings.filter((f) => f.severity === severity).length
  const parts: string[] = []
  if (count('error') > 0) parts.push(t('outcome.errors', { n: count('error') }))
  if (count('warning') > 0) parts.push(t('outcome.warnings', { n: count('warning') }))
  if (parts.length === 0 && findings.length > 0) parts.push(t('outcome.notes', { n: findings.length }))
  return parts.join(', ')
}

const signOffOutcome = (trace: EcocTrace): string => {
  const last = trace.signOffs.at(-1)
  if (!last) return ''
  if (last.decision === null) return t('outcome.signoff.open')
  return t(`outcome.signoff.${last.decision}`, { who: last.decidedBy ?? '' })
}

const submissionOutcome = (trace: EcocTrace): string => {
  const last = trace.attempts.at(-1)
  if (!last) return ''
  return t('outcome.attempts', { n: trace.attempts.length, state: t(`attempt.${last.state}`), where: last.accessPoint })
}

const outcomeOf = (stage: Stage, trace: EcocTrace): string => {
  if (stage.status === 'none') return stage.name === 'base' ? t('outcome.base.none') : t('status.none')
  if (stage.status === 'ahead') return ''
  switch (stage.name) {
    case 'received':
      return trace.files[0]?.key ?? t('outcome.received', { source: trace.source })
    case 'base':
      return stage.status === 'done'
        ? t('outcome.base.done')
        : counted(stage.findings) || (trace.reason ?? t('outcome.base.missing'))
    case 'mapping':
      return trace.model
        ? t('outcome.mapping', {
            n: trace.model.elements.length,
            mapper: `${trace.mapper}@${trace.mapperVersion ?? ''}`,
          })
        : counted(stage.findings)
    case 'document':
      return trace.documentSha256 === null ? '' : shortHash(trace.documentSha256)
    case 'checks':
      return counted(stage.findings) || (stage.status === 'done' ? t('outcome.checks.clean') : '')
    case 'drift':
      return counted(stage.findings) || (stage.status === 'done' ? t('outcome.drift.clean') : '')
    case 'signoff':
      return signOffOutcome(trace)
    case 'signature':
      return trace.signedSha256 === null ? '' : t('outcome.signed', { date: trace.signatureDate ?? '' })
    case 'submission':
      return submissionOutcome(trace)
    case 'receipt': {
      const meaning = trace.receipts.findLast((r) => r.meaning !== null)?.meaning
      if (!meaning) return ''
      const word = t(`receipt.${meaning.outcome as 'accepted'}`)
      return meaning.reference === undefined ? word : `${word} · ${meaning.reference}`
    }
    case 'writeback': {
      const failed = trace.writeBacks.find((w) => w.state === 'failed')
      if (failed) return failed.problem ?? t('writeback.failed')
      const [only, second] = trace.writeBacks
      return second ? t('outcome.files', { n: trace.writeBacks.length }) : (only?.name ?? '')
    }
  }
}

/** One line that says how a stage ended, for what the trace shows of it; where it was stopped at least the reason. */
export const stageOutcome = (stage: Stage, trace: EcocTrace): string =>
  outcomeOf(stage, trace) || (stage.status === 'person' ? (trace.reason ?? '') : '')
