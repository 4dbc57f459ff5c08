// Where the local Slack's payloads may differ from the vendor's samples, and why. A difference that is not here fails;
// so does an entry that no longer excuses anything.

export interface Allowed {
  /** `missing` or `extra`, the sample's name, and the path: `missing events/MessagePayload event.edited`. */
  what: RegExp;
  because: string;
  /** The last names of the paths it holds for, separated by blanks; without it any. */
  fields?: readonly string[];
}

export function excuses({ what, fields }: Allowed, difference: string): boolean {
  const last = difference.split(/[ .]/).at(-1) ?? "";
  return what.test(difference) && (fields === undefined || fields.join(" ").split(" ").includes(last));
}

export const allowed: readonly Allowed[] = [
  {
    what: /^missing \S+ (enterprise_id|enterprise_name|team\.enterprise_\w+|event\.enterprise|(\w+\.)*(enterprise_\w+|teams))$/,
    because: "Enterprise Grid alone has them; the local Slack is one workspace.",
  },
  {
    what: /^missing events\/\S+ authed_(users|teams)$/,
    because: "Deprecated and no longer sent since February 2021; authorizations took their place.",
  },
  {
    what: /^extra events\/\S+ context_(team|enterprise)_id$/,
    because: "Newer than some samples; others (MemberJoinedChannelPayload) have them.",
  },
  {
    what: /^missing api\/\S+ (error|needed|provided|warning|arg|callstack|response_metadata|offset)$/,
    because: "Of refusals and warnings; these answers are neither.",
  },
  {
    what: /^(missing|extra) events\/AppRateLimitedPayload /,
    because:
      "The sample wraps it as an event; docs.slack.dev/apis/events-api shows it flat, and the SDK chokes on it.",
  },
  {
    what: /^missing events\/Message\w+ event\.(\w+\.)*(attachments|metadata|edited|thread_ts|parent_user_id|subtype|bot_id|bot_profile|blocks|icons|username|upload|display_as_bot|hidden|client_msg_id)$/,
    because: "Optional in a message: the sample is all kinds of message in one, ours are real ones.",
    fields: [
      "attachments blocks bot_id bot_profile display_as_bot edited hidden icons metadata",
      "parent_user_id subtype thread_ts upload username",
    ],
  },
  {
    what: /^missing events\/Message\w+ event\.(message|previous_message|root)\.(user_team|source_team|is_starred|is_locked|subscribed|last_read|unread_count|reply_count|reply_users_count|latest_reply|mrkdwn|room|no_notifications)$/,
    because:
      "Of Slack Connect people, threads, huddles or one reader's own state; sent where they apply or to no bot.",
    fields: [
      "is_locked is_starred last_read latest_reply mrkdwn no_notifications reply_count",
      "reply_users_count room source_team subscribed unread_count user_team",
    ],
  },
  {
    what: /^missing events\/AppMentionPayload event\.(username|app_id|bot_id|bot_profile|subtype|upload|display_as_bot|edited|thread_ts|user_profile\.\w+)$/,
    because: "Mentions by other bots, with files or in threads; avatars are left out.",
  },
  {
    what: /^extra events\/Message(ThreadBroadcast|FileShare|Changed|Deleted)?Payload event\.((message|previous_message|root)\.)?(client_msg_id|blocks|team|parent_user_id|user_team|source_team|user_profile|app_id|reply_users|is_locked)$/,
    because:
      "Any message has them (MessagePayload, AppMentionPayload, BlockActionPayload's message); this sample is sparser.",
  },
  {
    what: /^missing (events\/MessageFileSharePayload event\.files|api\/files\.completeUploadExternal files)\./,
    because:
      "Thumbnails, previews and the fields of videos, canvases and lists: nothing a support bot reads.",
    fields: [
      "access alt_txt app_id app_name can_toggle_canvas_lock canvas_printing_enabled",
      "canvas_template_mode channel_actions_count channel_actions_ts channels comments_count",
      "converted_pdf deanimate deanimate_gif duration_ms edit_link edit_timestamp editor external_id",
      "external_url groups has_more has_more_shares headers hls hls_embed image_exif_rotation ims",
      "initial_comment is_channel_space is_modified_by_ai is_restricted_sharing_enabled last_editor",
      "last_read lines lines_more linked_channel_id list_csv_download_url list_limits list_metadata",
      "media_display_type media_progress mp4 mp4_low non_owner_editable num_stars",
      "org_or_workspace_access original_attachment_count original_h original_w permalink_public pjpeg",
      "plain_text preview preview_highlight preview_is_truncated preview_plain_text",
      "private_channels_with_file_access_count private_file_with_access_count quip_thread_id saved",
      "sent_to_self shares show_badge simplified_html source_team subject",
      "team_pref_version_history_enabled template_conversion_ts template_description template_icon",
      "template_name template_title thumb_1024 thumb_1024_gif thumb_1024_h thumb_1024_w thumb_160",
      "thumb_160_gif thumb_160_h thumb_160_w thumb_360 thumb_360_gif thumb_360_h thumb_360_w thumb_480",
      "thumb_480_gif thumb_480_h thumb_480_w thumb_64 thumb_64_gif thumb_64_h thumb_64_w thumb_720",
      "thumb_720_gif thumb_720_h thumb_720_w thumb_80 thumb_800 thumb_800_gif thumb_800_h thumb_800_w",
      "thumb_80_gif thumb_80_h thumb_80_w thumb_960 thumb_960_gif thumb_960_h thumb_960_w thumb_gif",
      "thumb_pdf thumb_pdf_h thumb_pdf_w thumb_tiny thumb_video thumb_video_h thumb_video_w",
      "transcription update_notification updated url_static_preview vtt",
    ],
  },
  {
    what: /^(missing|extra) (events\/UserChangePayload event|api\/users\.(info|list)) ?\.?(user|members)?\.?(\w+\.)*(profile\.\w+|is_\w+|has_\w+|presence|two_factor_type|who_can_share_contact_card|locale)$/,
    because:
      "Avatars, huddles, guests and plan-specific flags; `is_stranger` comes with people of other organisations alone.",
    fields: [
      "always_active api_app_id avatar_hash bot_id email fields guest_channels guest_expiration_ts",
      "guest_invited_by has_2fa has_files huddle_state huddle_state_expiration_ts image_1024 image_192",
      "image_24 image_32 image_48 image_512 image_72 image_original is_connector_bot is_custom_image",
      "is_invited_user is_stranger is_workflow_bot locale presence pronouns start_date",
      "status_emoji_display_info status_emoji_url status_text_canonical two_factor_type",
      "who_can_share_contact_card",
    ],
  },
  {
    what: /^extra events\/UserChangePayload event\.event_ts$/,
    because: "docs.slack.dev/reference/events/user_change shows it; the sample is older.",
  },
  {
    what: /^missing interactive\/\S+ message\./,
    because:
      "A message of any kind again, every optional field at once; what ours has is compared by the events.",
    fields: [
      "app_id assistant_app_thread attachments bot_id bot_link bot_profile channel client_msg_id",
      "comment display_as_bot edited file files hidden icons inviter is_intro is_locked is_starred",
      "is_thread_broadcast item item_type last_read latest_reply metadata no_notifications",
      "parent_user_id pinned_to purpose reactions reply_count reply_users reply_users_count room root",
      "subscribed subtype topic unfurl_links unfurl_media upload username wibblr",
    ],
  },
  {
    what: /^missing interactive\/BlockActionPayload (view|app_unfurl|container\.\w+|actions\.\w+(\.\w+)*)$/,
    because: "Alternatives: of views, unfurls, attachments and the elements the bot does not use.",
    fields: [
      "app_unfurl app_unfurl_url attachment_id confirm description initial_channel",
      "initial_conversation initial_date initial_time initial_user is_app_unfurl min_query_length",
      "rich_text_value selected_channel selected_conversation selected_date selected_time",
      "selected_user style text url view view_id",
    ],
  },
  {
    what: /^missing interactive\/\S+ (bot_access_token|function_data|interactivity|is_cleared|view\.submit_disabled)$/,
    because: "Of workflow functions and steps; is_cleared belongs to view_closed.",
  },
  {
    what: /^extra interactive\/View\w+ (view\.blocks|response_urls)$/,
    because:
      "docs.slack.dev/reference/interaction-payloads/view-interactions-payload has both; the sample drops them.",
  },
  {
    what: /^missing api\/auth\.test (app_name|app_id|expires_in)$/,
    because: "Of app-level and rotating tokens.",
  },
  {
    what: /^missing api\/team\.info team\.\w+$/,
    because: "Billing, single sign-on and Salesforce.",
    fields: [
      "avatar_base_url discoverable is_sfdc_auto_slack is_verified lob_sales_home_enabled locale",
      "pay_prod_cur sso_provider",
    ],
  },
  {
    what: /^missing api\/(conversations\.\w+|users\.conversations) channels?\.\w+$/,
    because: "Grid, guests, a reader's own state, and direct channels (which the sample's list mixes in).",
    fields: [
      "connected_limited_team_ids conversation_host_id internal_team_ids is_global_shared is_moved",
      "is_non_threadable is_open is_org_default is_org_mandatory is_read_only is_starred",
      "is_thread_only is_user_deleted last_read locale num_members parent_conversation",
      "pending_connected_team_ids priority properties user",
    ],
  },
  {
    what: /^missing api\/usergroups\.list usergroups\.\w+$/,
    because: "Grid and automatic provisioning.",
    fields: [
      "auto_provision channel_count is_editing_restricted is_idp_group is_membership_locked",
      "is_org_level is_section is_visible",
    ],
  },
  {
    what: /^extra api\/usergroups\.list usergroups\.auto_type$/,
    because: "docs.slack.dev/reference/methods/usergroups.list shows it (null, admins, owners).",
  },
];
