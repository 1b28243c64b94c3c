import { header, identity, type RoutingElement, type ElementsByTag } from './routing-element.js';
import { routingSequences } from './routing-sequences.js';

/**
 * The plain elements of the routing header: what rules may ask about an object and what people recognise it by, PS3.6
 * chapter 6, by tag.
 *
 * Identity is every name of a person, every number a hospital gives to a patient, visit, order or examination, and where
 * and when the patient was born and lives. StudyID and the ids of procedure steps count, because scanners copy the
 * accession number into them. Sex, age, size and weight do not: many people share them, and rules ask for them.
 */
const plainElements: readonly RoutingElement[] = [
  header('SpecificCharacterSet', 0x00080005, 'CS'),
  header('ImageType', 0x00080008, 'CS'),
  header('SOPClassUID', 0x00080016, 'UI'),
  header('SOPInstanceUID', 0x00080018, 'UI'),
  header('StudyDate', 0x00080020, 'DA'),
  header('SeriesDate', 0x00080021, 'DA'),
  header('AcquisitionDate', 0x00080022, 'DA'),
  header('AcquisitionDateTime', 0x0008002a, 'DT'),
  header('StudyTime', 0x00080030, 'TM'),
  header('SeriesTime', 0x00080031, 'TM'),
  header('AcquisitionTime', 0x00080032, 'TM'),
  identity('AccessionNumber', 0x00080050, 'SH'),
  header('RetrieveAETitle', 0x00080054, 'AE'),
  header('StationAETitle', 0x00080055, 'AE'),
  header('Modality', 0x00080060, 'CS'),
  header('ConversionType', 0x00080064, 'CS'),
  header('PresentationIntentType', 0x00080068, 'CS'),
  header('Manufacturer', 0x00080070, 'LO'),
  header('InstitutionName', 0x00080080, 'LO'),
  identity('ReferringPhysicianName', 0x00080090, 'PN'),
  header('CodeValue', 0x00080100, 'SH'),
  header('CodeMeaning', 0x00080104, 'LO'),
  header('StationName', 0x00081010, 'SH'),
  header('StudyDescription', 0x00081030, 'LO'),
  header('SeriesDescription', 0x0008103e, 'LO'),
  header('InstitutionalDepartmentName', 0x00081040, 'LO'),
  identity('PerformingPhysicianName', 0x00081050, 'PN'),
  identity('OperatorsName', 0x00081070, 'PN'),
  header('ManufacturerModelName', 0x00081090, 'LO'),
  identity('PatientName', 0x00100010, 'PN'),
  identity('PatientID', 0x00100020, 'LO'),
  identity('IssuerOfPatientID', 0x00100021, 'LO'),
  identity('PatientBirthDate', 0x00100030, 'DA'),
  header('PatientSex', 0x00100040, 'CS'),
  identity('OtherPatientIDs', 0x00101000, 'LO'),
  header('PatientAge', 0x00101010, 'AS'),
  header('PatientSize', 0x00101020, 'DS'),
  header('PatientWeight', 0x00101030, 'DS'),
  identity('PatientAddress', 0x00101040, 'LO'),
  identity('PatientComments', 0x00104000, 'LT'),
  header('ClinicalTrialProtocolID', 0x00120020, 'LO'),
  identity('ClinicalTrialSubjectID', 0x00120040, 'LO'),
  header('PatientIdentityRemoved', 0x00120062, 'CS'),
  header('DeidentificationMethod', 0x00120063, 'LO'),
  header('ContrastBolusAgent', 0x00180010, 'LO'),
  header('BodyPartExamined', 0x00180015, 'CS'),
  header('ScanningSequence', 0x00180020, 'CS'),
  header('SequenceVariant', 0x00180021, 'CS'),
  header('ScanOptions', 0x00180022, 'CS'),
  header('MRAcquisitionType', 0x00180023, 'CS'),
  header('SequenceName', 0x00180024, 'SH'),
  header('SliceThickness', 0x00180050, 'DS'),
  header('KVP', 0x00180060, 'DS'),
  header('RepetitionTime', 0x00180080, 'DS'),
  header('EchoTime', 0x00180081, 'DS'),
  header('InversionTime', 0x00180082, 'DS'),
  header('MagneticFieldStrength', 0x00180087, 'DS'),
  header('SpacingBetweenSlices', 0x00180088, 'DS'),
  header('DeviceSerialNumber', 0x00181000, 'LO'),
  header('DeviceUID', 0x00181002, 'UI'),
  header('SoftwareVersions', 0x00181020, 'LO'),
  header('ProtocolName', 0x00181030, 'LO'),
  header('ConvolutionKernel', 0x00181210, 'SH'),
  header('FlipAngle', 0x00181314, 'DS'),
  header('PatientPosition', 0x00185100, 'CS'),
  header('ViewPosition', 0x00185101, 'CS'),
  header('AcquisitionType', 0x00189302, 'CS'),
  header('StudyInstanceUID', 0x0020000d, 'UI'),
  header('SeriesInstanceUID', 0x0020000e, 'UI'),
  identity('StudyID', 0x00200010, 'SH'),
  header('SeriesNumber', 0x00200011, 'IS'),
  header('AcquisitionNumber', 0x00200012, 'IS'),
  header('InstanceNumber', 0x00200013, 'IS'),
  header('FrameOfReferenceUID', 0x00200052, 'UI'),
  header('Laterality', 0x00200060, 'CS'),
  header('ImageLaterality', 0x00200062, 'CS'),
  header('ImagesInAcquisition', 0x00201002, 'IS'),
  header('ImageComments', 0x00204000, 'LT'),
  header('SamplesPerPixel', 0x00280002, 'US'),
  header('PhotometricInterpretation', 0x00280004, 'CS'),
  header('NumberOfFrames', 0x00280008, 'IS'),
  header('Rows', 0x00280010, 'US'),
  header('Columns', 0x00280011, 'US'),
  header('BitsAllocated', 0x00280100, 'US'),
  header('BurnedInAnnotation', 0x00280301, 'CS'),
  header('LossyImageCompression', 0x00282110, 'CS'),
  identity('RequestingPhysician', 0x00321032, 'PN'),
  header('RequestedProcedureDescription', 0x00321060, 'LO'),
  identity('AdmissionID', 0x00380010, 'LO'),
  header('PerformedProcedureStepStartDate', 0x00400244, 'DA'),
  identity('PerformedProcedureStepID', 0x00400253, 'SH'),
  header('PerformedProcedureStepDescription', 0x00400254, 'LO'),
  identity('RequestedProcedureID', 0x00401001, 'SH'),
];

/** The whole routing header, sequences included, by tag. */
export const routingElements: readonly RoutingElement[] = [...plainElements, ...routingSequences].toSorted(
  (one, other) => one.tag - other.tag,
);

/** The same by tag. */
export const routingElementByTag: ElementsByTag = new Map(routingElements.map((element) => [element.tag, element]));

/** The tag behind which nothing of the routing header comes. */
export const lastRoutingTag: number = Math.max(...routingElementByTag.keys());
