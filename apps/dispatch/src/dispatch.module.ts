import { hostname } from 'node:os';
import { FrameDecoder } from '@waystation/dicom-codecs';
import { CommandHandler } from '@waystation/event-log';
import type { ObjectStore } from '@waystation/object-store';
import { OBJECT_STORE } from '@waystation/service';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AttemptDelivery } from './attempt-delivery/attempt-delivery.js';
import { HeldDeliveries } from './held-deliveries/held-deliveries.js';
import { WakeHeldDeliveries } from './held-deliveries/wake-held-deliveries.js';
import { Lanes } from './lanes/lanes.js';
import { WakeLaneWhenRequested } from './lanes/wake-lane-when-requested.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { sendToTarget } from './targets/send-to-target.js';

/** Delivers to targets: a lane each, with retries and a receipt for every object; and tells those who want to know. */
@Module({
  imports: [NotificationsModule],
  controllers: [WakeLaneWhenRequested, WakeHeldDeliveries],
  providers: [
    Lanes,
    HeldDeliveries,
    { provide: FrameDecoder, useFactory: () => new FrameDecoder() },
    {
      provide: AttemptDelivery,
      inject: [CommandHandler, OBJECT_STORE, FrameDecoder],
      useFactory: (commands: CommandHandler, objects: ObjectStore, { decode }: FrameDecoder) =>
        new AttemptDelivery(commands, sendToTarget(objects, decode), `dispatch@${hostname()}:${process.pid}`),
    },
  ],
})
export class DispatchModule implements OnApplicationShutdown {
  constructor(private readonly decoder: FrameDecoder) {}

  async onApplicationShutdown(): Promise<void> {
    await this.decoder.close();
  }
}
