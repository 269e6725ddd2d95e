/* SPDX-License-Identifier: MIT */
/*
 * dialect: a row has just enough keys to tell it from the others, and rows with more telling
 * keys stand first. The author is the stable identity (a channel's id, not its changing
 * name) where the dump has both. Rows for posts without comment text are missing on purpose.
 */
#include "corpus/dialect.h"

#define TEXT   [ROLE_TEXT]
#define ID     [ROLE_ID]
#define THREAD [ROLE_THREAD]
#define PARENT [ROLE_PARENT]
#define AUTHOR [ROLE_AUTHOR]
#define DATE   [ROLE_DATE]
#define TARGET [ROLE_TARGET]
#define LABEL  [ROLE_LABEL]

const struct dialect dialects[] = {
    {"stance corpus",
     {"id", "text", "stance"},
     {TEXT = "text", ID = "id", THREAD = "thread", PARENT = "parent", AUTHOR = "author",
      DATE = "date"},
     NULL,
     false},
    {"minet YouTube comments",
     {"video_id", "comment_id", "author_channel_id", "text", "parent_comment_id"},
     {TEXT = "text", ID = "comment_id", THREAD = "video_id", PARENT = "parent_comment_id",
      AUTHOR = "author_channel_id", DATE = "published_at"},
     NULL,
     false},
    {"YouTube API comment threads",
     {"snippet.topLevelComment.snippet.textOriginal"},
     {TEXT = "snippet.topLevelComment.snippet.textOriginal", ID = "id", THREAD = "snippet.videoId",
      AUTHOR = "snippet.topLevelComment.snippet.authorChannelId.value",
      DATE = "snippet.topLevelComment.snippet.publishedAt"},
     NULL,
     false},
    {"YouTube API comment threads (HTML)",
     {"snippet.topLevelComment.snippet.textDisplay"},
     {TEXT = "snippet.topLevelComment.snippet.textDisplay", ID = "id", THREAD = "snippet.videoId",
      AUTHOR = "snippet.topLevelComment.snippet.authorChannelId.value",
      DATE = "snippet.topLevelComment.snippet.publishedAt"},
     NULL,
     true},
    {"YouTube API comments",
     {"id", "snippet.textOriginal"},
     {TEXT = "snippet.textOriginal", ID = "id", THREAD = "snippet.videoId",
      PARENT = "snippet.parentId", AUTHOR = "snippet.authorChannelId.value",
      DATE = "snippet.publishedAt"},
     NULL,
     false},
    {"YouTube API comments (HTML)",
     {"id", "snippet.textDisplay"},
     {TEXT = "snippet.textDisplay", ID = "id", THREAD = "snippet.videoId",
      PARENT = "snippet.parentId", AUTHOR = "snippet.authorChannelId.value",
      DATE = "snippet.publishedAt"},
     NULL,
     true},
    {"YouTube Data Tools comments",
     {"id", "isReplyTo", "authorName", "text", "publishedAt"},
     {TEXT = "text", ID = "id", PARENT = "isReplyTo", AUTHOR = "authorName", DATE = "publishedAt"},
     NULL,
     false},
    {"yt-dlp comments",
     {"id", "parent", "text", "author_id", "timestamp"},
     {TEXT = "text", ID = "id", PARENT = "parent", AUTHOR = "author_id", DATE = "timestamp"},
     "root",
     false},
    {"minet Reddit comments",
     {"comment_url", "author", "id", "parent", "comment"},
     {TEXT = "comment", ID = "id", PARENT = "parent", AUTHOR = "author", DATE = "published_date"},
     NULL,
     false},
    {"minet Reddit user comments",
     {"post_title", "post_author", "text", "comment_url"}, /* one user's: no author column */
     {TEXT = "text", ID = "comment_url", THREAD = "post_url", DATE = "published_date"},
     NULL,
     false},
    {"Pushshift Reddit comments",
     {"body", "link_id", "parent_id", "author", "created_utc"},
     {TEXT = "body", ID = "id", THREAD = "link_id", PARENT = "parent_id", AUTHOR = "author",
      DATE = "created_utc"},
     NULL,
     false},
    {"Zeeschuimer TikTok comments",
     {"cid", "aweme_id", "text", "user.unique_id"},
     {TEXT = "text", ID = "cid", THREAD = "aweme_id", PARENT = "reply_id",
      AUTHOR = "user.unique_id", DATE = "create_time"},
     "0",
     false},
    {"Zeeschuimer TikTok comments (raw)",
     {"data.cid", "data.aweme_id", "data.text"},
     {TEXT = "data.text", ID = "data.cid", THREAD = "data.aweme_id", PARENT = "data.reply_id",
      AUTHOR = "data.user.unique_id", DATE = "data.create_time"},
     "0",
     false},
    {"4CAT TikTok comments", /* its thread_id is the parent comment, or the video */
     {"collected_from_url", "thread_id", "author", "body", "post_id", "is_comment_on_comment"},
     {TEXT = "body", ID = "id", THREAD = "post_id", PARENT = "thread_id", AUTHOR = "author",
      DATE = "timestamp"},
     NULL,
     false},
    {"4CAT",
     {"id", "thread_id", "author", "body", "timestamp"},
     {TEXT = "body", ID = "id", THREAD = "thread_id", AUTHOR = "author", DATE = "timestamp"},
     NULL,
     false},
    {"TikTok Research API comments", /* has no author at all */
     {"id", "video_id", "text", "parent_comment_id", "create_time"},
     {TEXT = "text", ID = "id", THREAD = "video_id", PARENT = "parent_comment_id",
      DATE = "create_time"},
     NULL,
     false},
    {"minet Facebook comments",
     {"fbid", "depth", "parent_id", "author_name", "created_time", "text"},
     {TEXT = "text", ID = "id", PARENT = "parent_id", AUTHOR = "author_url", DATE = "created_time"},
     NULL,
     false},
    {"minet Facebook comments (mobile)",
     {"post_id", "user_label", "text", "formatted_date", "in_reply_to"},
     {TEXT = "text", ID = "id", THREAD = "post_id", PARENT = "in_reply_to", AUTHOR = "user_id",
      DATE = "date"},
     NULL,
     false},
    {"minet Instagram comments",
     {"parent_id", "child_index", "text", "comment_like_count", "username"},
     {TEXT = "text", ID = "id", PARENT = "parent_id", AUTHOR = "username", DATE = "created_at_utc"},
     NULL,
     false},
    {"Facepager",
     {"object_id", "object_type", "query_status", "message"},
     {TEXT = "message", ID = "id", PARENT = "parent_id", AUTHOR = "from.name",
      DATE = "created_time"},
     NULL,
     false},
    {"minet tweets",
     {"timestamp_utc", "user_screen_name", "text", "to_tweetid"},
     {TEXT = "text", ID = "id", PARENT = "to_tweetid", AUTHOR = "user_id", DATE = "timestamp_utc"},
     NULL,
     false},
    {"TCAT tweets",
     {"id", "from_user_name", "text", "in_reply_to_status_id"},
     {TEXT = "text", ID = "id", PARENT = "in_reply_to_status_id", AUTHOR = "from_user_id",
      DATE = "created_at"},
     NULL,
     false},
    {"minet Bluesky posts",
     {"uri", "user_did", "text", "to_post_uri", "to_root_post_uri"},
     {TEXT = "text", ID = "uri", THREAD = "to_root_post_uri", PARENT = "to_post_uri",
      AUTHOR = "user_did", DATE = "timestamp_utc"},
     NULL,
     false},
    {"minet Telegram messages",
     {"link_to_message", "user", "text", "datetime"},
     {TEXT = "text", ID = "link_to_message", AUTHOR = "user", DATE = "datetime"},
     NULL,
     false},
    {"Telegram Desktop messages",
     {"id", "type", "date_unixtime", "text"},
     {TEXT = "text", ID = "id", PARENT = "reply_to_message_id", AUTHOR = "from_id", DATE = "date"},
     NULL,
     false},
    {"Discourse posts", /* reply_to_post_number counts within the topic: it is no id */
     {"id", "username", "raw", "topic_id", "post_number"},
     {TEXT = "raw", ID = "id", THREAD = "topic_id", AUTHOR = "username", DATE = "created_at"},
     NULL,
     false},
    {"Discourse posts (HTML)",
     {"id", "username", "cooked", "topic_id", "post_number"},
     {TEXT = "cooked", ID = "id", THREAD = "topic_id", AUTHOR = "username", DATE = "created_at"},
     NULL,
     true},
    {"Mastodon statuses",
     {"id", "in_reply_to_id", "account.acct", "content"},
     {TEXT = "content", ID = "id", PARENT = "in_reply_to_id", AUTHOR = "account.acct",
      DATE = "created_at"},
     NULL,
     true},
    {"WordPress comments",
     {"comment_ID", "comment_post_ID", "comment_content"},
     {TEXT = "comment_content", ID = "comment_ID", THREAD = "comment_post_ID",
      PARENT = "comment_parent", AUTHOR = "comment_author", DATE = "comment_date_gmt"},
     "0",
     true},
    {"phpBB posts",
     {"post_id", "topic_id", "poster_id", "post_text"},
     {TEXT = "post_text", ID = "post_id", THREAD = "topic_id", AUTHOR = "poster_id",
      DATE = "post_time"},
     NULL,
     false},
    {"SemEval-2016 stance",
     {"ID", "Target", "Tweet", "Stance"},
     {TEXT = "Tweet", ID = "ID", TARGET = "Target", LABEL = "Stance"},
     NULL,
     false},
    {"x-stance",
     {"id", "question", "comment", "label"},
     {TEXT = "comment", ID = "id", AUTHOR = "author", TARGET = "question", LABEL = "label"},
     NULL,
     false},
    {NULL, {NULL}, {NULL}, NULL, false},
};

const char *role_name(enum role role)
{
    static const char *const name[N_ROLES] = {
        TEXT = "text",     ID = "id",     THREAD = "thread", PARENT = "parent",
        AUTHOR = "author", DATE = "date", TARGET = "target", LABEL = "label"};
    return name[role];
}

const char *const *dialect_generic(enum role role)
{
    static const char *const text[] = {
        "text",    "body",  "comment",      "content",      "message",   "texte", "commentaire",
        "contenu", "corps", "comment_text", "comment_body", "full_text", "tweet", NULL};
    static const char *const id[] = {"id",       "comment_id", "cid",         "message_id",
                                     "tweet_id", "id_str",     "identifiant", NULL};
    static const char *const thread[] = {
        "thread",     "thread_id",     "video_id",        "post_id",       "topic_id", "link_id",
        "article_id", "discussion_id", "conversation_id", "submission_id", "fil",      NULL};
    static const char *const parent[] = {
        "parent",         "parent_id", "parent_comment_id", "in_reply_to",
        "in_reply_to_id", "reply_to",  "reply_to_id",       NULL};
    static const char *const author[] = {"author", "auteur",      "username",  "user",
                                         "pseudo", "author_name", "user_name", NULL};
    static const char *const date[] = {"date",         "created_at",  "created_utc", "timestamp",
                                       "published_at", "publishedAt", "create_time", "datetime",
                                       "created",      NULL};
    static const char *const target[] = {"target", "cible", NULL};
    static const char *const label[] = {"label", "stance", "etiquette", NULL};
    static const char *const *const names[N_ROLES] = {
        TEXT = text,     ID = id,     THREAD = thread, PARENT = parent,
        AUTHOR = author, DATE = date, TARGET = target, LABEL = label};
    return names[role];
}
