/** Implementation Class UID, PS3.7 D.3.3.2: says Waystation on the wire and in files, and stays the same forever. */
export const IMPLEMENTATION_CLASS_UID = '2.25.146944975457484062993857251852743470325';
