/** Bits of DeviceCategoryType. */
export const deviceCategory = {
  thermostat: 0,
  stripHeating: 1,
  baseboardHeating: 2,
  waterHeater: 3,
  poolPump: 4,
  sauna: 5,
  hotTub: 6,
  smartAppliance: 7,
  irrigationPump: 8,
  managedLoad: 9,
  simpleLoad: 10,
  exteriorLighting: 11,
  interiorLighting: 12,
  loadControlSwitch: 13,
  energyManagement: 14,
  smartEnergyModule: 15,
  electricVehicle: 16,
  chargingStation: 17,
  virtualDer: 18,
  reciprocatingEngine: 19,
  fuelCell: 20,
  photovoltaic: 21,
  combinedHeatAndPower: 22,
  photovoltaicWithStorage: 23,
  otherGeneration: 24,
  otherStorage: 25,
} as const

/** Values of DeviceStatus.opState. */
export const operatingState = {
  unknown: 0,
  notOperating: 1,
  operating: 2,
  starting: 3,
  stopping: 4,
  atDisconnectLevel: 5,
  rampingW: 6,
  rampingVar: 7,
} as const

/** Values of PowerSourceType. */
export const powerSource = { none: 0, mains: 1, battery: 2, localGeneration: 3, emergency: 4, unknown: 5 } as const

/** Values of PowerStatus.batteryStatus. */
export const batteryStatus = { unknown: 0, normal: 1, low: 2, empty: 3, none: 4 } as const

/** Values of LogEvent.profileID. */
export const logProfile = { none: 0, vendor: 1, sep: 2, homeAutomation: 3, buildingAutomation: 4 } as const

/** Values of LogEvent.functionSet under the profile of the standard. */
export const logFunctionSet = {
  general: 0,
  subscriptions: 1,
  endDevices: 2,
  assignments: 3,
  responses: 4,
  demandResponse: 5,
  metering: 6,
  pricing: 7,
  messaging: 8,
  billing: 9,
  prepayment: 10,
  der: 11,
  time: 12,
  softwareDownload: 13,
  deviceInformation: 14,
  powerStatus: 15,
  networkStatus: 16,
  logEvents: 17,
  configuration: 18,
  security: 19,
} as const
