/** From least to most, both included. Lengths in mm, masses in kg, speeds in km/h, power in kW, engine capacity in cm³. */
export type Range = readonly [least: number, most: number]

/** What vehicles of a category look like, inside the limits of the acts. */
export interface Profile {
  readonly axles: Range
  /** Wheels on an axle without twins. */
  readonly wheels: Range
  readonly running: Range
  /** What it carries beyond its people; for towed vehicles all that it carries. */
  readonly payload: Range
  /** The laden mass stays within. */
  readonly laden: Range
  /** Seats with the driver's. */
  readonly seats: Range
  readonly length: Range
  readonly width: Range
  readonly height: Range
  readonly speed: Range
  readonly power: Range
  readonly capacity: Range
}

type Row = Partial<Profile>

const any: Profile = {
  axles: [2, 2],
  wheels: [2, 2],
  running: [900, 1800],
  payload: [150, 500],
  laden: [100, 99_000],
  seats: [1, 5],
  length: [3000, 4800],
  width: [1500, 2100],
  height: [1300, 2500],
  speed: [20, 200],
  power: [40, 250],
  capacity: [900, 3000],
}

const tractor: Row = {
  running: [1800, 8000],
  payload: [200, 2000],
  seats: [1, 3],
  width: [1600, 2550],
  height: [2200, 3500],
  power: [20, 300],
  capacity: [1500, 9000],
}
const fourWheels: Row = { wheels: [2, 2], width: [900, 1490], height: [1200, 1900], length: [2000, 2900] }
const twoWheels: Row = {
  wheels: [1, 1],
  width: [600, 950],
  height: [900, 1300],
  length: [1600, 2300],
  payload: [80, 200],
}
const threeWheels: Row = {
  ...twoWheels,
  wheels: [1, 2],
  width: [900, 1800],
  length: [2000, 3500],
  height: [1000, 2000],
}

/** By beginnings of the category; a longer beginning adds to a shorter one. */
const profiles: Readonly<Record<string, Row>> = {
  M: {},
  M1: { seats: [1, 9] },
  M2: {
    axles: [2, 3],
    running: [2200, 2700],
    laden: [3600, 5000],
    seats: [10, 25],
    length: [5000, 7000],
    payload: [600, 700],
    speed: [80, 100],
  },
  M3: {
    axles: [2, 3],
    running: [6000, 14_000],
    laden: [5100, 40_000],
    seats: [10, 60],
    length: [7000, 12_000],
    width: [2300, 2550],
    height: [2800, 3900],
    power: [120, 350],
    capacity: [4000, 12_000],
    speed: [70, 100],
  },
  N1: { running: [1000, 2200], laden: [1200, 3500], seats: [1, 3], length: [3800, 6500], payload: [300, 600] },
  N2: {
    running: [2500, 6000],
    payload: [1500, 4500],
    laden: [3600, 12_000],
    seats: [1, 3],
    length: [5500, 9000],
    width: [2000, 2550],
    height: [2200, 3900],
    speed: [80, 90],
    power: [120, 250],
    capacity: [3000, 7000],
  },
  N3: {
    axles: [2, 4],
    running: [7000, 12_000],
    payload: [6500, 20_000],
    laden: [12_100, 44_000],
    seats: [1, 3],
    length: [6000, 12_000],
    width: [2400, 2550],
    height: [2800, 4000],
    speed: [80, 90],
    power: [250, 500],
    capacity: [7000, 16_000],
  },
  O: { seats: [0, 0], width: [1500, 2550], height: [1000, 4000] },
  O1: {
    axles: [1, 2],
    running: [80, 250],
    payload: [100, 450],
    laden: [200, 750],
    length: [2000, 4000],
    width: [1200, 2000],
    height: [900, 2000],
  },
  O2: { axles: [1, 2], running: [300, 1200], payload: [500, 2000], laden: [760, 3500], length: [4000, 8000] },
  O3: { axles: [1, 3], running: [1500, 4000], payload: [2100, 5500], laden: [3600, 10_000], length: [5000, 10_000] },
  O4: {
    axles: [1, 4],
    running: [4000, 9000],
    payload: [6500, 25_000],
    laden: [10_100, 40_000],
    length: [6000, 12_000],
  },
  L: { running: [100, 200], seats: [1, 2], speed: [46, 150], power: [5, 50], capacity: [49, 900] },
  'L1e-A': { ...twoWheels, running: [20, 60], seats: [1, 1], speed: [10, 25], power: [0, 1], capacity: [20, 49] },
  'L1e-B': { ...twoWheels, running: [50, 120], speed: [20, 45], power: [1, 4], capacity: [30, 49] },
  L2e: { ...threeWheels, running: [100, 270], speed: [20, 45], power: [1, 4], capacity: [30, 49] },
  L3e: twoWheels,
  'L3e-A1': { running: [115, 160], power: [5, 11], capacity: [80, 125] },
  'L3e-A1E': { running: [110, 139] },
  'L3e-A1T': { running: [60, 99], power: [2, 5] },
  'L3e-A2': { running: [180, 260], power: [15, 35], capacity: [200, 900] },
  'L3e-A2E': { running: [110, 139], power: [10, 20] },
  'L3e-A2T': { running: [70, 99], power: [5, 12] },
  'L3e-A3': { running: [170, 300], power: [36, 150], capacity: [400, 1800] },
  'L3e-A3E': { running: [110, 139] },
  'L3e-A3T': { running: [70, 99] },
  L4e: { ...threeWheels, running: [200, 400], seats: [1, 4] },
  'L4e-A1': { power: [5, 11], capacity: [80, 125] },
  'L4e-A2': { power: [15, 35], capacity: [200, 900] },
  'L4e-A3': { power: [36, 100], capacity: [400, 1800] },
  L5e: { ...threeWheels, running: [250, 900], seats: [1, 2] },
  'L5e-A': { seats: [1, 5] },
  L6e: { ...fourWheels, running: [200, 425], speed: [20, 45], power: [1, 4], capacity: [30, 49] },
  'L6e-B': { power: [2, 6] },
  L7e: { ...fourWheels, running: [300, 450], speed: [46, 90], power: [5, 15] },
  'L7e-B2': { seats: [1, 3] },
  'L7e-CP': { seats: [1, 4] },
  T: tractor,
  C: tractor,
  T3: { running: [300, 550], payload: [100, 300] },
  C3: { running: [300, 550], payload: [100, 300] },
  'T4.3': { running: [2000, 5000] },
  'C4.3': { running: [2000, 5000] },
  R: { axles: [1, 3], seats: [0, 0], length: [3000, 11_000], height: [1500, 3900], width: [1800, 2550] },
  R1: { running: [200, 500], payload: [300, 700], laden: [400, 1200] },
  R2: { running: [500, 1000], payload: [1200, 1900], laden: [1600, 3000] },
  R3: { running: [1200, 5000], payload: [2800, 12_000], laden: [3700, 18_000] },
  R4: { running: [6000, 9000], payload: [17_000, 25_000], laden: [22_000, 40_000] },
  S: { axles: [1, 2], seats: [0, 0], length: [2000, 8000], height: [1500, 3900], width: [1800, 2550] },
  S1: { running: [500, 1500], payload: [300, 1000], laden: [700, 3000] },
  S2: { running: [2000, 6000], payload: [2000, 5000], laden: [3700, 12_000] },
}

/** The profile of a category as in VehicleCategory: `N2G`, `L3e-A1`, `T4.1a`. */
export const profileOf = (category: string): Profile =>
  Object.entries(profiles)
    .filter(([beginning]) => category.startsWith(beginning))
    .sort(([a], [b]) => a.length - b.length)
    .reduce((sum, [, row]): Profile => ({ ...sum, ...row }), any)
