/** What mercure writes of each object; a module finds each of them there, empty where the object does not say. */
export const tagNames: readonly string[] = (
  'SpecificCharacterSet SeriesInstanceUID SOPInstanceUID SenderAddress SenderAET ReceiverAET Modality BodyPartExamined ' +
  'ProtocolName RetrieveAETitle StationAETitle Manufacturer ManufacturerModelName StudyDescription CodeValue CodeMeaning ' +
  'SeriesDescription PatientName PatientID PatientBirthDate PatientSex AccessionNumber ReferringPhysicianName StudyID ' +
  'SeriesNumber StudyInstanceUID SeriesDate SeriesTime AcquisitionDate AcquisitionTime SequenceName ScanningSequence ' +
  'SequenceVariant MagneticFieldStrength StationName DeviceSerialNumber DeviceUID SoftwareVersions ContrastBolusAgent ' +
  'ImageComments SliceThickness InstanceNumber AcquisitionNumber InstitutionName AcquisitionType ImageType ' +
  'MediaStorageSOPClassUID'
).split(' ');
