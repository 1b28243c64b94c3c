import { toCloudEvent, type CloudEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import {
  ApiHeader,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
  AccessLog,
  parseRequest,
  PLATFORM,
  readerOf,
  type Platform,
} from '@waystation/service';
import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { EventFilter } from './event-filter.js';
import { EventFeed } from './event-feed.js';
import { ApiFeed, FeedPageQuery, FeedQuery } from './feed-query.js';
import { feedPage } from './feed-page.js';
import { KnownFollowers } from './known-followers.js';
import { OpenStreams } from './open-streams.js';
import { sendServerSentEvents } from './server-sent-events.js';

const batchType = 'application/cloudevents-batch+json';

/** The log for programs outside, over HTTP. */
@ApiTags('events')
@Controller('api/events')
export class FeedController {
  private readonly followers = new KnownFollowers();

  constructor(
    private readonly feed: EventFeed,
    private readonly streams: OpenStreams,
    private readonly accesses: AccessLog,
    @Inject(PLATFORM) private readonly platform: Platform,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Events behind a position, as a CloudEvents batch; the header Waystation-Next says where the next page begins',
  })
  @ApiFeed()
  @ApiQuery({ name: 'limit', required: false, description: 'how many events, at most 1000; 100 unless told' })
  @ApiProduces(batchType)
  async page(
    @Query(parseRequest(FeedPageQuery)) query: FeedPageQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<readonly CloudEvent[]> {
    const filter = filterOf(query);
    const after = await this.feed.position(query.after);
    await this.note(request, filter, { after, live: false });
    const { events, next } = await feedPage(this.feed.present(after, filter), after, query.limit);
    response.setHeader('waystation-next', String(next));
    response.setHeader('link', `<${pathBehind(request, next)}>; rel="next"`);
    response.setHeader('content-type', batchType);
    return events.map((event) => toCloudEvent(event, this.platform.source));
  }

  @Get('stream')
  @ApiOperation({
    summary: 'Events behind a position and then those that come, as server-sent events whose id is the position',
  })
  @ApiFeed()
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'in place of after: the last position that was seen',
  })
  @ApiProduces('text/event-stream')
  async follow(
    @Query(parseRequest(FeedQuery)) query: FeedQuery,
    @Headers('last-event-id') last: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = filterOf(query);
    const after = await this.feed.position(last === undefined || last === '' ? query.after : positionOf(last));
    this.streams.assertRoom();
    await this.note(request, filter, { after, live: true });
    const { source } = this.platform;
    await this.streams.run((stopping) =>
      sendServerSentEvents(response, (signal) => this.feed.follow(after, filter, signal), { source, stopping }),
    );
  }

  private async note(request: Request, filter: EventFilter, how: { after: number; live: boolean }): Promise<void> {
    const reader = readerOf(request, this.platform.settings.http.userHeader);
    const day = new Date().toISOString().slice(0, 10);
    const following = { reader, filter, live: how.live };
    if (this.followers.has(day, following)) return;
    const { types, streams, study } = filter;
    await this.accesses.recordFollowing({ ...how, types: [...types], streams: [...streams], study }, reader);
    this.followers.add(following);
  }
}

const filterOf = ({ type, stream, study }: FeedQuery): EventFilter => ({ types: type, streams: stream, study });

const positionOf = (text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new CodedError('request.invalid', `Last-Event-ID is '${text}', expected a position such as 1234`);
};

const pathBehind = ({ path, originalUrl }: Request, position: number): string => {
  const query = new URLSearchParams(originalUrl.split('?')[1] ?? '');
  query.set('after', String(position));
  return `${path}?${query.toString()}`;
};
