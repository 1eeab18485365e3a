import { z } from 'zod'
import { Cell } from '../draft.ts'
import { defineValueSource, unmappable } from './source.ts'

/** `{ setting: signerName, default: … }`: a constant of the site, from the gateway's configuration. */
export const setting = defineValueSource({
  key: 'setting',
  schema: z.strictObject({ setting: z.string().min(1), default: z.string().min(1).optional() }),
  compile: (spec, element) => ({
    one: (run) => {
      const name = spec.setting
      const value = (Object.hasOwn(run.settings, name) ? run.settings[name] : undefined) ?? spec.default
      if (value === undefined)
        return unmappable(
          run,
          'MAP-112',
          name,
          '',
          `The site's setting ${name} is missing; it is needed for ${element.name}.`,
          element.name,
        )
      const problem = element.problemOf(value)
      if (problem)
        return unmappable(
          run,
          problem.code,
          name,
          value,
          `The site's setting ${name} does not fit ${element.name}: ${problem.message}`,
          element.name,
        )
      return new Cell(value, `setting:${name}`)
    },
  }),
})
