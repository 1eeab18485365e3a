import type { Rule } from '../rule.ts'

/** What stands on which form is in the tables of gateway/ivi/coc; what no source settles is never reported. */
export const rules: readonly Rule[] = [
  {
    code: 'CHK-FORM-001',
    title: {
      en: 'No value that the form of the category does not have',
      de: 'Kein Wert, den das Formular der Klasse nicht hat',
      fr: 'Aucune valeur absente du formulaire de la catégorie',
    },
    severity: 'error',
    clause: 'IVI guideline: no values outside the data set of the category; 2020/683 Annex VIII, 901/2014, 2015/504',
    form: 'absent',
    message: {
      en: '{label} ({element}) is not on the form of category {category}, stage {stage}. Leave it out.',
      de: '{label} ({element}) steht nicht auf dem Formular der Klasse {category}, Stufe {stage}. Lassen Sie es weg.',
      fr: '{label} ({element}) ne figure pas sur le formulaire de la catégorie {category}, étape {stage}. Supprimez-le.',
    },
  },
  {
    code: 'CHK-FORM-002',
    title: {
      en: 'What stands on every such form is given',
      de: 'Was auf jedem solchen Formular steht, ist angegeben',
      fr: 'Ce qui figure sur tout formulaire de ce genre est donné',
    },
    severity: 'error',
    clause: 'IVI guideline and change overview, mandatory data; 2020/683 Annex VIII, 901/2014, 2015/504',
    form: 'required',
    message: {
      en: '{label} ({element}) is missing: every form of category {category}, stage {stage}, has it. Add it.',
      de: '{label} ({element}) fehlt: Jedes Formular der Klasse {category}, Stufe {stage}, hat es. Ergänzen Sie es.',
      fr: '{label} ({element}) manque : tout formulaire de la catégorie {category}, étape {stage}, l’indique. Ajoutez-le.',
    },
  },
]
