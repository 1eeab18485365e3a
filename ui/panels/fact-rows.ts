import { locale, t } from '../common/i18n.ts'
import { absoluteTime } from '../common/time.ts'
import type { EcocTrace } from '../data/trace.ts'

/** What is known of an eCoC at a glance: name and value. */
export const factRows = (trace: EcocTrace): readonly (readonly [string, string | null])[] => [
  [t('facts.created'), absoluteTime(trace.createdAt, locale())],
  [t('facts.recordKey'), trace.recordKey],
  [t('facts.mapper'), trace.mapperVersion === null ? trace.mapper : `${trace.mapper}@${trace.mapperVersion}`],
  [t('facts.manufacturer'), trace.manufacturer],
  [t('facts.stage'), trace.stage === null ? null : String(trace.stage)],
  [t('facts.destination'), trace.model?.destination ?? null],
  [t('facts.accessPoint'), trace.accessPoint],
  [t('facts.profile'), trace.profile === null ? null : `${trace.profile} · ${trace.environment ?? ''}`],
  [t('facts.version'), String(trace.version)],
  [t('facts.reference'), trace.receiptReference],
]
