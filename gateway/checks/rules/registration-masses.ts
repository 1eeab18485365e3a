import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { Rule } from '../rule.ts'

const manual = 'IVI set-up manual, in-service masses; 2020/683 note 166; CoC item 17'

interface Level {
  /** Number of the first of its rules. */
  readonly from: number
  readonly group: string
  readonly country: string
  readonly traffic: string
  readonly masses: readonly string[]
}

/** The same three tables: of the vehicle, of an axle, of an axle group. */
const levels: readonly Level[] = [
  {
    from: 1,
    group: 'InServiceMaximumMassGroup',
    country: 'InServiceMaximumPermissibleMassCountry',
    traffic: 'InServiceMaximumPermissibleMassTrafficRegulation',
    masses: ['InServiceMaximumPermissibleLadenMass', 'InServiceMaximumPermissibleMassCombination'],
  },
  {
    from: 5,
    group: 'InServiceMaximumPermissibleLadenMassAxleGroup',
    country: 'InServiceMaximumPermissibleLadenMassAxleCountry',
    traffic: 'InServiceMaximumPermissibleLadenMassAxleTrafficRegulation',
    masses: ['InServiceMaximumPermissibleLadenMassAxle'],
  },
  {
    from: 9,
    group: 'InServiceMaximumPermissibleLadenMassAxleGroupGroup',
    country: 'InServiceMaximumPermissibleLadenMassAxleGroupCountry',
    traffic: 'InServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation',
    masses: ['InServiceMaximumPermissibleAxleGroupLadenMass'],
  },
]

const code = (number: number): string => `CHK-REG-${String(number).padStart(3, '0')}`

const ofLevel = ({ from, group, country, traffic, masses }: Level): Rule[] => {
  const common = { severity: 'warning', clause: manual, each: cocPath(group) } as const
  const names = masses.join(', ')
  return [
    makeRule({
      ...common,
      code: code(from),
      title: [
        `An in-service mass says where it is valid (${group})`,
        `Eine Masse im Betrieb nennt, wo sie gilt (${group})`,
        `Une masse en service indique où elle vaut (${group})`,
      ],
      check: { any: [{ present: [country] }, { present: [traffic] }] },
      at: country,
      message: [
        `An in-service mass names neither a country nor a traffic regulation. Add ${country} (national) or ${traffic} (international, such as 96/53/EC).`,
        `Eine Masse im Betrieb nennt weder Land noch Verkehrsvorschrift. Ergänzen Sie ${country} (national) oder ${traffic} (international, etwa 96/53/EG).`,
        `Une masse en service ne nomme ni pays ni règle de circulation. Ajoutez ${country} (national) ou ${traffic} (international, comme 96/53/CE).`,
      ],
    }),
    makeRule({
      ...common,
      code: code(from + 1),
      title: [
        `An in-service mass is national or international (${group})`,
        `Eine Masse im Betrieb ist national oder international (${group})`,
        `Une masse en service est nationale ou internationale (${group})`,
      ],
      let: { country, traffic },
      check: { any: [{ absent: [country] }, { absent: [traffic] }] },
      at: traffic,
      message: [
        'An in-service mass names a country ({country}) and a traffic regulation ({traffic}). Give each a row of its own.',
        'Eine Masse im Betrieb nennt ein Land ({country}) und eine Verkehrsvorschrift ({traffic}). Geben Sie jeder eine eigene Zeile.',
        'Une masse en service nomme un pays ({country}) et une règle de circulation ({traffic}). Donnez une ligne à chacun.',
      ],
    }),
    makeRule({
      ...common,
      code: code(from + 2),
      title: [
        `Each country stands once (${group})`,
        `Jedes Land steht einmal (${group})`,
        `Chaque pays figure une fois (${group})`,
      ],
      let: { country },
      check: { unique: ['country', `../${group}/${country}`] },
      at: country,
      message: [
        'Country {country} stands more than once in the in-service masses. Keep one row for it.',
        'Land {country} steht mehrmals bei den Massen im Betrieb. Behalten Sie eine Zeile dafür.',
        'Le pays {country} figure plusieurs fois dans les masses en service. Gardez une ligne.',
      ],
    }),
    makeRule({
      ...common,
      code: code(from + 3),
      title: [
        `An in-service row holds a mass (${group})`,
        `Eine Zeile im Betrieb enthält eine Masse (${group})`,
        `Une ligne en service contient une masse (${group})`,
      ],
      check: { any: masses.map((mass) => ({ present: [mass] })) },
      at: masses[0] ?? group,
      message: [
        `An in-service row holds no mass. Add ${names} or leave the row out.`,
        `Eine Zeile der Massen im Betrieb enthält keine Masse. Ergänzen Sie ${names} oder lassen Sie die Zeile weg.`,
        `Une ligne des masses en service ne contient aucune masse. Ajoutez ${names} ou supprimez la ligne.`,
      ],
    }),
  ]
}

/** In-service (registration) masses: a country means national, a traffic regulation international. */
export const rules: readonly Rule[] = levels.flatMap(ofLevel)
