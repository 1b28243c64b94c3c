import type { LogReader } from '../log/followed-log.js';
import type { EngineConnection } from './engine-connection.js';
import { LogFrames } from './log-frames.js';

/** Reads the log of a container of a Docker Engine. */
export const readContainerLog =
  (engine: EngineConnection, id: string): LogReader =>
  async (follow, onBytes, signal) => {
    const frames = new LogFrames(onBytes);
    const path = `/containers/${id}/logs?follow=${follow}&stdout=true&stderr=true`;
    const answer = await engine.open({ method: 'GET', path, signal });
    for await (const piece of answer as AsyncIterable<Buffer>) frames.push(piece);
  };
