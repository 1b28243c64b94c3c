import { Module } from '@nestjs/common';
import { AddSeriesToStudyWhenOpened } from './add-series-to-study/add-series-to-study-when-opened.js';
import { CompleteSeriesWhenQuiet } from './complete-series/complete-series-when-quiet.js';
import { RouteSeriesWhenCompleted } from './route-series/route-series-when-completed.js';

/** Notices when series are complete and decides where they go. */
@Module({
  controllers: [RouteSeriesWhenCompleted, AddSeriesToStudyWhenOpened],
  providers: [CompleteSeriesWhenQuiet],
})
export class RoutingModule {}
