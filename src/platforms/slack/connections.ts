// The sockets Slack talks to us through. Two of them, each a Bolt SocketModeReceiver that we open again ourselves.
import { type App, SocketModeReceiver } from "@slack/bolt";
import { retryAfterMs, SiempreError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { sdkLogger } from "./calls.ts";
import { faultOf } from "./faults.ts";
import * as limits from "./limits.ts";
import { transport } from "./transport.ts";

/** One delivery. Never acknowledging it makes Slack deliver it again. */
export interface Delivery {
  body: Record<string, unknown>;
  /** How often Slack has tried before; 0 for the first time. */
  retry: number;
  ack(answer?: Record<string, unknown>): Promise<void>;
}

export interface ConnectionsOptions {
  appToken: string;
  apiUrl: string;
  log: Log;
  /** A frame came, whatever it says. */
  heard(): void;
  /** Must not reject: what is wrong with a delivery is the caller's to decide. */
  deliver(delivery: Delivery): Promise<void>;
  /** No socket was open for a while, or Slack stopped delivering for a while. */
  gap(reason: string): void;
}

export interface Connections {
  /** Resolves when at least one socket is ready; rejects with the fault of the last when none could be opened. */
  open(): Promise<void>;
  /** Begins to open them and goes on trying: for when deliveries can come another way. The first counts as a gap. */
  begin(): void;
  /** How many sockets are ready. */
  ready(): number;
  close(): Promise<void>;
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });

export function createConnections(options: ConnectionsOptions): Connections {
  const { log } = options;
  const stopping = new AbortController();
  let connected = 0;
  let ready = false;

  function receiver(): SocketModeReceiver {
    const made = new SocketModeReceiver({
      appToken: options.appToken,
      logger: sdkLogger(log, "socket-mode"),
      // We open again ourselves: the SDK's own way waits 5 s more each time, and a failure in it is an unhandled
      // rejection that ends the process. Hence also no retries inside one try.
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          slackApiUrl: options.apiUrl,
          timeout: limits.CALL_TIMEOUT_MS,
          fetch: transport,
          retryConfig: { retries: 0 },
        },
      },
      processEventErrorHandler: async ({ error }) => {
        log.error({ error }, "A Slack delivery failed in a way nobody expected; it is not acknowledged.");
        return false;
      },
    });
    const sink: Pick<App, "processEvent"> = {
      processEvent: ({ body, ack, retryNum }) => options.deliver({ body, retry: retryNum ?? 0, ack }),
    };
    // Of an App the receiver uses processEvent alone (README says why there is no App).
    made.init(sink as App);
    guardFrames(made);
    return made;
  }

  /**
   * Looks at each frame before the SDK does. The SDK reads `payload.event.type` of every events frame, so one without
   * an event (app_rate_limited) is an unhandled rejection that ends the process.
   */
  function guardFrames({ client }: SocketModeReceiver): void {
    const handlers = client.listeners("ws_message");
    client.removeAllListeners("ws_message");
    client.on("ws_message", async (data: unknown, isBinary: unknown) => {
      options.heard();
      if (typeof data === "string" && data.includes('"app_rate_limited"')) options.gap("app_rate_limited");
      try {
        for (const handle of handlers) await handle.call(client, data, isBinary);
      } catch (error) {
        log.warn({ error }, "Slack sent a frame its SDK cannot read; it is left out.");
      }
    });
  }

  /** One try: resolves when Slack has said hello. */
  async function connect(made: SocketModeReceiver): Promise<void> {
    const hello = new AbortController();
    const late = pause(limits.HELLO_MS, hello.signal).then(() => {
      if (hello.signal.aborted) return;
      void made.client.disconnect();
      throw new SiempreError(
        "platform_unavailable",
        "Slack opened a socket but said no hello; it will be tried again.",
      );
    });
    try {
      await Promise.race([made.start(), late]);
    } catch (error) {
      if (error === undefined)
        throw new SiempreError(
          "platform_unavailable",
          "Slack closed a socket before it was ready; it will be tried again.",
        );
      throw faultOf(error, "apps.connections.open", "", "SLACK_APP_TOKEN");
    } finally {
      hello.abort();
    }
  }

  /** Keeps one socket open until stop. `first` hears once: null when it is ready, the fault when it gave up hoping. */
  async function keep(made: SocketModeReceiver, first: (fault: SiempreError | null) => void): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      let hangUp = () => {};
      const gone = new Promise<void>((resolve) => {
        hangUp = resolve;
      });
      made.client.once("disconnected", hangUp);
      try {
        await connect(made);
        // Stopped while the SDK was opening: it opens all the same.
        if (stopping.signal.aborted) void made.client.disconnect();
        failures = 0;
        connected += 1;
        options.heard();
        if (ready && connected === 1) options.gap("reconnect");
        ready = true;
        first(null);
        await gone;
        connected -= 1;
        log.debug({ connected }, "A Slack socket closed.");
      } catch (error) {
        failures += 1;
        const fault = faultOf(error, "apps.connections.open", "", "SLACK_APP_TOKEN");
        const refused = fault.code === "platform_unauthorized" || fault.code === "platform_forbidden";
        const words = { code: fault.code, failures };
        if (refused && ready) log.error(words, fault.message);
        else log.warn(words, fault.message);
        if (refused || failures >= limits.START_TRIES) first(fault);
        await pause(refused ? limits.RECONNECT_REFUSED_MS : pauseAfter(fault, failures), stopping.signal);
      } finally {
        made.client.off("disconnected", hangUp);
      }
    }
  }

  function pauseAfter(fault: SiempreError, failures: number): number {
    const grown = Math.min(limits.RECONNECT_MAX_MS, limits.RECONNECT_FIRST_MS * 2 ** failures);
    return Math.max(grown, retryAfterMs(fault) ?? 0);
  }

  const receivers: SocketModeReceiver[] = [];
  const keeping: Promise<void>[] = [];

  async function close(): Promise<void> {
    stopping.abort();
    // The SDK waits 30 s for a peer that does not finish the closing handshake; we do not.
    const closed = Promise.all(receivers.map(({ client }) => client.disconnect())).then(() =>
      Promise.all(keeping),
    );
    const enough = new AbortController();
    await Promise.race([closed, pause(2000, enough.signal)]);
    enough.abort();
  }

  /** Each settles when its socket is ready or has given up hoping; trying goes on all the same. */
  function tries(): Promise<void>[] {
    return Array.from({ length: limits.CONNECTIONS }, () => {
      const made = receiver();
      receivers.push(made);
      return new Promise<void>((resolve, reject) => {
        keeping.push(keep(made, (fault) => (fault === null ? resolve() : reject(fault))));
      });
    });
  }

  return {
    close,
    ready: () => connected,
    begin() {
      ready = true;
      // keep() has logged why; nobody waits for these.
      void Promise.allSettled(tries());
    },
    async open() {
      try {
        await Promise.any(tries());
      } catch (error) {
        await close();
        throw error instanceof AggregateError ? error.errors[0] : error;
      }
    },
  };
}
