import { Module } from '@nestjs/common';
import { AddSeriesToStudyWhenOpened } from './add-series-to-study/add-series-to-study-when-opened.js';
import { CollectStudyWhenRouted } from './collect-study/collect-study-when-routed.js';
import { CompleteSeriesWhenQuiet } from './complete-series/complete-series-when-quiet.js';
import { NoteReleaseWhenReleased } from './complete-series/note-release-when-released.js';
import { CompleteStudyWhenDue } from './complete-study/complete-study-when-due.js';
import { EraseObjectsWhenExpired } from './expire-objects/erase-objects-when-expired.js';
import { ExpireObjectsWhenDue } from './expire-objects/expire-objects-when-due.js';
import { LookAgainWhenPublished } from './expire-objects/look-again-when-published.js';
import { RetentionWatch } from './expire-objects/retention-watch.js';
import { RouteJobOutputWhenOver } from './route-job-output/route-job-output-when-over.js';
import { RouteSeriesWhenCompleted } from './route-series/route-series-when-completed.js';
import { RouteStudyWhenCompleted } from './route-study/route-study-when-completed.js';

/** Notices when series and studies are complete, decides where they go, and lets them go when they are kept no longer. */
@Module({
  controllers: [
    NoteReleaseWhenReleased,
    RouteSeriesWhenCompleted,
    AddSeriesToStudyWhenOpened,
    CollectStudyWhenRouted,
    RouteStudyWhenCompleted,
    RouteJobOutputWhenOver,
    LookAgainWhenPublished,
  ],
  providers: [
    CompleteSeriesWhenQuiet,
    CompleteStudyWhenDue,
    RetentionWatch,
    ExpireObjectsWhenDue,
    EraseObjectsWhenExpired,
  ],
})
export class RoutingModule {}
