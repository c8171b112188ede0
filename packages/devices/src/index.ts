export {
  type Alarm,
  type ApplyResult,
  type Capability,
  type Device,
  DeviceError,
  type DeviceErrorCode,
  type DeviceKind,
  type DeviceStatus,
  type InverterState,
  type Ratings,
  type Settings,
  type StorageStatus,
  type VehicleStatus,
} from './device.ts'
export { type CurveMode, curveTypes, derModeBits, doeModeBits, type Mode, vppModeBits } from './modes.ts'
export type {
  Curve,
  CurvePoint,
  DeviceSetpoint,
  EnterService,
  FixedVarSetpoint,
  FreqDroop,
  Grant,
  PowerFactorSetpoint,
} from './setpoint.ts'
export { curveOf } from './sep/curve-of.ts'
export { derCapabilityOf, derSettingsOf } from './sep/der-capability-of.ts'
export { alarmBits, derAvailabilityOf, derStatusOf } from './sep/der-status-of.ts'
export { grantOf } from './sep/grant-of.ts'
export { type ControlDefaults, setpointOf, type SetpointSources } from './sep/setpoint-of.ts'
export { type BatteryOptions, createEmulatedBattery } from './emulated/battery.ts'
export { EmulatedConfig } from './emulated/config.ts'
export { createEmulatedEvCharger, type EvChargerOptions } from './emulated/ev-charger.ts'
export type { EmulatedDevice } from './emulated/emulate.ts'
export { type Environment, seededWeather, type Surroundings, type WeatherOptions } from './emulated/environment.ts'
export { household, type HouseholdOptions } from './emulated/household.ts'
export { capabilityOfModel, enterServiceOfModel, modelOfRatings, ratingsOfModel } from './emulated/model-ratings.ts'
export { modelSettings, type Present } from './emulated/model-settings.ts'
export { createEmulatedPv, type PvOptions } from './emulated/pv.ts'
export { createEmulatedWaterHeater, type WaterHeaterOptions } from './emulated/water-heater.ts'
export { type DecodedFrame, decodeFrames } from './cta2045/codec/decode-file.ts'
export { type Cta2045Device, type Cta2045Options, createCta2045Device } from './cta2045/adapter/cta2045-device.ts'
export { heaters } from './cta2045/sim/heater.ts'
export { householdDraw } from './cta2045/sim/draws.ts'
export { type Fault, type Simulator, type SimulatorOptions, serveWaterHeater } from './cta2045/sim/serve.ts'
export { type BrokerConfig, connectBroker } from './mqtt/broker.ts'
export { createMqttDevice, type MqttDevice, type MqttOptions } from './mqtt/mqtt-device.ts'
export { DeviceConfig, type DeviceDeps, isEmulated, openDevice } from './open-device.ts'
export { decodeRegisters, registerWrites, type RegisterWrite, type WriteTask } from './sunspec/vector.ts'
export { createSunspecDevice, type SunspecOptions } from './sunspec/sunspec-device.ts'
export {
  serveSunspec,
  type SunspecFault,
  type SunspecSimulator,
  type SunspecSimulatorOptions,
} from './sunspec/sim/serve.ts'
