import type { App, SocketModeReceiver, webApi } from "@slack/bolt";
import type { AdapterLog } from "../../src/chat/index.js";
import type { Handle } from "./dispatch.js";
import { errorCode, errorKind } from "./errors.js";
import { sdkLogger } from "./log.js";

const FIRST_RECONNECT_MS = 1_000;
const LAST_RECONNECT_MS = 30_000;

/** Counts work as under way until it is done. */
export type Track = <T>(work: () => Promise<T>) => Promise<T>;

export type Socket = {
  start(): Promise<void>;
  /** Takes nothing more in: what still comes stays unacknowledged, and Slack delivers it elsewhere or later. */
  pause(): void;
  stop(): Promise<void>;
};

/**
 * Socket Mode through Bolt's receiver. Bolt's App is left out: it acknowledges events before anything is kept,
 * while here the acknowledgement says that it is.
 */
export function createSocket(
  Receiver: typeof SocketModeReceiver,
  options: { appToken: string; clientOptions: webApi.WebClientOptions; handle: Handle; log: AdapterLog; track: Track },
): Socket {
  const { log, handle, track } = options;
  let stopped = false;
  const receiver = new Receiver({
    appToken: options.appToken,
    logger: sdkLogger(log, "socket"),
    // Its own reconnecting rejects into nowhere when Slack is down, which ends the process.
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: options.clientOptions },
    customPropertiesExtractor: ({ envelope_id }: { envelope_id: string }) => ({ delivery: envelope_id }),
    // Not acknowledged: Slack delivers it again.
    processEventErrorHandler: async ({ error }) => {
      log.warn("slack.request_failed", { kind: errorKind(error) });
      return false;
    },
  });
  const app: Pick<App, "processEvent"> = {
    processEvent: (event) =>
      track(async () => {
        if (stopped) return;
        const { ack, after } = await handle(event.body, String(event.customProperties?.delivery));
        await event.ack(ack);
        await after();
      }),
  };
  receiver.init(app as App);

  let timer: NodeJS.Timeout | undefined;
  let delay = FIRST_RECONNECT_MS;
  const reconnect = () => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, delay).unref();
    delay = Math.min(delay * 2, LAST_RECONNECT_MS);
  };
  const connect = async () => {
    try {
      await receiver.start();
      delay = FIRST_RECONNECT_MS;
      log.info("slack.socket_connected");
    } catch (error) {
      log.warn("slack.socket_unreachable", { code: errorCode(error) });
      reconnect();
    }
  };
  receiver.client.on("disconnected", reconnect);

  return {
    start: connect,
    pause() {
      stopped = true;
      clearTimeout(timer);
    },
    async stop() {
      await receiver.stop();
    },
  };
}
