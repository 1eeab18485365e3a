/** Values of charging from outside, as paths below an EnergySourceGroup: they describe electricity, so they stand at source 95. */
export const offVehicle: readonly string[] = [
  ...['WltpEquivalentAllElectricOffVehicleChargingRange', 'WltpAllElectricOffVehicleChargingRange'].flatMap((name) =>
    [name, `${name}City`].map((one) => `TestWltpElectricRangeGroup/${one}`),
  ),
  ...['Low', 'Medium', 'High', 'ExtraHigh', 'City', 'Combined', 'WeightedCombined'].map(
    (phase) => `TestWltpEnergyConsumptionGroup/WltpEnergyConsumptionExternallyCharged${phase}`,
  ),
]
