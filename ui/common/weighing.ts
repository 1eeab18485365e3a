const figures = new Set(['grossMass', 'fuelLevel', 'fuelMassFull', 'driverMass', 'optionalMass'])

/** What was typed at the weighbridge as the API takes it: empty fields left out, decimal comma as point, VIN in capitals. */
export const weighingFrom = (typed: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(typed)
      .map(([name, text]): [string, string] => {
        const value = text.trim()
        if (name === 'vin') return [name, value.toUpperCase()]
        return [name, figures.has(name) ? value.replace(/\s/g, '').replace(',', '.') : value]
      })
      .filter(([, value]) => value !== ''),
  )
