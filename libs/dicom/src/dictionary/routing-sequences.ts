import { header, identity, sequence, type RoutingElement, type RoutingSequence } from './routing-element.js';

/** One concept, PS3.3 table 8.8-1. */
const code = (keyword: string, tag: number): RoutingElement =>
  sequence(keyword, tag, [
    header('CodeValue', 0x00080100, 'SH'),
    header('CodingSchemeDesignator', 0x00080102, 'SH'),
    header('CodeMeaning', 0x00080104, 'LO'),
  ]);

const reference = (keyword: string, tag: number): RoutingElement =>
  sequence(keyword, tag, [
    header('ReferencedSOPClassUID', 0x00081150, 'UI'),
    header('ReferencedSOPInstanceUID', 0x00081155, 'UI'),
  ]);

/** Who gave out a number, PS3.3 table 10-17. */
const issuer = (keyword: string, tag: number): RoutingElement =>
  sequence(keyword, tag, [
    header('LocalNamespaceEntityID', 0x00400031, 'UT'),
    header('UniversalEntityID', 0x00400032, 'UT'),
  ]);

const otherPatientIds = sequence('OtherPatientIDsSequence', 0x00101002, [
  identity('PatientID', 0x00100020, 'LO'),
  identity('IssuerOfPatientID', 0x00100021, 'LO'),
]);

/** PS3.3 table 10-9. */
const requestAttributes = sequence('RequestAttributesSequence', 0x00400275, [
  identity('AccessionNumber', 0x00080050, 'SH'),
  header('RequestedProcedureDescription', 0x00321060, 'LO'),
  code('RequestedProcedureCodeSequence', 0x00321064),
  header('ScheduledProcedureStepDescription', 0x00400007, 'LO'),
  code('ScheduledProtocolCodeSequence', 0x00400008),
  identity('ScheduledProcedureStepID', 0x00400009, 'SH'),
  identity('RequestedProcedureID', 0x00401001, 'SH'),
]);

/** PS3.3 table C.17-2. */
const referencedRequest = sequence('ReferencedRequestSequence', 0x0040a370, [
  identity('AccessionNumber', 0x00080050, 'SH'),
  header('RequestedProcedureDescription', 0x00321060, 'LO'),
  code('RequestedProcedureCodeSequence', 0x00321064),
  identity('RequestedProcedureID', 0x00401001, 'SH'),
  identity('PlacerOrderNumberImagingServiceRequest', 0x00402016, 'LO'),
  identity('FillerOrderNumberImagingServiceRequest', 0x00402017, 'LO'),
]);

const contentTemplate = sequence('ContentTemplateSequence', 0x0040a504, [
  header('MappingResource', 0x00080105, 'CS'),
  header('TemplateIdentifier', 0x0040db00, 'CS'),
]);

const used = (element: RoutingElement, purpose: string): RoutingSequence => ({
  ...element,
  items: element.items ?? new Map(),
  purpose,
});

/**
 * Sequences of the routing header, by tag: what was ordered, what was done and what the object is about, which sites
 * route by where the plain elements are empty or written by hand. Large sequences (functional groups, content trees,
 * fiducials) say nothing a route depends on and are stepped over.
 */
export const routingSequences: readonly RoutingSequence[] = [
  used(
    issuer('IssuerOfAccessionNumberSequence', 0x00080051),
    'the hospital whose order it is, where several share one archive',
  ),
  used(code('ProcedureCodeSequence', 0x00081032), 'what was done, where descriptions are written by hand'),
  used(
    reference('ReferencedStudySequence', 0x00081110),
    'the study that was ordered, where the images came under another UID',
  ),
  used(
    reference('ReferencedPerformedProcedureStepSequence', 0x00081111),
    'the performed procedure step the object belongs to',
  ),
  used(code('AnatomicRegionSequence', 0x00082218), 'the body part, where Body Part Examined is empty'),
  used(otherPatientIds, 'a patient who is known under numbers of several hospitals'),
  used(code('DeidentificationMethodCodeSequence', 0x00120064), 'by which profile the object was de-identified'),
  used(code('RequestedProcedureCodeSequence', 0x00321064), 'what was ordered'),
  used(code('PerformedProtocolCodeSequence', 0x00400260), 'by which protocol it was done'),
  used(requestAttributes, 'what was ordered and scheduled'),
  used(code('ConceptNameCodeSequence', 0x0040a043), 'the title of a report: a dose report, a CAD result, measurements'),
  used(referencedRequest, 'the order a report answers'),
  used(contentTemplate, 'the template of a report, such as 10011 for CT dose'),
  used(code('ViewCodeSequence', 0x00540220), 'the view of a mammogram or a projection'),
];
