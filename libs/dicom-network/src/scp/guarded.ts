import type { Association, StoreScpHandlers } from './store-scp-handlers.js';

/** Calls a handler that only takes note: what it throws must not reach the connection. */
export const guarded = (handlers: StoreScpHandlers, call: () => void, association?: Association): void => {
  try {
    call();
  } catch (error) {
    handlers.handlerFailed?.(error, association);
  }
};
