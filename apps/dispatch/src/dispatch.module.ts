import { hostname } from 'node:os';
import { CommandHandler } from '@waystation/event-log';
import type { ObjectStore } from '@waystation/object-store';
import { OBJECT_STORE } from '@waystation/service';
import { Module } from '@nestjs/common';
import { AttemptDelivery } from './attempt-delivery/attempt-delivery.js';
import { Lanes } from './lanes/lanes.js';
import { WakeLaneWhenRequested } from './lanes/wake-lane-when-requested.js';
import { sendToTarget } from './targets/send-to-target.js';

/** Delivers to targets: a lane each, with retries and a receipt for every object. */
@Module({
  controllers: [WakeLaneWhenRequested],
  providers: [
    Lanes,
    {
      provide: AttemptDelivery,
      inject: [CommandHandler, OBJECT_STORE],
      useFactory: (commands: CommandHandler, objects: ObjectStore) =>
        new AttemptDelivery(commands, sendToTarget(objects), `dispatch@${hostname()}:${process.pid}`),
    },
  ],
})
export class DispatchModule {}
