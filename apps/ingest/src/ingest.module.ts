import { Module } from '@nestjs/common';
import { ReinjectObjects } from './reinject/reinject-objects.js';
import { ReceiverService } from './receivers/receiver.service.js';
import { SpoolService } from './spool/spool.service.js';
import { StorageScpService } from './storage-scp.service.js';

/** Takes DICOM in and makes it durable. */
@Module({
  providers: [SpoolService, ReceiverService, StorageScpService, ReinjectObjects],
  exports: [StorageScpService],
})
export class IngestModule {}
