// What is remembered of guilds.
import { describe, expect, test } from "vitest";
import { atlas, GUILD, HELP, POST, THREAD } from "./recorded.ts";

describe("what is remembered of guilds", () => {
  test("a thread is of its parent; voice channels and categories are no places", () => {
    const made = atlas();
    expect(made.place(THREAD)).toMatchObject({ channel: HELP, thread: { id: THREAD }, forum: false });
    expect(made.place(POST)).toMatchObject({ forum: true });
    expect(made.place("410000000000000104")).toBeUndefined();
    expect(made.place("410000000000000100")).toBeUndefined();
  });

  test("changes as the guild does", () => {
    const made = atlas();
    made.apply("CHANNEL_UPDATE", {
      id: HELP,
      type: 0,
      guild_id: GUILD,
      name: "support",
      permission_overwrites: [],
    });
    expect(made.channel(GUILD, HELP)?.name).toBe("support");
    made.apply("CHANNEL_DELETE", { id: HELP, type: 0, guild_id: GUILD, name: "support" });
    expect(made.place(HELP)).toBeUndefined();
    made.apply("THREAD_DELETE", { id: POST, guild_id: GUILD, parent_id: "410000000000000103", type: 11 });
    expect(made.thread(POST)).toBeUndefined();
    made.apply("GUILD_ROLE_UPDATE", { guild_id: GUILD, role: { id: "1", name: "new", permissions: "8" } });
    expect(made.guilds.get(GUILD)?.roles.get("1")?.permissions).toBe(8n);
    made.apply("GUILD_DELETE", { id: GUILD, unavailable: true });
    expect(made.guilds.size).toBe(1);
    made.apply("GUILD_DELETE", { id: GUILD });
    expect(made.guilds.size).toBe(0);
  });

  test("nonsense changes nothing", () => {
    const made = atlas();
    for (const name of [
      "GUILD_CREATE",
      "CHANNEL_UPDATE",
      "THREAD_LIST_SYNC",
      "GUILD_ROLE_DELETE",
      "SOMETHING_NEW",
    ]) {
      for (const raw of [null, 7, "x", {}, { id: "x" }, { guild_id: GUILD, threads: [{}] }])
        made.apply(name, raw);
    }
    expect(made.guilds.get(GUILD)?.channels.size).toBe(3);
  });
});
