/** Tags that mercure reads from every object; of any other its rules see nothing unless it is told to read it. */
// prettier-ignore
export const mercureTags: ReadonlySet<string> = new Set([
  'SpecificCharacterSet', 'SeriesInstanceUID', 'SOPInstanceUID', 'SenderAddress', 'SenderAET', 'ReceiverAET', 'Modality',
  'BodyPartExamined', 'ProtocolName', 'RetrieveAETitle', 'StationAETitle', 'Manufacturer', 'ManufacturerModelName',
  'StudyDescription', 'CodeValue', 'CodeMeaning', 'SeriesDescription', 'PatientName', 'PatientID', 'PatientBirthDate',
  'PatientSex', 'AccessionNumber', 'ReferringPhysicianName', 'StudyID', 'SeriesNumber', 'StudyInstanceUID', 'SeriesDate',
  'SeriesTime', 'AcquisitionDate', 'AcquisitionTime', 'SequenceName', 'ScanningSequence', 'SequenceVariant',
  'MagneticFieldStrength', 'StationName', 'DeviceSerialNumber', 'DeviceUID', 'SoftwareVersions', 'ContrastBolusAgent',
  'ImageComments', 'SliceThickness', 'InstanceNumber', 'AcquisitionNumber', 'InstitutionName', 'AcquisitionType',
  'ImageType', 'MediaStorageSOPClassUID',
]);
