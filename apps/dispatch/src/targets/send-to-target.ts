import type { DecodeFrame } from '@waystation/dicom';
import { unreachable } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import { DicomSender } from './dicom-sender.js';
import { FolderSender } from './folder-sender.js';
import type { TargetSender } from './target-sender.js';

export type SendToTarget = TargetSender['send'];

/**
 * Chooses the sender by the kind of the target.
 * @param decodeFrame for targets that do not take what is compressed
 */
export const sendToTarget = (objects: ObjectStore, decodeFrame: DecodeFrame): SendToTarget => {
  const dicom = new DicomSender(objects, decodeFrame);
  const folder = new FolderSender(objects);
  return (target, instances, onReceipt, signal) => {
    switch (target.kind) {
      case 'dicom':
        return dicom.send(target, instances, onReceipt, signal);
      case 'folder':
        return folder.send(target, instances, onReceipt, signal);
      default:
        return unreachable(target);
    }
  };
};
