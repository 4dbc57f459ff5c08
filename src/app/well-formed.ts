// A platform whose words can all be kept: whatever it tells passes here, before anything is made of it.
import { wellFormed } from "../domain/well-formed.ts";
import type { Platform } from "../platforms/platform.ts";

export function withWellFormedWords(port: Platform): Platform {
  return {
    ...port,
    start: (inbound) =>
      port.start({
        ...inbound,
        event: (event) => inbound.event(wellFormed(event)),
        act: (call) => inbound.act(wellFormed(call)),
      }),
    workspaces: async () => wellFormed(await port.workspaces()),
    channels: async (workspace) => wellFormed(await port.channels(workspace)),
    profile: async (workspace, person) => wellFormed(await port.profile(workspace, person)),
    async *history(...asked) {
      for await (const event of port.history(...asked)) yield wellFormed(event);
    },
    message: async (where) => wellFormed(await port.message(where)),
  };
}
