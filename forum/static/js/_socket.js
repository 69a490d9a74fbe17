// One socket a page, over websockets only; where they are blocked, pages ask over HTTP.

import { io } from "socket.io-client";

export const socket = io({
  transports: ["websocket"],
  query: { language: document.documentElement.lang },
  timeout: 8000,
  reconnectionDelay: 500,
  reconnectionDelayMax: 15000,
  randomizationFactor: 0.6,
});

/** Ask and wait for the answer; rejects when none comes. */
export const ask = (event, payload) => socket.timeout(8000).emitWithAck(event, payload);
