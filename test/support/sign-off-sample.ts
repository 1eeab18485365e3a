import type { Finding } from '../../gateway/contract/index.ts'
import type { SignOffRequest } from '../../gateway/sign-off/request.ts'

export const variantKey = 'Example Bodies/EB35/KX2'

const warning = (code: string, params: Record<string, string>, message: string): Finding => ({
  ...{ code, layer: 'drift', severity: 'warning', message, params },
  path: `/InitialVehicleInformation/CocDataGroup/${params['element'] ?? ''}`,
})

/** What a sign-off shows: a completed N2 lorry, too heavy and with its wheelbase cut. */
export const signOffRequest: { readonly findings: readonly Finding[]; readonly request: SignOffRequest } = {
  findings: [
    warning(
      'DRF-MASS-001',
      {
        ...{ element: 'MassInRunningOrder', unit: 'kg', measured: '5736', base: '4898', expected: '5510' },
        ...{ deviation: '4.1', tolerance: '3', article: '(EU) 2021/535 Annex XIII Part 2 G' },
      },
      'Mass in running order is 4.1 % above what was expected; 3 % are allowed without a sign-off.',
    ),
    warning(
      'DRF-WB-001',
      { element: 'Wheelbase', unit: 'mm', measured: '4300', base: '4325', deviation: '-0.58', tolerance: '0' },
      'The wheelbase is not that of the base eCoC.',
    ),
  ],
  request: {
    variant: {
      ...{ key: variantKey, approval: 'e4*2018/858*99002*00', type: 'EB35', variant: 'KX2', version: '01A' },
    },
    axles: [
      { axle: '1', load: '2840', distribution: '2790', permissible: '3100', basePermissible: '3100' },
      { axle: '2', load: '2971', distribution: '2946', permissible: '5200', basePermissible: '5600' },
    ],
    masses: { actual: '5811', runningOrder: '5736', permissible: '7490', basePermissible: '7490' },
    weighing: {
      ...{ id: null, grossMass: '5811', fuelLevel: '90', driverMass: '75', ticket: 'W-1206', scale: 'North' },
      ...{ calibratedUntil: '2027-03-31', weighedOn: '2026-11-18', recordedBy: null, at: null },
    },
    base: null,
  },
}
