import tseslint from 'typescript-eslint'

/** The stages of the flow. None imports another; only the pipeline knows their order. */
const stages = [
  'intake',
  'inbox',
  'base',
  'mapping',
  'routing',
  'document',
  'checks',
  'drift',
  'signature',
  'submission',
  'receipts',
  'writeback',
]
/** Rooms that are no stage and that no stage may reach into. */
const house = ['store', 'http', 'config', 'audit', 'health', 'alerts', 'ops', 'sandbox', 'commands']

const forbid = (regex, message) => ({ regex, message })
const toRooms = (rooms) => `^(\\.\\./)+(gateway/)?(${rooms.join('|')})(/|$)`

const stageRules = stages.map((stage) => ({
  files: [`gateway/${stage}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          forbid(toRooms(stages.filter((s) => s !== stage)), 'A stage never imports another stage.'),
          forbid(toRooms(house), 'A stage knows nobody: what it needs is handed in.'),
          forbid('(^|/)(pipeline|main|cli)\\.ts$', 'A stage does not know the orchestrator.'),
          forbid('(^|/)connectors/', 'A stage is handed its connector.'),
        ],
      },
    ],
  },
}))

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.tap', 'data', 'coverage'] },
  ...tseslint.configs.strictTypeChecked.map((c) => ({ ...c, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'no-console': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  ...stageRules,
  {
    files: ['connectors/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            forbid('^(\\.\\./)+(gateway/(?!contract/)|ui/|test/)', 'connectors/ imports only gateway/contract.'),
          ],
        },
      ],
    },
  },
  {
    files: ['ui/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [forbid('^(\\.\\./)+(gateway|connectors|test)/|^node:', 'ui/ speaks only HTTP.')] },
      ],
    },
  },
  {
    files: ['gateway/**/*.ts'],
    ignores: ['gateway/main.ts', 'gateway/config/**', 'gateway/sandbox/**', 'gateway/commands/**'],
    rules: {},
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 't'], package: 'tap' }] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-console': 'off',
    },
  },
  { files: ['gateway/commands/**/*.ts', 'gateway/cli.ts', 'gateway/ecoc.ts'], rules: { 'no-console': 'off' } },
)
