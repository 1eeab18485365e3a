// Data, not code: the IVI 2.0 catalogue as published on 2026-02-26. catalogue.ts says how a line is read.
/* eslint-disable max-lines */
import type { CatalogueSource } from '../catalogue.ts'

export const ivi20Source: CatalogueSource = {
  version: '2.0',
  namespace: 'http://eu.ereg.initialvehicleinformation.v2',
  root: 'InitialVehicleInformation',
  groups: `
InitialVehicleInformation all Header CocDataGroup
Header all IviReferenceId IviVersionNumberXsd IviVersionNumber:Integer2 IviVersionDateTime:DateTime IntendedCountryRegistration?:ViennaCountryCode DesignatedTypeApprovalCountry:TypeApprovalCountryCode
CocDataGroup all VehicleIdentificationNumber TypeApprovalType:TypeApprovalTypeCode ProvisionalTypeApprovalIndicator:Indicator StageOfCompletion:StageOfCompletionCode ProductionYearSmallSeries?:Integer4 ProductionSequentialNumberSmallSeries?:Integer4 Type:Text15 Variant:Text25 Version:Text35 VehicleCategory:VehicleCategoryCode LocationStatutoryPlate23Wheel?:Text50 MethodAttachmentStatutoryPlate:MethodAttachmentStatutoryPlateCode LocationVin23Wheel?:Text50 DateManufactureVehicle?:Date CompletedAltered?:CompletedAlteredCode DescriptionCompletedAltered?:Text500 TypeApprovalNumber:Text35 TypeApprovalIssueDate:Date ConvertingPerformanceIndicator?:Indicator RightLeftHandTraffic?:RightLeftHandTrafficCode MetricImperialSpeedometer?:MetricImperialSpeedometerCode MetricImperialOdometer?:MetricImperialOdometerCode MaximumSpeed?:Decimal52 DeclaredMaximumSpeedForward?:Decimal52 DeclaredMaximumSpeedRearward?:Decimal52 MaximumAssistanceFactor?:Decimal32 MaximumAssistanceSpeed?:Decimal52 TypeApprovalTransportDangerousGoodsIndicator?:Indicator EcoInnovationsFittedIndicator?:Indicator CategoryHybridElectricVehicle?:CategoryHybridElectricVehicleCode ThreePointLiftingMechanism?:ThreePointLiftingMechanismCode AdditionalCouplingPoints?:OptionalCode ElectronicBrakingSystem?:OptionalCode ElectricalControlLineIndicator?:Indicator Iso7638ConnectorIndicator?:Indicator DescriptionServiceAndMaintenance?:Text4000 VehicleCertified155Indicator?:Indicator VehicleCertified156Indicator?:Indicator ConsolidatedMaximum30MinutesPower?:Decimal62 ConsolidatedMaximumNetPowerElectric?:Decimal62 PureElectricVehicleIndicator?:Indicator ExhaustEmissionLevel? ExhaustEmissionLatestRegulationNumber?:Text35 WltpTotalCo2EmissionSavedDueEcoInnovation?:Decimal52 ManufacturerHybridApplication?:Text150 HybridApplicationCode?:Text40 ClassHybridVehicle?:ClassHybridVehicleCode FuelType?:FuelTypeCode SubFuelType?:SubFuelTypeCode FuellingArrangement?:FuellingArrangementCode DualFuelType?:DualFuelTypeCode ElectricVehicleConfiguration?:ElectricVehicleConfigurationCode SigningAuthorityTable MakeTable CommercialNameTable? AllowedParameterValuesMultistageGroup? ManufacturerTable EURepresentativeGroup? LocationMarkingsTable? GeneralConstructionGroup? DimensionGroup? MassGroup? TowingBrakedTypeTrailTable? InServiceMaximumMassTable? GearGroup? FinalDriveVehicleTable? AxleTable? TyreAxleMassCombinationTable? AxleGroupTable? ColourTable? BodyworkTable? ConfigurationDoorsGroup? WltpEmissionTestParametersGroup? MechanicalCouplingTable? MechanicalCouplingCanBeFittedTable? EnergyConvertorTable? EcoInnovationsTable? VectoGroup? TypeApprovalTransportDangerousGoodsTable? AdvancedSafetySystemsTable? TrackTrainGroup? SpecialPurposesConstructionCharacteristicsGroup? TrailerBrakeTable? BrakingTransmissionTable? BallastSetTable? DriverSeatTypeCategoryTable? LoadPlatformTable? RollOverProtectiveStructureTable? PowerTakeOffTable? TrackSetTable? ProvisionalApprovalTerritoryTable? RemarkTable? SubjectApprovalTable?
SigningAuthorityTable sequence SigningAuthorityGroup*
SigningAuthorityGroup all SignerName:Text150 SignerPosition:Text80 SignatureLocation:Text80 SignatureDate:Date
MakeTable sequence MakeGroup*
MakeGroup all Make:Text52
CommercialNameTable sequence CommercialNameGroup*
CommercialNameGroup all CommercialName:Text50
AllowedParameterValuesMultistageGroup all AllowedActualMass?:Integer6 AllowedActualMassMin?:Integer6 AllowedActualMassMax?:Integer6 AllowedTechnicallyPermissibleMaximumLadenMass?:Integer6 AllowedTechnicallyPermissibleMaximumLadenMassMin?:Integer6 AllowedTechnicallyPermissibleMaximumLadenMassMax?:Integer6 AllowedFrontalArea?:Integer6 AllowedFrontalAreaMin?:Integer6 AllowedFrontalAreaMax?:Integer6 AllowedRollingResistance?:Decimal63 AllowedRollingResistanceMin?:Decimal63 AllowedRollingResistanceMax?:Decimal63 AllowedCrossSectionalAreaAirFrontGrill?:Integer6 AllowedCrossSectionalAreaAirFrontGrillMin?:Integer6 AllowedCrossSectionalAreaAirFrontGrillMax?:Integer6
ManufacturerTable sequence ManufacturerGroup*
ManufacturerGroup all ManufacturerStageNumber:Integer2 ManufacturerName:Text150 ManufacturerAddressLine1:Text150 ManufacturerAddressLine2?:Text150 ManufacturerAddressLine3?:Text150 ManufacturerPlaceOfResidence:Text80 ManufacturerCountryOfResidence:Text80 PreviousStageTypeApprovalNumber?:Text35 PreviousStageType?:Text15 PreviousStageVariant?:Text25 PreviousStageVersion?:Text35
EURepresentativeGroup all EURepresentativeName:Text150 EURepresentativeAddressLine1:Text150 EURepresentativeAddressLine2?:Text150 EURepresentativeAddressLine3?:Text150 EURepresentativePlaceOfResidence:Text80 EURepresentativeCountryOfResidence:Text80
LocationMarkingsTable sequence LocationMarkingsGroup*
LocationMarkingsGroup all LocationMarkingsSubject:LocationMarkingsSubjectCode LocationMarkingsVehiclePart:LocationMarkingsVehiclePartCode LocationMarkingsVehiclePartSide?:LocationMarkingsVehiclePartSideCode LocationMarkingsVehiclePartSideSection?:LocationMarkingsVehiclePartSideSectionCode
GeneralConstructionGroup all NumberOfAxles?:Integer2 NumberOfWheels?:Integer2 NumberOfAxlesWithTwinWheels?:Integer2 NumberOfSteeredAxles?:Integer2 NumberOfPoweredAxles?:Integer2 NumberOfBrakedAxles?:Integer2 NumberOfDoors?:Integer2 AutomatedVehicle?:AutomatedVehicleCode NumberOfSeatingPositionsIncludingDriver?:Integer3 NumberOfSeatingPositionsExcludingDriver?:Integer3 NumberOfSeatsStationaryUseOnly?:Integer3 NumberOfSeatingPositionsLowerDeck?:Integer3 NumberOfSeatingPositionsUpperDeck?:Integer3 NumberOfWheelchairUserAccessiblePositions?:Integer3 NumberOfStandingPlaces?:Integer3 SeatingPositionConfiguration?:SeatingPositionConfigurationCode ReversibleDrivingPositionIndicator?:Indicator LocationArrangementSeats?:Text40 SteeringCategory?:SteeringCategoryCode NumberOfSetsBallastMasses?:Integer2 AdvancedBrakingSystem?:AdvancedBrakingSystemCode
DimensionGroup all Wheelbase?:Integer5 WheelbaseAdjustableMin?:Integer5 WheelbaseAdjustableMax?:Integer5 WheelBaseSideCar?:Integer5 WheelBaseGroundRatio?:Decimal32 Length?:Integer5 LengthAdjustableMin?:Integer5 LengthAdjustableMax?:Integer5 Width?:Integer4 WidthAdjustableMin?:Integer4 WidthAdjustableMax?:Integer4 Height?:Integer4 HeightAdjustableMin?:Integer4 HeightAdjustableMax?:Integer4 SeatingHeight?:Integer4 RearOverhang?:Integer4 RearOverhangAdjustableMin?:Integer4 RearOverhangAdjustableMax?:Integer4 MaximumPermissibleRearOverhang?:Integer4 MaximumPermissibleLength?:Integer5 MaximumPermissibleLengthMin?:Integer5 MaximumPermissibleLengthMax?:Integer5 MaximumPermissibleWidth?:Integer4 MaximumPermissibleWidthMin?:Integer4 MaximumPermissibleWidthMax?:Integer4 MaximumPermissibleHeight?:Integer4 MaximumPermissibleHeightMin?:Integer4 MaximumPermissibleHeightMax?:Integer4 LengthLoadingArea?:Integer5 LengthLoadingAreaAdjustableMin?:Integer5 LengthLoadingAreaAdjustableMax?:Integer5 ElongatedCabIndicator?:Indicator AerodynamicDeviceEquipped?:AerodynamicDeviceEquippedCode MaximumAuthorisedDimensionsDerogationIndicator?:Indicator
MassGroup all MassInRunningOrder?:Integer6 MassInRunningOrderVariableMin?:Integer6 MassInRunningOrderVariableMax?:Integer6 ActualMass?:Integer6 MassInRunningOrderIncomplete?:Integer6 TechnicallyPermissibleMaximumLadenMass?:Integer6 TechnicallyPermissibleMaximumLadenMassVariableMin?:Integer6 TechnicallyPermissibleMaximumLadenMassVariableMax?:Integer6 MinimumMassCompleted?:Integer6 AdditionalMassAlternativePropulsion?:Integer5 AdditionalMassDueToBatteries?:Integer4 BallastMassTotal?:Integer6 ThreePointLiftingMechanismMaximumTowableMass?:Integer6 MaximumStaticVerticalMassCouplingPointTable?
MaximumStaticVerticalMassCouplingPointTable sequence MaximumStaticVerticalMassCouplingPointGroup*
MaximumStaticVerticalMassCouplingPointGroup all MechanicalCouplingNumberVerticalMass?:Integer3 TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint:Integer6
TowingBrakedTypeTrailTable sequence TowingBrakedTypeTrailGroup*
TowingBrakedTypeTrailGroup all MechanicalCouplingNumberTowingMasses?:Integer3 BrakedTypeTrail?:BrakedTypeTrailCode BodyworkTypeTable?
BodyworkTypeTable sequence BodyworkTypeGroup*
BodyworkTypeGroup all BodyworkTypeTrailer?:BodyworkTypeTrailerCode TechnicallyPermissibleMaximumCombinationMass?:Integer6 TechnicallyPermissibleMaximumTowableMass?:Integer6
InServiceMaximumMassTable sequence InServiceMaximumMassGroup*
InServiceMaximumMassGroup all InServiceMaximumPermissibleMassCountry?:EuCountryCode InServiceMaximumPermissibleMassTrafficRegulation?:Text40 InServiceMaximumPermissibleLadenMass?:Integer6 InServiceMaximumPermissibleMassCombination?:Integer6
GearGroup all GearboxType:GearboxTypeCode GearRatioTable?
GearRatioTable sequence GearRatioGroup*
GearRatioGroup all GearNumber:Integer2 GearRatio?:Decimal106 FinalDriveTable?
FinalDriveTable sequence FinalDriveGroup?*
FinalDriveGroup all FinalDriveNumber:Integer2 FinalDriveRatio?:Decimal75
FinalDriveVehicleTable sequence FinalDriveVehicleGroup*
FinalDriveVehicleGroup all FinalDriveVehicleNumber:Integer2 OverallGearRatioHighestGear?:Decimal75 FinalDriveVehicleRatio?:Decimal75
AxleTable sequence AxleGroup*
AxleGroup all AxleNumber:Integer2 TwinWheelsAxleIndicator?:Indicator SteeredAxleIndicator?:Indicator PoweredAxleIndicator?:Indicator BrakedAxleIndicator?:Indicator AxleTrack?:Integer4 AxleTrackAdjustableMin?:Integer4 AxleTrackAdjustableMax?:Integer4 LiftAxleIndicator?:Indicator LoadableAxleIndicator?:Indicator DriveAxleAirSuspensionOrEquivalentIndicator?:Indicator AxleAirSuspensionOrEquivalentIndicator?:Indicator AxleSpacing?:Integer5 AxleSpacingAdjustableMin?:Integer5 AxleSpacingAdjustableMax?:Integer5 DistributionMassRunningOrderAxle?:Integer5 DistributionMassIncompleteAxle?:Integer5 MinimalPermissibleDistributionMassCompletedAxle?:Integer5 TechnicallyPermissibleMassAxle?:Integer5 TechnicallyPermissibleMassAxleAdjustableMin?:Integer5 TechnicallyPermissibleMassAxleAdjustableMax?:Integer5 GroundClearanceBetweenAxles?:Integer4 InServiceMaximumPermissibleLadenMassAxleTable? InterconnectionWithPoweredAxleTable? TyreAxleTable?
InServiceMaximumPermissibleLadenMassAxleTable sequence InServiceMaximumPermissibleLadenMassAxleGroup*
InServiceMaximumPermissibleLadenMassAxleGroup all InServiceMaximumPermissibleLadenMassAxleCountry?:EuCountryCode InServiceMaximumPermissibleLadenMassAxleTrafficRegulation?:Text40 InServiceMaximumPermissibleLadenMassAxle?:Integer5
InterconnectionWithPoweredAxleTable sequence InterconnectionWithPoweredAxleGroup*
InterconnectionWithPoweredAxleGroup all InterconnectionWithPoweredAxleNumber:Integer2 InterconnectionWithPoweredAxleConnection?:InterconnectionWithPoweredAxleConnectionCode
TyreAxleTable sequence TyreAxleGroup*
TyreAxleGroup all TyreNumber:Integer3 TechnicallyPermissibleMaximumMassAxleTyre?:Integer6 TyreSize?:Text20 LoadCapacityIndexSingleWheel?:LoadCapacityIndex LoadCapacityIndexTwinWheel?:LoadCapacityIndex SpeedCategorySymbol?:SpeedCategorySymbolCode RimSize?:Text20 RimOffSet? TyreTubeType?:TyreTubeTypeCode TyreMaximumSpeedIndicator?:Indicator TyrePlyRatingNumber? TyreClassification?:TyreClassificationCode TyreRollingRadius?:Decimal72 TyreLoadRating?:Integer5 TyreAxleTrack?:Integer4 TyreAxleTrackAdjustableMin?:Integer4 TyreAxleTrackAdjustableMax?:Integer4 RollingResistanceClass?:RollingResistanceClassCode TyreFittedProductionIndicator?:Indicator TyreCategory?:TyreCategoryCode RecommendedTyrePressure?:Decimal72 TyreTypeTable?
TyreTypeTable sequence TyreTypeGroup*
TyreTypeGroup all TyreType:TyreTypeCode
TyreAxleMassCombinationTable sequence TyreAxleMassCombinationGroup*
TyreAxleMassCombinationGroup all TyreAxleCombinationNumber:Integer3 MaximumPermissibleMassTyreAxleCombination?:Integer6 MaximumPermissibleVerticalLoadOnCouplingPointTyreCombination?:Integer6 TyreAxleCouplingPointTyreCombinationTable? TyreAxleCombinationTable?
TyreAxleCouplingPointTyreCombinationTable sequence TyreAxleCouplingPointTyreCombinationGroup*
TyreAxleCouplingPointTyreCombinationGroup all MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination:Integer3 MaximumPermissibleVerticalLoadOnCouplingPointTyreCombinationCoupling?:Integer6
TyreAxleCombinationTable sequence TyreAxleCombinationGroup*
TyreAxleCombinationGroup all AxleNumberCombination:Integer2 TyreNumberCombination:Integer3
AxleGroupTable sequence AxleGroupGroup*
AxleGroupGroup all AxleGroupNumber:Integer2 TechnicallyPermissibleMassAxleGroup:Integer6 InServiceMaximumPermissibleLadenMassAxleGroupTable? AxleGroupMemberTable?
InServiceMaximumPermissibleLadenMassAxleGroupTable sequence InServiceMaximumPermissibleLadenMassAxleGroupGroup*
InServiceMaximumPermissibleLadenMassAxleGroupGroup all InServiceMaximumPermissibleLadenMassAxleGroupCountry?:EuCountryCode InServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation?:Text40 InServiceMaximumPermissibleAxleGroupLadenMass?:Integer5
AxleGroupMemberTable sequence AxleGroupMemberGroup{2,}
AxleGroupMemberGroup all MemberAxleNumber:Integer2
BrakingTransmissionTable sequence BrakingTransmissionGroup*
BrakingTransmissionGroup all BrakingTransmissionPrincipal?:BrakingTransmissionPrincipalCode BrakingTransmissionPowerAssist?:BrakingTransmissionPowerAssistCode
ColourTable sequence ColourGroup*
ColourGroup all Colour:ColourCode
BodyworkTable sequence BodyworkGroup*
BodyworkGroup all CodeForBodywork?:BodyworkCode SpecialPurposeDesignation?:SpecialPurposeDesignationCode OtherBodywork?:Text200 CodeForBodyworkSupplementTable? VehicleClassTable?
CodeForBodyworkSupplementTable sequence CodeForBodyworkSupplementGroup*
CodeForBodyworkSupplementGroup all CodeForBodyworkSupplement:CodeForBodyworkSupplementCode
VehicleClassTable sequence VehicleClassGroup*
VehicleClassGroup all VehicleClass:VehicleClassCode
ConfigurationDoorsGroup all NumberOfDoorsFront?:Integer2 NumberOfDoorsLeft?:Integer2 NumberOfDoorsRight?:Integer2 NumberOfDoorsBack?:Integer2
WltpEmissionTestParametersGroup all WltpEmissionTestMass?:Integer6 WltpFrontalArea?:Decimal86 WltpRoadLoadCoefficientF0?:RoadLoadCoefficient WltpRoadLoadCoefficientF1?:RoadLoadCoefficient WltpRoadLoadCoefficientF2?:RoadLoadCoefficient ProjectedFrontalAreaAirEntranceFrontGrill?:Integer6 DrivingCycleClass?:DrivingCycleClassCode DrivingCycleDownscalingFactor? DrivingCycleCappedSpeedIndicator?:Indicator
MechanicalCouplingTable sequence MechanicalCouplingGroup*
MechanicalCouplingGroup all MechanicalCouplingNumber:Integer3 MechanicalCouplingLocation?:MechanicalCouplingLocationCode MechanicalCouplingTypeAccordingAppendixEU?:Text120 MechanicalCouplingMake?:Text52 MechanicalCouplingManufacturersTypeDesignation?:Text40 MechanicalCouplingApprovalMark?:Text80 MechanicalCouplingApprovalNumber?:Text50 MechanicalCouplingValueD?:Decimal62 MechanicalCouplingValueDc?:Decimal62 MechanicalCouplingValueV?:Decimal62 MechanicalCouplingValueS?:Integer6 MechanicalCouplingValueU?:Decimal62 MechanicalCouplingValueHorizontalLoad?:Integer6 MechanicalCouplingTechnicallyPermissibleTowableMass?:Decimal52 MechanicalCouplingHeightAboveGround?:Integer4 MechanicalCouplingHeightAboveGroundAdjustableMin?:Integer4 MechanicalCouplingHeightAboveGroundAdjustableMax?:Integer4 DistanceCentreCouplingDeviceLastAxle?:Integer5 DistanceCentreCouplingDeviceLastAxleAdjustableMin?:Integer5 DistanceCentreCouplingDeviceLastAxleAdjustableMax?:Integer5 DistanceFrontEndCentreCoupling?:Integer5 DistanceFrontEndCentreCouplingAdjustableMin?:Integer5 DistanceFrontEndCentreCouplingAdjustableMax?:Integer5 DistanceCentreCouplingRearEnd?:Integer5 DistanceCentreCouplingRearEndAdjustableMin?:Integer5 DistanceCentreCouplingRearEndAdjustableMax?:Integer5 DistanceCouplingPointFirstAxle?:Integer6 DistanceCouplingPointFirstAxleAdjustableMin?:Integer6 DistanceCouplingPointFirstAxleAdjustableMax?:Integer6 MechanicalCouplingDistributionMassRunningOrder?:Integer5 MechanicalCouplingMinimumDistributionMassCompleted?:Integer5 MechanicalCouplingPartsTable?
MechanicalCouplingPartsTable sequence MechanicalCouplingPartsGroup*
MechanicalCouplingPartsGroup all MechanicalCouplingPartsTypeAccordingAppendixEU?:Text120 MechanicalCouplingPartsMake?:Text52 MechanicalCouplingPartsManufacturersTypeDesignation?:Text40 MechanicalCouplingPartsApprovalMark?:Text80 MechanicalCouplingPartsApprovalNumber?:Text50 MechanicalCouplingPartsValueD?:Decimal62 MechanicalCouplingPartsValueDc?:Decimal62 MechanicalCouplingPartsValueV?:Decimal62 MechanicalCouplingPartsValueS?:Integer6 MechanicalCouplingPartsValueU?:Decimal62
MechanicalCouplingCanBeFittedTable sequence MechanicalCouplingCanBeFittedGroup*
MechanicalCouplingCanBeFittedGroup all MechanicalCouplingCanBeFittedType?:Text80 MechanicalCouplingCanBeFittedClass?:MechanicalCouplingCanBeFittedClassCode MechanicalCouplingCanBeFittedValueD?:Decimal62 MechanicalCouplingCanBeFittedValueDc?:Decimal62 MechanicalCouplingCanBeFittedValueV?:Decimal62 MechanicalCouplingCanBeFittedValueS?:Integer6 MechanicalCouplingCanBeFittedValueU?:Decimal62
EnergyConvertorTable sequence EnergyConvertorGroup*
EnergyConvertorGroup all ManufacturerEnergyConvertor?:Text150 EnergyConvertorCodeMarkedOnEnergyConvertor?:Text40 EnergyConvertorTypeApprovalNumber?:Text50 CategorySubCategoryEnergyConvertor?:CategorySubCategoryEnergyConvertorCode WorkingPrinciple?:WorkingPrincipleCode CombustionCycle?:CombustionCycleCode NumberOfCylinders?:Integer2 ArrangementCylinders?:ArrangementCylindersCode EngineCapacity?:Decimal72 EnergySourceTable? AdditionalEnergySourceTable?
EnergySourceTable sequence EnergySourceGroup*
EnergySourceGroup all EnergySource:EnergySourceCode PowerMassRatio?:Decimal32 SmokeCorrectedAbsorptionCoefficient?:Decimal95 MaximumAcceptableAmountPercentageBiofuel?:Decimal52 SoundLevelGroup? PowerGroup? TestTypeIGroup? TestTypeIIGroup? TestTypeVIIGroup? TestNrscGroup? TestWhscGroup? TestNrtcGroup? TestWhtcGroup? TestRdeGroup? TestWltpType1Group? TestWltpCo2Group? TestWltpFuelConsumptionGroup? TestWltpElectricRangeGroup? TestWltpEnergyConsumptionGroup? TestFamilyIdentifiersTable?
SoundLevelGroup all SoundLevelExternalRegulation?:Text50 SoundLevelStationary?:Decimal52 SoundLevelStationaryEngineSpeed?:Integer5 SoundLevelDriveBy?:Decimal52 SoundLevelLimitValueLUrban?:Decimal52 SoundLevelDriverPerceivedRegulation?:Text50 SoundLevelDriverPerceivedOpenCab?:Decimal52 SoundLevelDriverPerceivedClosedCab?:Decimal52 SoundLevelDriverPerceivedTestMethod?:Text50
PowerGroup all MaximumNetPowerCombustion?:Decimal62 EngineSpeedMaximumNetPower?:Integer5 EngineSpeedMaximumNetPowerMin?:Integer5 EngineSpeedMaximumNetPowerMax?:Integer5 Maximum15MinutesPower?:Decimal62 Maximum30MinutesPower?:Decimal62 MaximumNetPowerElectric?:Decimal62 DeclaredRatedNetPower?:Decimal62
TestTypeIGroup all TypeICo?:Decimal95 TypeIThc?:Decimal95 TypeINox?:Decimal95 TypeINmhc?:Decimal95 TypeIHcNox?:Decimal95 TypeIParticulates?:Decimal95
TestTypeIIGroup all TypeIIHcAtNormalIdleEngineSpeed?:Decimal95 TypeIIHcAtHighIdleEngineSpeed?:Decimal95 TypeIICoAtNormalIdleSpeed?:Decimal64 TypeIICoAtHighIdleEngineSpeed?:Decimal64
TestTypeVIIGroup all TypeVIICo2?:Decimal95 TypeVIIFuelConsumption?:Decimal53 TypeVIIEnergyConsumption?:Decimal72 TypeVIIElectricRange?:Integer5 TypeVIICo2WeightedCombined?:Decimal52 TypeVIIFuelConsumptionWeightedCombined?:Decimal53 TypeVIIEnergyConsumptionWeightedCombined?:Decimal72 TypeVIIElectricRangeWeightedCombined?:Integer5
TestNrscGroup all NrscCo?:Decimal95 NrscHc?:Decimal95 NrscNox?:Decimal95 NrscHcNox?:Decimal95 NrscParticulates?:Decimal95 NrscNumberOfParticles?:Decimal95 NrscNumberOfParticlesExponent?:Integer2 NrscTestCycle?:NrscTestCycleCode NrscCo2?:Decimal95
TestWhscGroup all WhscCo?:Decimal95 WhscThc?:Decimal95 WhscNox?:Decimal95 WhscNmhc?:Decimal95 WhscHcNox?:Decimal95 WhscNh3?:Decimal95 WhscParticulates?:Decimal95 WhscNumberOfParticles?:Decimal95 WhscNumberOfParticlesExponent?:Integer2 WhscCo2?:Decimal95
TestNrtcGroup all NrtcCo?:Decimal95 NrtcHc?:Decimal95 NrtcNox?:Decimal95 NrtcHcNox?:Decimal95 NrtcParticulates?:Decimal95 NrtcNumberOfParticles?:Decimal95 NrtcNumberOfParticlesExponent?:Integer2 NrtcTestCycle?:NrtcTestCycleCode NrtcCo2?:Decimal95
TestWhtcGroup all WhtcCo?:Decimal95 WhtcNox?:Decimal95 WhtcNmhc?:Decimal95 WhtcThc?:Decimal95 WhtcCh4?:Decimal95 WhtcNh3?:Decimal95 WhtcParticulates?:Decimal95 WhtcNumberOfParticles?:Decimal95 WhtcNumberOfParticlesExponent?:Integer2 WhtcHcNox?:Decimal95
TestRdeGroup all RdeCompleteNox?:Decimal82 RdeCompleteNumberOfParticles?:Decimal95 RdeCompleteNumberOfParticlesExponent?:Integer2 RdeUrbanNox?:Decimal82 RdeUrbanNumberOfParticles?:Decimal95 RdeUrbanNumberOfParticlesExponent?:Integer2
TestWltpType1Group all WltpType1Co?:Decimal82 WltpType1Thc?:Decimal82 WltpType1Nmhc?:Decimal82 WltpType1Nox?:Decimal82 WltpType1ThcNox?:Decimal82 WltpType1Nh3?:Decimal82 WltpType1Particulates?:Decimal95 WltpType1NumberOfParticles?:Decimal95 WltpType1NumberOfParticlesExponent?:Integer2
TestWltpCo2Group all WltpCo2Low?:Decimal52 WltpCo2Medium?:Decimal52 WltpCo2High?:Decimal52 WltpCo2ExtraHigh?:Decimal52 WltpCo2Combined?:Decimal52 WltpCo2WeightedCombined?:Decimal52 WltpCo2ChargeSustainingLow?:Decimal52 WltpCo2ChargeSustainingMedium?:Decimal52 WltpCo2ChargeSustainingHigh?:Decimal52 WltpCo2ChargeSustainingExtraHigh?:Decimal52 WltpCo2ChargeSustainingCombined?:Decimal52 WltpCo2ChargeDepletingCombined?:Decimal52
TestWltpFuelConsumptionGroup all WltpFuelConsumptionLow?:Decimal53 WltpFuelConsumptionMedium?:Decimal53 WltpFuelConsumptionHigh?:Decimal53 WltpFuelConsumptionExtraHigh?:Decimal53 WltpFuelConsumptionCombined?:Decimal53 WltpFuelConsumptionWeightedCombined?:Decimal53 WltpFuelConsumptionChargeSustainingLow?:Decimal53 WltpFuelConsumptionChargeSustainingMedium?:Decimal53 WltpFuelConsumptionChargeSustainingHigh?:Decimal53 WltpFuelConsumptionChargeSustainingExtraHigh?:Decimal53 WltpFuelConsumptionChargeSustainingCombined?:Decimal53 WltpFuelConsumptionChargeDepletingCombined?:Decimal53
TestWltpElectricRangeGroup all WltpPureElectricRange?:Integer5 WltpPureElectricRangeCity?:Integer5 WltpEquivalentAllElectricOffVehicleChargingRange?:Integer5 WltpEquivalentAllElectricOffVehicleChargingRangeCity?:Integer5 WltpAllElectricOffVehicleChargingRange?:Integer5 WltpAllElectricOffVehicleChargingRangeCity?:Integer5
TestWltpEnergyConsumptionGroup all WltpEnergyConsumptionPureElectricLow?:Decimal72 WltpEnergyConsumptionPureElectricMedium?:Decimal72 WltpEnergyConsumptionPureElectricHigh?:Decimal72 WltpEnergyConsumptionPureElectricExtraHigh?:Decimal72 WltpEnergyConsumptionPureElectricCombined?:Decimal72 WltpEnergyConsumptionExternallyChargedLow?:Decimal72 WltpEnergyConsumptionExternallyChargedMedium?:Decimal72 WltpEnergyConsumptionExternallyChargedHigh?:Decimal72 WltpEnergyConsumptionExternallyChargedExtraHigh?:Decimal72 WltpEnergyConsumptionExternallyChargedCity?:Decimal72 WltpEnergyConsumptionExternallyChargedCombined?:Decimal72 WltpEnergyConsumptionExternallyChargedWeightedCombined?:Decimal72
TestFamilyIdentifiersTable sequence TestFamilyIdentifiersGroup*
TestFamilyIdentifiersGroup all TestFamilyIdentifier:TestFamilyIdentifierCode TestFamilyIdentifierValue:Text100
AdditionalEnergySourceTable sequence AdditionalEnergySourceGroup*
AdditionalEnergySourceGroup all AdditionalEnergySource:EnergySourceCode
EcoInnovationsTable sequence EcoInnovationsGroup*
EcoInnovationsGroup all EcoInnovationCountry:TypeApprovalCountryCode GeneralCodeEcoInnovation:GeneralCodeEcoInnovationCode
VectoGroup all CryptographicHashManufacturerRecord?:Text64 ZeroEmissionHeavyDutyIndicator?:Indicator VocationalVehicleIndicator?:Indicator CryptographicHashCustomerInformationFile?:Text64 AveragePayload?:Decimal95 AverageOccupancy?:Decimal52 VehicleGroup?:VehicleGroupCode VehicleSubgroup?:VehicleSubgroupCode CryptographicHashVehicleFile?:Text64 CargoVolume?:Decimal63 VolumeOrientationIndicator?:Indicator SpecificCo2EmissionsMass?:Decimal95 SpecificCo2EmissionsPerson?:Decimal95 EfficiencyRatioKilometer?:Decimal95 EfficiencyRatioTonKilometer?:Decimal95 EfficiencyRatioM3Kilometer?:Decimal95
TypeApprovalTransportDangerousGoodsTable sequence TypeApprovalTransportDangerousGoodsGroup*
TypeApprovalTransportDangerousGoodsGroup all TypeApprovalTransportDangerousGoodsClass:TypeApprovalTransportDangerousGoodsClassCode
AdvancedSafetySystemsTable sequence AdvancedSafetySystemsGroup*
AdvancedSafetySystemsGroup all AdvancedSafetySystem:AdvancedSafetySystemCode
TrackTrainGroup all TrackTrainCrawlerUndercarriageConfiguration?:TrackTrainCrawlerUndercarriageConfigurationCode TrackTrainNumberOfBrakedSet?:Integer2 TrackTrainNumberOfPoweredSet?:Integer2 TrackTrainSteeringBySpeedSideIndicator?:Indicator TrackTrainSteeringByArticulationCentreAxisIndicator?:Indicator TrackTrainSteeringByArticulationCentreAxisDirectionIndicator?:Indicator TrackTrainSteeringByPivotingOppositeIndicator?:Indicator
SpecialPurposesConstructionCharacteristicsGroup all FallingObjectsProtectiveStructureForestryIndicator?:Indicator FallingObjectsProtectiveStructureNonForestryIndicator?:Indicator ProtectionPenetratingObjectsForestryIndicator?:Indicator ProtectionPenetratingObjectsNonForestryIndicator?:Indicator CabCategory?:CabCategoryCode DustFilterIndicator?:Indicator AerosolIndicator?:Indicator VapourFilterIndicator?:Indicator MachineryMountedIndicator?:Indicator GeneralDescriptionMachinery?:Text500
TrailerBrakeTable sequence TrailerBrakeGroup*
TrailerBrakeGroup all TrailerBrakeControlSystemTechnology?:TrailerBrakeControlSystemTechnologyCode TrailerBrakeTechnologyConnectionsType?:TrailerBrakeTechnologyConnectionsTypeCode TrailerBrakePressFeedLineBraking?:Decimal72
BallastSetTable sequence BallastSetGroup*
BallastSetGroup all BallastSetNumber:Integer2 BallastSetNumberOfComponents?:Integer3
DriverSeatTypeCategoryTable sequence DriverSeatTypeCategoryGroup*
DriverSeatTypeCategoryGroup all DriverSeatTypeCategory:DriverSeatTypeCategoryCode DriverSeatTypeCategoryClassTable?
DriverSeatTypeCategoryClassTable sequence DriverSeatTypeCategoryClassGroup*
DriverSeatTypeCategoryClassGroup all DriverSeatTypeCategoryClass:DriverSeatTypeCategoryClassCode
LoadPlatformTable sequence LoadPlatformGroup*
LoadPlatformGroup all LoadPlatformHeightAboveGround?:Integer5 LoadPlatformLength?:Integer5 LoadPlatformWidth?:Integer5 LoadPlatformLoadCapacity?:Integer6
RollOverProtectiveStructureTable sequence RollOverProtectiveStructureGroup*
RollOverProtectiveStructureGroup all RollOverProtectiveMake?:Text52 RollOverProtectiveTypeApprovalNumber?:Text120 RollOverProtectiveEquipment?:RollOverProtectiveEquipmentCode RollOverProtectiveStructure?:RollOverProtectiveStructureCode RollOverProtectiveFoldable?:RollOverProtectiveFoldableCode RollOverProtectiveFoldingOperation?:RollOverProtectiveFoldingOperationCode RollOverProtectiveHandOperated?:RollOverProtectiveHandOperatedCode RollOverProtectiveLockingMechanism?:RollOverProtectiveLockingMechanismCode RollOverProtectivePosition?:RollOverProtectivePositionCode
PowerTakeOffTable sequence PowerTakeOffGroup*
PowerTakeOffGroup all PowerTakeOffType?:PowerTakeOffTypeCode PowerTakeOffPosition?:PowerTakeOffPositionCode PowerTakeOffPositionOtherDescription?:Text200 PowerTakeOffPowerTable?
PowerTakeOffPowerTable sequence PowerTakeOffPowerGroup*
PowerTakeOffPowerGroup all PowerTakeOffRatedSpeedRange?:Text15 PowerTakeOffEngineSpeed?:Integer5 PowerTakeOffPower?:Decimal62
TrackSetTable sequence TrackSetGroup*
TrackSetGroup all TrackSetNumber:Integer3 TrackSetBrakedIndicator?:Indicator TrackSetPoweredIndicator?:Indicator TrackTrainSetTable?
TrackTrainSetTable sequence TrackTrainSetGroup*
TrackTrainSetGroup all TrackTrainSetLength?:Integer5 TrackTrainSetWidth?:Integer5 TrackTrainSetAverageContactPressureGround?:Decimal95 TrackTrainSetMaximumPermissibleMass?:Integer6 TrackTrainSetMaximumPermissibleMassVehicle?:Integer6 TrackTrainSetMaximumPermissibleVerticalLoadOnCouplingPoint?:Integer5 TrackTrainSetRollerTable? TrackTrainSetCouplingPointTable?
TrackTrainSetRollerTable sequence TrackTrainSetRollerGroup*
TrackTrainSetRollerGroup all TrackTrainSetRollerNumber:Integer2 TrackTrainSetRollerMaximumload?:Integer6
TrackTrainSetCouplingPointTable sequence TrackTrainSetCouplingPointGroup*
TrackTrainSetCouplingPointGroup all MechanicalCouplingNumberOfTrackTrainCouplingPoint?:Integer3 MaximumPermissibleVerticalLoadOnCouplingPointTrackTrainCoupling?:Integer6
ProvisionalApprovalTerritoryTable sequence ProvisionalApprovalTerritoryGroup*
ProvisionalApprovalTerritoryGroup all ProvisionalApprovalTerritoryCountry:ViennaCountryCode
RemarkTable sequence RemarkGroup*
RemarkGroup all RemarkSubjectDescription:RemarkSubjectDescriptionCode RemarkSubjectLanguage:EuLanguageCode Remark:Text2000
SubjectApprovalTable sequence SubjectApprovalGroup*
SubjectApprovalGroup all SubjectApprovalCertificateNumber:Text80
`,
  types: `
AdvancedBrakingSystemCode xs:string maxLength=3 | ABS|ACB|CBS|NON
AdvancedSafetySystemCode xs:string maxLength=15 | AEBS|ELKS|ISA|DDAW|EDR|AIF|ESS|TPMS|ADDW|DAM|ADS|eCall|BSIS|Platooning|CDCF|LDWS
AerodynamicDeviceEquippedCode xs:string maxLength=5 | BOTH|FRONT|NONE|REAR
ArrangementCylindersCode xs:string maxLength=3 | LI|O|R|S|V|W
AutomatedVehicleCode xs:string maxLength=5 | AUTOM|FULAT|NONAT
BodyworkCode xs:string maxLength=2 | AA|AB|AC|AD|AE|AF|AG|BA|BB|BC|BD|BE|BX|CA|CB|CC|CD|CE|CF|CG|CH|CI|CJ|CX|DA|DB|DC|DE|DF|DG
BrakedTypeTrailCode xs:string maxLength=3 | BRK|HDB|INB|PNB|PNH|UNB
BrakingTransmissionPowerAssistCode xs:string maxLength=3 | WPT|PAT|FPT
BrakingTransmissionPrincipalCode xs:string maxLength=5 | MECHA|PNEU|HYDRL|HYDST
CabCategoryCode xs:string maxLength=2 | 2|3|4
CategoryHybridElectricVehicleCode xs:string maxLength=5 | OVC|NOVC
ClassHybridVehicleCode xs:string maxLength=15 | OVC-HEV|NOVC-HEV|OVC-FCHV|NOVC-FCHV
CodeForBodyworkSupplementCode xs:string maxLength=2 | 01|02|03|04|05|06|07|08|09|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30|31|32|99
ColourCode xs:string maxLength=2 | 1|2|3|4|5|6|7|8|9|10
CombustionCycleCode xs:string maxLength=3 | 2ST|4ST|ROT|OTH
CompletedAlteredCode xs:string maxLength=1 | A|B|C
TrackTrainCrawlerUndercarriageConfigurationCode xs:string maxLength=3 | STF|STR|TFR|CTT
Date xs:date
DateTime xs:dateTime
Decimal32 xs:decimal totalDigits=3 fractionDigits=2 minInclusive=0 maxInclusive=9.99
Decimal52 xs:decimal totalDigits=5 fractionDigits=2 minInclusive=0 maxInclusive=999.99
Decimal53 xs:decimal totalDigits=5 fractionDigits=3 minInclusive=0 maxInclusive=99.999
Decimal62 xs:decimal totalDigits=6 fractionDigits=2 minInclusive=0 maxInclusive=9999.99
Decimal63 xs:decimal totalDigits=6 fractionDigits=3 minInclusive=0 maxInclusive=999.999
Decimal64 xs:decimal totalDigits=6 fractionDigits=4 minInclusive=0 maxInclusive=99.9999
Decimal72 xs:decimal totalDigits=7 fractionDigits=2 minInclusive=0 maxInclusive=99999.99
Decimal75 xs:decimal totalDigits=7 fractionDigits=5 minInclusive=0 maxInclusive=99.99999
Decimal82 xs:decimal totalDigits=8 fractionDigits=2 minInclusive=0 maxInclusive=999999.99
Decimal86 xs:decimal totalDigits=8 fractionDigits=6 minInclusive=0 maxInclusive=99.999999
Decimal95 xs:decimal totalDigits=9 fractionDigits=5 minInclusive=0 maxInclusive=9999.99999
Decimal106 xs:decimal totalDigits=10 fractionDigits=6 minInclusive=0 maxInclusive=9999.999999
BodyworkTypeTrailerCode xs:string maxLength=3 | DA|DB|DC|DE
DriverSeatTypeCategoryClassCode xs:string maxLength=5 | I|II|III
DriverSeatTypeCategoryCode xs:string maxLength=3 | A|B
DrivingCycleClassCode xs:string maxLength=3 | 1|2|3a|3b
DrivingCycleDownscalingFactor xs:decimal totalDigits=5 fractionDigits=3 minInclusive=-99.999 maxInclusive=99.999
DualFuelTypeCode xs:string maxLength=10 | Type 1A|Type 1B|Type 2A|Type 2B|Type 3B
ElectricVehicleConfigurationCode xs:string maxLength=5 | HYBRE|MNPWE|PUREE
EnergySourceCode xs:string maxLength=2 | 10|11|12|15|16|19|20|21|22|30|40|44|50|55|60|90|91|95
EuCountryCode xs:string maxLength=2 | AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK|UK
EuLanguageCode xs:string maxLength=2 | bg|cs|da|de|el|en|es|et|fi|fr|ga|hr|hu|it|lt|lv|mt|nl|pl|pt|ro|sk|sl|sv
ExhaustEmissionLevel xs:string maxLength=25 | Euro 0|Euro 1|Euro 2|Euro 3|Euro 4|Euro 5|Euro 5+|Euro 5 A|Euro 5 B|Euro 5 C|Euro 5 D|Euro 5 E|Euro 5 F|Euro 5 G|Euro 5 H|Euro 5 I|Euro 5 J|Euro 5 K|Euro 5 L|Euro 5 M|Euro 6|Euro 6 AA|Euro 6 AB|Euro 6 AC|Euro 6 AD|Euro 6 AE|Euro 6 AF|Euro 6 AG|Euro 6 AH|Euro 6 AI|Euro 6 AJ|Euro 6 AK|Euro 6 AL|Euro 6 AM|Euro 6 AN|Euro 6 AO|Euro 6 AP|Euro 6 AQ|Euro 6 AR|Euro 6 BA|Euro 6 BB|Euro 6 BC|Euro 6 BG|Euro 6 BH|Euro 6 BI|Euro 6 CG|Euro 6 CH|Euro 6 CI|Euro 6 DG|Euro 6 EA|Euro 6 EB|Euro 6 EC|Euro 6 N|Euro 6 O|Euro 6 P|Euro 6 PLN|Euro 6 Q|Euro 6 R|Euro 6 S|Euro 6 T|Euro 6 U|Euro 6 V|Euro 6 W|Euro 6 X|Euro 6 Y|Euro 6 ZA|Euro 6 ZB|Euro 6 ZC|Euro 6 ZD|Euro 6 ZE|Euro 6 ZF|Euro 6 ZG|Euro 6 ZH|Euro 6 ZI|Euro 6 ZJ|Euro 6 ZK|Euro 6 ZL|Euro 7 FE|Euro 7 FL|Euro 7 GE|Euro 7 GL|Euro 7 GS|Euro 7 GT|Euro 7 HE|Euro 7 HL|Euro 7 HS|Euro 7 HT|Euro 7 TE|Euro 7 TL|Euro 7 TS|Euro 7 TT|Euro V G|Euro V K|EEV|EEV K|Euro I|Euro II|Euro III|Euro IV|Euro V|Euro VI|Euro VI A|Euro VI B|Euro VI C|Euro VI D|Euro VI E|Euro VI E+|AX|AY|AZ|ZX|ZY|ZZ
FuellingArrangementCode xs:string maxLength=3 | D1A|D1B|D2A|D2B|D3B|G|L
FuelTypeCode xs:string maxLength=1 | B|D|F|M
GearboxTypeCode xs:string maxLength=1 | A|C|D|F|G|H|M|O|S|W
GeneralCodeEcoInnovationCode xs:string maxLength=2 | 28|29|32|33|35|37|38
IviReferenceId xs:string pattern=[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}
Indicator xs:string maxLength=1 | Y|N
Integer2 xs:short minInclusive=0 maxInclusive=99
Integer3 xs:short minInclusive=0 maxInclusive=999
Integer4 xs:short minInclusive=0 maxInclusive=9999
Integer5 xs:int minInclusive=0 maxInclusive=99999
Integer6 xs:int minInclusive=0 maxInclusive=999999
InterconnectionWithPoweredAxleConnectionCode xs:string maxLength=5 | TRANS|ELECT|SHAFT
IviVersionNumberXsd xs:string maxLength=8 | 2.0
LoadCapacityIndex xs:int minInclusive=0 maxInclusive=279
MechanicalCouplingLocationCode xs:string maxLength=5 | FRONT|REAR
LocationMarkingsSubjectCode xs:string maxLength=5 | VIN|STAT
LocationMarkingsVehiclePartCode xs:string maxLength=5 | ENGCT|PASCT|LUGCT|INSPL|DRAWB|CHASS|APILR|BPILR|CPILR|DPILR
LocationMarkingsVehiclePartSideCode xs:string maxLength=10 | FRONTSIDE|LEFTSIDE|RIGHTSIDE|BACKSIDE
LocationMarkingsVehiclePartSideSectionCode xs:string maxLength=10 | BACK|FRONT|LEFT|MIDDLE|RIGHT
MechanicalCouplingCanBeFittedClassCode xs:string maxLength=15 | A|A50-1|A50-2|A50-3|A50-4|A50-5|A50-X|B|B50-X|C|C50-1|C50-2|C50-3|C50-4|C50-5|C50-6|C50-7|C50-X|D|D50-A|D50-B|D50-C|D50-D|D50-X|E|F|G|G50|G50-X|H|H50-X|J|K|K1|K2|K3|K4|KA1|KA2|KA3|L|L1|L2|L3|L4|L5|S|T|W
MethodAttachmentStatutoryPlateCode xs:string maxLength=2 | A1|A2|A3|A4
MetricImperialOdometerCode xs:string maxLength=1 | B|I|M
MetricImperialSpeedometerCode xs:string maxLength=1 | B|I|M
NrscTestCycleCode xs:string maxLength=3 | C1|C2|D2|E2|E3|F|G1|G2|G3|H
NrtcTestCycleCode xs:string maxLength=15 | NRTC|LSI-NRTC
OptionalCode xs:string maxLength=1 | Y|N|O
PowerTakeOffPositionCode xs:string maxLength=5 | FRONT|OTHER|REAR
PowerTakeOffTypeCode xs:string maxLength=5 | MNPTO|SCPTO
RemarkSubjectDescriptionCode xs:string maxLength=5 | ADINF|COMTS|EXEMP|RMRKS
RightLeftHandTrafficCode xs:string maxLength=5 | BOTH|LEFT|RIGHT
RimOffSet xs:decimal totalDigits=6 fractionDigits=3 minInclusive=-999.999 maxInclusive=999.999
RoadLoadCoefficient xs:decimal totalDigits=9 fractionDigits=6 minInclusive=-999.999999 maxInclusive=999.999999
RollingResistanceClassCode xs:string maxLength=1 | A|B|C|D|E|F|G
RollOverProtectiveFoldableCode xs:string maxLength=5 | FOLDA|NFOLD
RollOverProtectiveStructureCode xs:string maxLength=3 | CAB|FRA|ROL
RollOverProtectiveEquipmentCode xs:string maxLength=3 | CMP|OPT|STD
RollOverProtectiveFoldingOperationCode xs:string maxLength=5 | NNAST|PTAST|FLAST
RollOverProtectiveHandOperatedCode xs:string maxLength=5 | WTHLS|WTTLS
RollOverProtectiveLockingMechanismCode xs:string maxLength=5 | MANUL|AUTOM
RollOverProtectivePositionCode xs:string maxLength=5 | BOTH|FRONT|REAR
SeatingPositionConfigurationCode xs:string maxLength=3 | SAD|SEA
SpecialPurposeDesignationCode xs:string maxLength=2 | SA|SB|SC|SD|SE|SF|SG|SH|SJ|SK|SL|SM
SpeedCategorySymbolCode xs:string maxLength=5 | A1|A2|A3|A4|A5|A6|A7|A8|B|C|D|E|F|G|H|I|J|K|L|M|N|P|Q|R|S|T|U|V|W|Y|Z
StageOfCompletionCode xs:string maxLength=1 | C|I|V
SteeringCategoryCode xs:string maxLength=5 | DIFFL|HYDRL|MANUL|POWER|SERVO
CategorySubCategoryEnergyConvertorCode xs:string maxLength=9 | NRE-v-1|NRE-v-2|NRE-v-3|NRE-v-4|NRE-v-5|NRE-v-6|NRE-v-7|NRE-c-1|NRE-c-2|NRE-c-3|NRE-c-4|NRE-c-5|NRE-c-6|NRG-v-1|NRG-c-1|NRS-vr-1a|NRS-vr-1b|NRS-vi-1a|NRS-vi-1b|NRS-v-2a|NRS-v-2b|NRS-v-3|ATS-v-1
SubFuelTypeCode xs:string maxLength=5 | LNG|RH|RL|U
TestFamilyIdentifierCode xs:string maxLength=5 | ATCT|EV|IP|OM|PEMS|PR|RL|RM
Text2 xs:string minLength=1 maxLength=2
Text10 xs:string minLength=1 maxLength=10
Text15 xs:string minLength=1 maxLength=15
Text20 xs:string minLength=1 maxLength=20
Text25 xs:string minLength=1 maxLength=25
Text30 xs:string minLength=1 maxLength=30
Text35 xs:string minLength=1 maxLength=35
Text40 xs:string minLength=1 maxLength=40
Text50 xs:string minLength=1 maxLength=50
Text52 xs:string minLength=1 maxLength=52
Text64 xs:string minLength=1 maxLength=64
Text80 xs:string minLength=1 maxLength=80
Text100 xs:string minLength=1 maxLength=100
Text120 xs:string minLength=1 maxLength=120
Text130 xs:string minLength=1 maxLength=130
Text150 xs:string minLength=1 maxLength=150
Text200 xs:string minLength=1 maxLength=200
Text400 xs:string minLength=1 maxLength=400
Text500 xs:string minLength=1 maxLength=500
Text2000 xs:string minLength=1 maxLength=2000
Text4000 xs:string minLength=1 maxLength=4000
ThreePointLiftingMechanismCode xs:string maxLength=5 | BOTH|INEXT|FRONT|REAR
TrailerBrakeControlSystemTechnologyCode xs:string maxLength=5 | COMPE|ELECT|HYDRL|INERT|MECHA|NONE|PNEU
TrailerBrakeTechnologyConnectionsTypeCode xs:string maxLength=5 | 1LINE|2LINE|NONE
TypeApprovalCountryCode xs:string maxLength=4 | e1|e2|e3|e4|e5|e6|e7|e8|e9|e12|e13|e17|e18|e19|e20|e21|e23|e24|e25|e26|e27|e29|e32|e34|e36|e49|e50
TypeApprovalTypeCode xs:string maxLength=3 | NSS|ESS|EU
TyreTypeCode xs:string maxLength=7 | HL|MC|MS|REINF|RF|MST
TypeApprovalTransportDangerousGoodsClassCode xs:string maxLength=8 | EX/II|EX/III|AT|FL|MEMU
TyreCategoryCode xs:string maxLength=2 | C1|C2|C3
TyreClassificationCode xs:string maxLength=5 | F-1|F-2|F-3|G-1|G-2|G-3|I-1|I-2|I-3|I-4|I-5|I-6|LS-1|LS-2|LS-3|LS-4|R-1|R-2|R-3|R-4
TyrePlyRatingNumber xs:string maxLength=2 | 2|4|6|8|10|12|14|16|18|20|22|24
TyreTubeTypeCode xs:string maxLength=5 | TUBLS|TUBTP
VehicleCategoryCode xs:string maxLength=10 | C1a|C1b|C2a|C2b|C3a|C3b|C4.1a|C4.1b|C4.2a|C4.2b|C4.3a|C4.3b|L1e-A|L1e-B|L2e-P|L2e-U|L3e-A1|L3e-A1E|L3e-A1T|L3e-A2|L3e-A2E|L3e-A2T|L3e-A3|L3e-A3E|L3e-A3T|L4e-A1|L4e-A2|L4e-A3|L5e-A|L5e-B|L6e-A|L6e-BP|L6e-BU|L7e-A1|L7e-A2|L7e-B1|L7e-B2|L7e-CP|L7e-CU|M1|M1G|M1GS|M1S|M2|M2G|M2GS|M2S|M3|M3G|M3GS|M3S|N1|N1G|N1GS|N1S|N2|N2G|N2GS|N2S|N3|N3G|N3GS|N3S|O1|O1S|O2|O2S|O3|O3S|O4|O4S|R1a|R1b|R2a|R2b|R3a|R3b|R4a|R4b|S1a|S1b|S2a|S2b|T1a|T1b|T2a|T2b|T3a|T3b|T4.1a|T4.1b|T4.2a|T4.2b|T4.3a|T4.3b
VehicleClassCode xs:string maxLength=5 | I|II|III|A|B
VehicleGroupCode xs:string maxLength=5 | 1|10|10v|11|111|111V|112|112V|113|12|121|121V|122|122V|123|123V|124|124V|125|126|13|131|131V|132|132V|133|14|141|141V|142|142V|143|15|16|17|18|19|1s|2|221|222|223|231|232|233|3|31a|31b1|31b2|31c|31d|31e|32a|32b|32c|32d|32e|32f|33a|33b1|33b2|33c|33d|33e|34a|34b|24c|34d|34e|34f|35a|35b1|35b2|35c|36a|36b|36c|36d|36e|36f|37a|37b1|37b2|37c|37d|37e|38a|38b|38c|38d|38e|38f|39a|39b1|39b2|39c|4|40a|40b|40c|40d|40e|40f|421|421V|422|422V|423|431|431V|432|432V|433|441|441V|442|442V|443|4v|5|51|52|53|54|541|542|543|55|56|5v|6|611|611V|612|612V|621|621V|622|622V|623|623V|624|624V|625|631|631V|632|632V|633|7|8|9|9v|31|32|33|34|35|36|37|38|39|40
VehicleIdentificationNumber xs:string minLength=17 maxLength=17 pattern=[A-Z0-9]+
VehicleSubgroupCode xs:string maxLength=10 | 4-UD|4-RD|4-LH|9-RD|9-LH|5-RD|5-LH|10-RD|10-LH|P31 SD|P31 DD|P32 SD|P32 DD|P33 SD|P33 DD|P34 SD|P34 DD|P35 SD|P35 DD|P36 SD|P36 DD|P37 SD|P37 DD|P38 SD|P38 DD|P39 SD|P39 DD|P40 SD|P40 DD
ViennaCountryCode xs:string maxLength=3 | A|AL|AND|AM|AUS|AZ|B|BD|BDS|BG|BH|BIH|BR|BRN|BRU|BS|BW|BY|C|CDN|CGO|CH|CI|CL|CO|CR|CV|CY|CZ|D|DK|DOM|DZ|E|EAK|EAT|EAU|EC|EG|EST|F|FIN|FJI|FL|FO|GBA|GBG|GBJ|GBM|GBZ|GCA|GE|GH|GR|GUY|H|HK|HKJ|HR|I|IL|IND|IR|IRL|IRQ|IS|J|JA|KH|KG|KWT|KZ|L|LAO|LS|LT|LV|M|MA|MAL|MC|MD|MEX|MGL|MNE|MS|MW|MYA|N|NA|NAM|NIC|NL|NZ|OM|P|PA|PK|PAL|PE|PL|PNG|PS|PY|RA|RC|RCA|RCB|RCH|RH|RI|RL|RM|RMM|RN|RO|ROK|ROU|RP|RSM|RUS|RWA|S|SD|SGP|SK|SLO|SME|SN|SRB|SY|SYR|T|TG|TJ|TM|TN|TR|TT|UA|UAE|UK|USA|UZ|V|VN|WAG|WAL|WAN|WG|WL|WS|WV|YV|Z|ZA|ZW
WorkingPrincipleCode xs:string maxLength=5 | CMPRA|ELECT|EXTCI|EXTPI|INTCI|INTPI|TRBNE
`,
}
