import { hostname } from 'node:os';
import { Secrets } from '@waystation/secrets';
import { PLATFORM, type Platform } from '@waystation/service';
import { Module } from '@nestjs/common';
import { AttemptNotification } from './attempt-notification.js';
import { ChannelLanes } from './channel-lanes.js';
import { sendByChannel } from './channels/send-by-channel.js';
import { NotifyWhenDecided } from './notify-when-decided.js';
import { NotifyWhenDelivered } from './notify-when-delivered.js';
import { NotifyWhenProcessed } from './notify-when-processed.js';
import { RequestNotifications } from './request-notifications.js';
import { WakeChannelsWhenRequested } from './wake-channels-when-requested.js';

/** Tells people and programs what rules came to: a lane for each channel, with retries and a receipt. */
@Module({
  controllers: [NotifyWhenDecided, NotifyWhenDelivered, NotifyWhenProcessed, WakeChannelsWhenRequested],
  providers: [
    RequestNotifications,
    ChannelLanes,
    {
      provide: AttemptNotification,
      inject: [PLATFORM],
      useFactory: ({ commands, identities, settings }: Platform) => {
        const secrets = new Secrets({ environment: process.env, vault: settings.vault });
        const worker = `dispatch@${hostname()}:${process.pid}`;
        return new AttemptNotification({ commands, identities }, sendByChannel(secrets), worker);
      },
    },
  ],
})
export class NotificationsModule {}
