import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdleWatch } from './idle-watch.js';

describe('the idle watch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const watch = () => {
    const peer = { waitsForPeer: true, bytesRead: 0, messages: 0 };
    const onIdle = vi.fn();
    return { peer, onIdle, idle: new IdleWatch(peer, 1_000, onIdle) };
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

  it.each([
    ['data comes', (peer: { bytesRead: number }) => (peer.bytesRead += 5_000)],
    ['messages are completed', (peer: { messages: number }) => (peer.messages += 1)],
    ['it is our turn', (peer: { waitsForPeer: boolean }) => (peer.waitsForPeer = false)],
  ])('waits while %s', (_, live: (peer: { waitsForPeer: boolean; bytesRead: number; messages: number }) => unknown) => {
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
