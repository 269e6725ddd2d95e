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
    {.name = "stance corpus", /* "stance" is an object there, and no label; in a table it is */
     .key = {"id", "text", "stance"},
     .role = {TEXT = "text", ID = "id", THREAD = "thread", PARENT = "parent", AUTHOR = "author",
              DATE = "date", TARGET = "target", LABEL = "stance"}},
    {.name = "minet YouTube comments",
     .key = {"video_id", "comment_id", "author_channel_id", "text", "parent_comment_id"},
     .role = {TEXT = "text", ID = "comment_id", THREAD = "video_id", PARENT = "parent_comment_id",
              AUTHOR = "author_channel_id", DATE = "published_at"}},
    {.name = "YouTube API comment threads",
     .key = {"snippet.topLevelComment.snippet.textOriginal"},
     .role = {TEXT = "snippet.topLevelComment.snippet.textOriginal", ID = "id",
              THREAD = "snippet.videoId",
              AUTHOR = "snippet.topLevelComment.snippet.authorChannelId.value",
              DATE = "snippet.topLevelComment.snippet.publishedAt"}},
    {.name = "YouTube API comment threads (HTML)",
     .key = {"snippet.topLevelComment.snippet.textDisplay"},
     .role = {TEXT = "snippet.topLevelComment.snippet.textDisplay", ID = "id",
              THREAD = "snippet.videoId",
              AUTHOR = "snippet.topLevelComment.snippet.authorChannelId.value",
              DATE = "snippet.topLevelComment.snippet.publishedAt"},
     .html = true},
    {.name = "YouTube API comments",
     .key = {"id", "snippet.textOriginal"},
     .role = {TEXT = "snippet.textOriginal", ID = "id", THREAD = "snippet.videoId",
              PARENT = "snippet.parentId", AUTHOR = "snippet.authorChannelId.value",
              DATE = "snippet.publishedAt"}},
    {.name = "YouTube API comments (HTML)",
     .key = {"id", "snippet.textDisplay"},
     .role = {TEXT = "snippet.textDisplay", ID = "id", THREAD = "snippet.videoId",
              PARENT = "snippet.parentId", AUTHOR = "snippet.authorChannelId.value",
              DATE = "snippet.publishedAt"},
     .html = true},
    {.name = "YouTube Data Tools comments",
     .key = {"id", "isReplyTo", "authorName", "text", "publishedAt"},
     .role = {TEXT = "text", ID = "id", PARENT = "isReplyTo", AUTHOR = "authorName",
              DATE = "publishedAt"}},
    {.name = "yt-dlp comments",
     .key = {"id", "parent", "text", "author_id", "timestamp"},
     .role = {TEXT = "text", ID = "id", PARENT = "parent", AUTHOR = "author_id",
              DATE = "timestamp"},
     .top = "root"},
    {.name = "minet Reddit comments",
     .key = {"comment_url", "author", "id", "parent", "comment"},
     .role = {TEXT = "comment", ID = "id", PARENT = "parent", AUTHOR = "author",
              DATE = "published_date"}},
    {.name = "minet Reddit user comments",
     .key = {"post_title", "post_author", "text", "comment_url"}, /* one user's: no author column */
     .role = {TEXT = "text", ID = "comment_url", THREAD = "post_url", DATE = "published_date"}},
    {.name = "Pushshift Reddit comments",
     .key = {"body", "link_id", "parent_id", "author", "created_utc"},
     .role = {TEXT = "body", ID = "id", THREAD = "link_id", PARENT = "parent_id", AUTHOR = "author",
              DATE = "created_utc"}},
    {.name = "Zeeschuimer TikTok comments",
     .key = {"cid", "aweme_id", "text", "user.unique_id"},
     .role = {TEXT = "text", ID = "cid", THREAD = "aweme_id", PARENT = "reply_id",
              AUTHOR = "user.unique_id", DATE = "create_time"},
     .top = "0"},
    {.name = "Zeeschuimer TikTok comments (raw)",
     .key = {"data.cid", "data.aweme_id", "data.text"},
     .role = {TEXT = "data.text", ID = "data.cid", THREAD = "data.aweme_id",
              PARENT = "data.reply_id", AUTHOR = "data.user.unique_id", DATE = "data.create_time"},
     .top = "0"},
    {.name = "4CAT TikTok comments", /* its thread_id is the parent comment, or the video */
     .key = {"collected_from_url", "thread_id", "author", "body", "post_id",
             "is_comment_on_comment"},
     .role = {TEXT = "body", ID = "id", THREAD = "post_id", PARENT = "thread_id", AUTHOR = "author",
              DATE = "timestamp"}},
    {.name = "4CAT",
     .key = {"id", "thread_id", "author", "body", "timestamp"},
     .role = {TEXT = "body", ID = "id", THREAD = "thread_id", AUTHOR = "author",
              DATE = "timestamp"}},
    {.name = "TikTok Research API comments", /* has no author at all */
     .key = {"id", "video_id", "text", "parent_comment_id", "create_time"},
     .role = {TEXT = "text", ID = "id", THREAD = "video_id", PARENT = "parent_comment_id",
              DATE = "create_time"}},
    {.name = "minet Facebook comments",
     .key = {"fbid", "depth", "parent_id", "author_name", "created_time", "text"},
     .role = {TEXT = "text", ID = "id", PARENT = "parent_id", AUTHOR = "author_url",
              DATE = "created_time"}},
    {.name = "minet Facebook comments (mobile)",
     .key = {"post_id", "user_label", "text", "formatted_date", "in_reply_to"},
     .role = {TEXT = "text", ID = "id", THREAD = "post_id", PARENT = "in_reply_to",
              AUTHOR = "user_id", DATE = "date"}},
    {.name = "minet Instagram comments",
     .key = {"parent_id", "child_index", "text", "comment_like_count", "username"},
     .role = {TEXT = "text", ID = "id", PARENT = "parent_id", AUTHOR = "username",
              DATE = "created_at_utc"}},
    {.name = "Facepager",
     .key = {"object_id", "object_type", "query_status", "message"},
     .role = {TEXT = "message", ID = "id", PARENT = "parent_id", AUTHOR = "from.name",
              DATE = "created_time"}},
    {.name = "minet tweets",
     .key = {"timestamp_utc", "user_screen_name", "text", "to_tweetid"},
     .role = {TEXT = "text", ID = "id", PARENT = "to_tweetid", AUTHOR = "user_id",
              DATE = "timestamp_utc"}},
    {.name = "TCAT tweets",
     .key = {"id", "from_user_name", "text", "in_reply_to_status_id"},
     .role = {TEXT = "text", ID = "id", PARENT = "in_reply_to_status_id", AUTHOR = "from_user_id",
              DATE = "created_at"}},
    {.name = "minet Bluesky posts",
     .key = {"uri", "user_did", "text", "to_post_uri", "to_root_post_uri"},
     .role = {TEXT = "text", ID = "uri", THREAD = "to_root_post_uri", PARENT = "to_post_uri",
              AUTHOR = "user_did", DATE = "timestamp_utc"}},
    {.name = "minet Telegram messages",
     .key = {"link_to_message", "user", "text", "datetime"},
     .role = {TEXT = "text", ID = "link_to_message", AUTHOR = "user", DATE = "datetime"}},
    {.name = "Telegram Desktop messages",
     .key = {"id", "type", "date_unixtime", "text"},
     .role = {TEXT = "text", ID = "id", PARENT = "reply_to_message_id", AUTHOR = "from_id",
              DATE = "date"}},
    {.name = "Discourse posts", /* reply_to_post_number counts within the topic: it is no id */
     .key = {"id", "username", "raw", "topic_id", "post_number"},
     .role = {TEXT = "raw", ID = "id", THREAD = "topic_id", AUTHOR = "username",
              DATE = "created_at"}},
    {.name = "Discourse posts (HTML)",
     .key = {"id", "username", "cooked", "topic_id", "post_number"},
     .role = {TEXT = "cooked", ID = "id", THREAD = "topic_id", AUTHOR = "username",
              DATE = "created_at"},
     .html = true},
    {.name = "Mastodon statuses",
     .key = {"id", "in_reply_to_id", "account.acct", "content"},
     .role = {TEXT = "content", ID = "id", PARENT = "in_reply_to_id", AUTHOR = "account.acct",
              DATE = "created_at"},
     .html = true},
    {.name = "WordPress comments",
     .key = {"comment_ID", "comment_post_ID", "comment_content"},
     .role = {TEXT = "comment_content", ID = "comment_ID", THREAD = "comment_post_ID",
              PARENT = "comment_parent", AUTHOR = "comment_author", DATE = "comment_date_gmt"},
     .top = "0",
     .html = true},
    {.name = "phpBB posts",
     .key = {"post_id", "topic_id", "poster_id", "post_text"},
     .role = {TEXT = "post_text", ID = "post_id", THREAD = "topic_id", AUTHOR = "poster_id",
              DATE = "post_time"}},
    {.name = "SemEval-2016 stance",
     .key = {"ID", "Target", "Tweet", "Stance"},
     .role = {TEXT = "Tweet", ID = "ID", TARGET = "Target", LABEL = "Stance"}},
    {.name = "x-stance",
     .key = {"id", "question", "comment", "label"},
     .role = {TEXT = "comment", ID = "id", AUTHOR = "author", TARGET = "question",
              LABEL = "label"}},
    {.name = NULL},
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
