import type { Quantity } from '@gridloom/contracts'
import type { Parameters, Slot } from '../domain/enabling.ts'

/** What an SCL file describes: an IED and its logical devices with their schedule controllers. */
export type Plant = Readonly<{
  ied: string
  address: string | undefined
  devices: readonly PlantDevice[]
}>

export type PlantDevice = Readonly<{
  /** As references name it: ldName, else the IED's name and inst. */
  name: string
  inst: string
  ldName: string | undefined
  controllers: readonly PlantController[]
}>

export type PlantController = Readonly<{
  ref: string
  quantity: Quantity
  /** CtlEnt */
  target: string
  /** Watts in one unit of the file. */
  scale: number
  /** In the order of the controller's list. */
  schedules: readonly PlantSchedule[]
}>

export type PlantSchedule = Readonly<{
  ref: string
  /** Number of the slot, or `reserve`. */
  id: string
  slot: Slot
  isEventDriven: boolean
  /** What the file says that it begins with, in watts. */
  initial: Partial<Parameters>
}>

/** What is wrong with a file, and where: an error keeps it from being used. */
export type Finding = Readonly<{ severity: 'error' | 'warning'; path: string; message: string }>

export type PlantReading = Readonly<{ plant: Plant | undefined; findings: readonly Finding[] }>
