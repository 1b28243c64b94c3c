import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdleWatch, type Watched } from './idle-watch.js';

type Writable = { -readonly [Key in keyof Watched]: Watched[Key] };

describe('the idle watch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const watch = (minimumRate = 0) => {
    const peer = { waitsForPeer: true, bytesRead: 0, messages: 0, holds: 0 };
    const onIdle = vi.fn();
    return { peer, onIdle, idle: new IdleWatch(peer, { idleMs: 1_000, minimumRate }, onIdle) };
  };

  it('strikes when nothing comes', () => {
    const { onIdle } = watch();
    vi.advanceTimersByTime(1_000);
    expect(onIdle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('is not fooled by a trickle', () => {
    const { peer, onIdle } = watch();
    for (let halfSecond = 0; halfSecond < 3; halfSecond += 1) {
      peer.bytesRead += 500;
      vi.advanceTimersByTime(500);
    }
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('strikes where less comes than the rate that is asked for, and not where as much comes', () => {
    const { peer, onIdle } = watch(100_000);
    const send = (bytes: number) => {
      for (let halfSecond = 0; halfSecond < 6; halfSecond += 1) {
        peer.bytesRead += bytes;
        vi.advanceTimersByTime(500);
      }
    };
    send(50_000);
    expect(onIdle).not.toHaveBeenCalled();
    send(49_999);
    expect(onIdle).toHaveBeenCalled();
  });

  it.each([
    ['data comes', (peer: { bytesRead: number }) => (peer.bytesRead += 5_000)],
    ['messages are completed', (peer: { messages: number }) => (peer.messages += 1)],
    ['it is held by us', (peer: { holds: number }) => (peer.holds += 1)],
    ['it is our turn', (peer: { waitsForPeer: boolean }) => (peer.waitsForPeer = false)],
  ])('waits while %s', (_, live: (peer: Writable) => unknown) => {
    const { peer, onIdle, idle } = watch();
    for (let second = 0; second < 10; second += 1) {
      live(peer);
      vi.advanceTimersByTime(1_000);
    }
    expect(onIdle).not.toHaveBeenCalled();
    idle.stop();
    vi.advanceTimersByTime(10_000);
    expect(onIdle).not.toHaveBeenCalled();
  });
});
