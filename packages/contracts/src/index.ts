export { FlowReservation, FlowReservationAsk, FlowReservations, FleetMember, FleetMembers } from './fleet-api.ts'
export { FleetControl, FleetDevice, FleetEvent } from './fleet-events.ts'
