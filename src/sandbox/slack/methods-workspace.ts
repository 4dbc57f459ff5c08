// Web API: the workspace, its people, groups and bots; views.*; files.*
import { type Methods, openChannel, pageOf, Refusal } from "./api-call.ts";
import { contentOf, POST_TEXT } from "./content.ts";
import { asText, type JsonObject } from "./json.ts";
import { post } from "./messages.ts";
import type { Modals } from "./modals.ts";
import { botIdOf, botProfile, fileJson, groupJson, handleOf, personJson } from "./payloads.ts";
import type { SlackPerson } from "./records.ts";
import type { Surface } from "./surface.ts";
import type { LocalWorkspace } from "./workspace.ts";

const MIME: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  svg: "image/svg+xml",
  csv: "text/csv",
  txt: "text/plain",
  json: "application/json",
  pdf: "application/pdf",
};

export function workspaceMethods(workspace: LocalWorkspace): Methods {
  function person(id: string): SlackPerson {
    const found = workspace.people.get(id);
    if (!found) throw new Refusal("user_not_found", `there is no person ${id}`);
    return found;
  }
  const url = `https://${workspace.domain}.slack.com/`;
  return {
    "api.test": () => ({}),
    "auth.test": () => ({
      url,
      team: workspace.name,
      user: handleOf(workspace.person(workspace.botUser)),
      team_id: workspace.id,
      user_id: workspace.botUser,
      bot_id: workspace.botId,
      is_enterprise_install: false,
    }),
    "team.info": () => ({
      team: {
        id: workspace.id,
        name: workspace.name,
        url,
        domain: workspace.domain,
        email_domain: "",
        icon: {},
      },
    }),
    "users.info": (args) => ({
      user: personJson(workspace, person(args.need("user")), args.flag("include_locale")),
    }),
    "users.list": (args) => {
      const { page, next } = pageOf([...workspace.people.values()], args, 1000);
      const locale = args.flag("include_locale");
      return {
        members: page.map((each) => personJson(workspace, each, locale)),
        cache_ts: workspace.seconds(),
        response_metadata: { next_cursor: next },
      };
    },
    "bots.info": (args) => {
      const id = args.text("bot") ?? workspace.botId;
      const own = id === workspace.botId;
      const other = [...workspace.people.values()].find((each) => each.bot && botIdOf(each) === id);
      if (!own && !other) throw new Refusal("bot_not_found", `there is no bot ${id}`);
      const { team_id: _, ...bot } = botProfile(workspace, id);
      return { bot: { ...bot, user_id: own ? workspace.botUser : other?.id } };
    },
    "usergroups.list": (args) => ({
      usergroups: [...workspace.groups.values()].map((group) =>
        groupJson(workspace, group, args.flag("include_users")),
      ),
    }),
    "usergroups.users.list": (args) => {
      const id = args.need("usergroup");
      const group = [...workspace.groups.values()].find((each) => each.id === id);
      if (!group) throw new Refusal("no_such_subteam", `there is no user group ${id}`);
      return { users: [...group.members] };
    },
  };
}

export function viewMethods(surface: Surface, modals: Modals): Methods {
  const need = (view: JsonObject | null): JsonObject => {
    if (view) return view;
    throw new Refusal("invalid_arguments", '"view" is missing', ["[ERROR] missing required field: view"]);
  };
  return {
    "views.open": (args) => {
      const view = need(args.object("view", "invalid_arguments"));
      return { view: modals.open(surface.takeTrigger(args.need("trigger_id")), view) };
    },
    "views.push": (args) => {
      const view = need(args.object("view", "invalid_arguments"));
      return { view: modals.push(surface.takeTrigger(args.need("trigger_id")), view) };
    },
    "views.update": (args) => {
      const view = need(args.object("view", "invalid_arguments"));
      return { view: modals.update(args.text("view_id"), args.text("external_id"), args.text("hash"), view) };
    },
    "views.publish": (args) => {
      const user = args.need("user_id");
      if (!surface.workspace.people.has(user))
        throw new Refusal("user_not_found", `there is no person ${user}`);
      return { view: modals.publish(user, need(args.object("view", "invalid_arguments"))) };
    },
  };
}

export function fileMethods(workspace: LocalWorkspace): Methods {
  return {
    "files.getUploadURLExternal": (args) => {
      const name = args.need("filename");
      if (!(Number(args.need("length")) > 0))
        throw new Refusal("invalid_arguments", "the length must be positive");
      const id = workspace.nextId("F");
      const mime = MIME[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
      const created = workspace.seconds();
      workspace.files.set(id, {
        id,
        name,
        title: name,
        mime,
        bytes: new Uint8Array(),
        owner: workspace.botUser,
        created,
      });
      return { upload_url: `${workspace.base}upload/v1/${id}`, file_id: id };
    },
    "files.completeUploadExternal": (args) => {
      const entries = args.objects("files", "invalid_arguments") ?? [];
      const files = entries.map((entry) => {
        const file = workspace.files.get(asText(entry.id) ?? "");
        if (!file) throw new Refusal("file_not_found", `there is no file ${String(entry.id)}`);
        if (file.bytes.length === 0)
          throw new Refusal("file_not_found", `nothing was uploaded for ${file.id}`);
        file.title = asText(entry.title) ?? file.name;
        return file;
      });
      if (files.length === 0) throw new Refusal("invalid_arguments", '"files" is missing');
      const id = args.text("channel_id") ?? args.text("channels");
      if (id) {
        const channel = openChannel(workspace, id);
        const { blocks } = contentOf(workspace, args, POST_TEXT);
        const root = workspace.messages.get(args.text("thread_ts") ?? "");
        post(workspace, {
          channel,
          root: root ? (root.root ?? root) : null,
          author: workspace.botUser,
          botId: workspace.botId,
          subtype: "file_share",
          text: args.text("initial_comment") ?? "",
          blocks: blocks ?? [],
          files,
        });
      }
      return { files: files.map((file) => fileJson(workspace, file)) };
    },
    "files.info": (args) => {
      const file = workspace.files.get(args.need("file"));
      if (!file) throw new Refusal("file_not_found", `there is no file ${args.need("file")}`);
      return { file: fileJson(workspace, file) };
    },
  };
}
