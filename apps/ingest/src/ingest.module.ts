import { Module } from '@nestjs/common';
import { StorageScpService } from './storage-scp.service.js';

/** Takes DICOM in and makes it durable. */
@Module({ providers: [StorageScpService], exports: [StorageScpService] })
export class IngestModule {}
