/* SPDX-License-Identifier: MIT */
/*
 * stance: the stance of forum comments toward targets.
 *
 * The library never prints and never exits on bad input: a function that can fail
 * returns 0 or -1 (or NULL) and fills the `struct stance_err` it was given. Only memory
 * exhaustion ends the process (exit 70, one line), because no caller could go on.
 * Text is always (pointer, length) in bytes of UTF-8; a NUL is a byte like another.
 */
#ifndef STANCE_H
#define STANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STANCE_API __attribute__((visibility("default")))

/* What went wrong; the numbers are the program's exit codes. */
enum stance_code {
    STANCE_OK = 0,
    STANCE_NO = 1,       /* the answer is no: a gate not reached */
    STANCE_USAGE = 2,    /* wrong command line or arguments */
    STANCE_DATA = 3,     /* bad corpus or text */
    STANCE_MODEL = 4,    /* bad or unsupported model file */
    STANCE_SYSTEM = 5,   /* cannot open, read, write; disk full */
    STANCE_INTERNAL = 70 /* out of memory, or a bug */
};

/* line and column are 1-based, 0 where they mean nothing; column counts bytes.
 * message and file are NUL-terminated, cut to fit, control characters made '?'. */
struct stance_err {
    enum stance_code code;
    char message[512];
    char file[256];
    uint64_t line, column;
};

/* How the library talks back. Every member may be NULL. */
struct stance_talk {
    void *arg;
    /* one line of text without its newline: what was found, what was decided */
    void (*note)(void *arg, const char *line);
    /* work done of work in all (0 where that is not known), called often; what is a word
     * such as "folds" or "bytes" */
    void (*progress)(void *arg, const char *what, uint64_t done, uint64_t total);
};

/* Where results go: returns 0, or -1 with err filled (code STANCE_SYSTEM). */
struct stance_sink {
    void *arg;
    int (*write)(void *arg, const char *p, size_t len, struct stance_err *err);
};

/* "0.1.0 (model format 1.0; libsvm 3.24; utf8proc 2.8.0, Unicode 15.0.0; zlib 1.2.13; …)" */
STANCE_API const char *stance_version(void);

/* ---- models ---- */

/* A trained or loaded model; nothing of it changes, so threads may share it. */
struct stance_model;

/* Maps a model file. NULL on failure: STANCE_SYSTEM (cannot open), STANCE_MODEL (damaged,
 * not a model, of a newer format). */
STANCE_API struct stance_model *stance_model_load(const char *path, struct stance_err *err);

/* Written beside `path`, synced and renamed; the old file stays until then. */
STANCE_API int stance_model_save(const struct stance_model *model, const char *path,
                                 struct stance_err *err);
STANCE_API void stance_model_free(struct stance_model *model);

/* The bytes of the model's file, borrowed until stance_model_free(). */
STANCE_API void stance_model_bytes(const struct stance_model *model, const char **p, size_t *len);

/* A model from such bytes, copied; `name` (copied too) stands for the file in messages.
 * NULL on failure: STANCE_MODEL. */
STANCE_API struct stance_model *stance_model_from_bytes(const char *p, size_t len, const char *name,
                                                        struct stance_err *err);

STANCE_API size_t stance_model_n_targets(const struct stance_model *model);
STANCE_API size_t stance_model_n_labels(const struct stance_model *model);

/* Borrowed and NUL-terminated, good until stance_model_free(); NULL where i is too large. */
STANCE_API const char *stance_model_target(const struct stance_model *model, size_t i);
STANCE_API const char *stance_model_label(const struct stance_model *model, size_t i);

/* Training comments of target i that had label j; a label with 0 is never predicted. */
STANCE_API uint64_t stance_model_seen(const struct stance_model *model, size_t target,
                                      size_t label);

/* Everything the file says about itself, as text for people or as one JSON object. */
STANCE_API int stance_model_describe(const struct stance_model *model, bool json,
                                     struct stance_sink *sink, struct stance_err *err);

/* ---- one comment ---- */

/* One per thread. */
struct stance_classifier;

struct stance_prediction {
    const char *target, *label; /* borrowed from the model */
    double p;                   /* probability of that label; NAN for an unseen target */
    const double *probs;        /* n_labels of them, borrowed until the next call */
};

/* targets: ids, or NULL with n 0 for all of the model. A target that the model does not
 * have is STANCE_USAGE, naming those it has, unless allow_unseen: it is then described by
 * its own words, through the name kernel. The model must outlive the classifier. */
STANCE_API struct stance_classifier *stance_classifier_new(const struct stance_model *model,
                                                           const char *const *targets, size_t n,
                                                           bool allow_unseen,
                                                           struct stance_err *err);
STANCE_API void stance_classifier_free(struct stance_classifier *classifier);

/* How many predictions stance_classify() writes. */
STANCE_API size_t stance_classifier_n_targets(const struct stance_classifier *classifier);

/* Any bytes are a comment; those that are not UTF-8 are read as U+FFFD. Never fails, and
 * allocates nothing once warm. */
STANCE_API void stance_classify(struct stance_classifier *classifier, const char *text, size_t len,
                                struct stance_prediction *out);

/* ---- reading ---- */

/* Names of columns or members (a.b reaches into objects); NULL: found by a table. */
struct stance_fields {
    const char *text, *id, *thread, *parent, *author, *date, *target, *label;
    const char *annotator; /* read by stance_agree() alone */
};

enum stance_encoding {
    STANCE_ENCODING_AUTO, /* UTF-8, with or without mark; UTF-16 with mark */
    STANCE_ENCODING_UTF8,
    STANCE_ENCODING_WINDOWS_1252,
    STANCE_ENCODING_ISO_8859_15
};

struct stance_input {
    struct stance_fields fields;
    enum stance_encoding encoding;
    size_t max_record;  /* bytes; 0: 1 MiB */
    bool lossy;         /* repair invalid UTF-8 to U+FFFD */
    const char *prefix; /* predictions: before the names of their columns; NULL: none */
    bool textless;      /* a gold of labels alone: its texts need not be there */
    bool spare_audit;   /* labelled comments: rows of an audit (what `stance sample` writes) that
                           were drawn to estimate are passed over, which talk->note tells, so that
                           a model that is trained can be corrected by them; STANCE_DATA where that
                           leaves nothing of a file with labels */
};

/* ---- dumps ---- */

enum stance_form { STANCE_FORM_AS_INPUT, STANCE_FORM_NDJSON, STANCE_FORM_CSV, STANCE_FORM_TSV };

struct stance_dump_options {
    struct stance_input input;
    const char *const *target; /* n_targets ids, each once; NULL: all of the model */
    size_t n_targets;
    bool allow_unseen;
    enum stance_form output;
    bool longform;      /* one line per record and target */
    bool flat;          /* NDJSON: flat keys as in CSV */
    bool probs;         /* the probability of every label */
    const char *prefix; /* before the names of added columns; NULL: none */
    double min_p;       /* below it the status is `abstain`; 0: never */
    bool whole_threads; /* each comment is judged together with the others of its thread: what
                           they say, and its author's above all, changes its probabilities as far
                           as that helped on held-out comments in training. The records of a thread
                           must follow one another: where they do not, each run of them counts as
                           a thread, which talk->note tells. Not with fields.target */
    bool strict;        /* in the end STANCE_DATA, where a record could not be read: over-long,
                           undecodable, unparsable, without text or known target */
    unsigned n_jobs;    /* 0: one per processor; changes no byte of the output */
};

enum stance_status {
    STANCE_STATUS_OK,
    STANCE_STATUS_ABSTAIN,       /* label kept, probability below min_p */
    STANCE_STATUS_UNSEEN_TARGET, /* label kept, no probability */
    STANCE_STATUS_BLANK,
    STANCE_STATUS_DELETED,
    STANCE_STATUS_NO_TEXT,
    STANCE_STATUS_NO_TARGET, /* --target-field: the record names none, or one not known */
    STANCE_STATUS_OVERLONG,
    STANCE_STATUS_UNDECODABLE,
    STANCE_STATUS_UNPARSABLE,
    STANCE_N_STATUS
};

/* "ok", "abstain", "unseen-target", "blank", "deleted", "no-text", "no-target",
 * "over-long", "undecodable", "unparsable" */
STANCE_API const char *stance_status_name(enum stance_status status);

struct stance_tally {
    uint64_t records, status[STANCE_N_STATUS];
    size_t n_targets, n_labels;
    const char **target, **label; /* borrowed from the model or the options */
    uint64_t *label_count;        /* [target][label] predicted, abstentions included */
};
STANCE_API void stance_tally_release(struct stance_tally *tally);

/* Classifies files (paths NULL or "-": standard input) in order, one record out per record
 * in. tally may be NULL; it is filled also where the call fails under `strict`. */
STANCE_API int stance_classify_files(const struct stance_model *model,
                                     const struct stance_dump_options *options,
                                     const char *const *path, size_t n_paths,
                                     struct stance_sink *sink, struct stance_tally *tally,
                                     const struct stance_talk *talk, struct stance_err *err);

/* The saved text of an article page to corpus NDJSON, one record per comment. */
STANCE_API int stance_import_page(const char *path, enum stance_encoding encoding,
                                  struct stance_sink *sink, const struct stance_talk *talk,
                                  struct stance_err *err);

/* ---- training ---- */

struct stance_corpus;

/* Reads labelled comments; targets_path (or NULL) is NDJSON of target definitions. */
STANCE_API struct stance_corpus *stance_corpus_load(const char *const *path, size_t n_paths,
                                                    const char *targets_path,
                                                    const struct stance_input *input,
                                                    const struct stance_talk *talk,
                                                    struct stance_err *err);
/* The same with comments of the user's own beside the corpus: those of the n_added files, of which
 * each needs a label (else STANCE_DATA). What is trained on both is for comments like the added
 * ones: they alone are held out, everything is chosen and calibrated on them, and how much the
 * others count is chosen too (stance_train_options.add_share). Where they are no clear gain, the
 * model is that of the added comments alone, without targets that these do not have: held-out log
 * loss must fall by more than one standard error. A target in both is one target. A
 * comment in both is an added one, with the labels of both; for the rest the rules are those of a
 * comment given twice. n_added 0: as stance_corpus_load(). */
STANCE_API struct stance_corpus *
stance_corpus_load_added(const char *const *path, size_t n_paths, const char *const *added,
                         size_t n_added, const char *targets_path, const struct stance_input *input,
                         const struct stance_talk *talk, struct stance_err *err);

/* Drops the labels of all other targets, as if they had not been given. A target that the corpus
 * has no label for is STANCE_USAGE, naming those it has, and so is one given twice; the corpus
 * then stays as it was. n 0 keeps all. */
STANCE_API int stance_corpus_keep_targets(struct stance_corpus *corpus, const char *const *target,
                                          size_t n, struct stance_err *err);
STANCE_API void stance_corpus_free(struct stance_corpus *corpus);

struct stance_train_options {
    uint32_t n_folds;         /* 2 or more; 0: 5 */
    const char *group;        /* field that folds keep whole, or date:year, date:month, date:week,
                                 date:day; NULL: thread, author, id */
    const double *c;          /* n_c values, positive and rising; NULL: the defaults */
    uint32_t n_c;             /* at most 16 */
    int class_weights;        /* 0: the default; 1: none; 2: balanced */
    uint64_t seed;            /* folds depend on it; 0: 1 */
    unsigned n_jobs;          /* 0: one per processor; changes no byte of the model */
    uint64_t max_memory;      /* bytes for kernel matrices or vectors; 0: 4 GiB */
    uint32_t min_count;       /* comments that an n-gram must occur in to count; 0: 1 */
    uint32_t words;           /* longest n-gram of words, at most 8; 0: 3 */
    bool no_skips;            /* no pairs of words with one or two others between */
    bool no_openings;         /* no space for how comments open */
    uint32_t char_min;        /* shortest and longest n-gram of characters, at most 16; */
    uint32_t char_max;        /* both 0: 3 and 6 */
    const double *word_share; /* parts of 1 that words count, n_word_share values from 0 to 2/3,
                                 rising; pairs count half as much, characters the rest */
    uint32_t n_word_share;    /* at most 4; 0: the defaults */
    const double *add_share;  /* where comments were added: what the others count, n_add_share */
    uint32_t n_add_share;     /* values from 0, nothing, to 1, the same, rising, at most 8, to
                                 choose from, 0 unless another is a clear gain; n_add_share
                                 0: 0, 1/4, 1/2, 1 */
    int decide;               /* which figure the rule of decision is chosen for: 0, the default,
                                 and 1: macro-F1; 2: F_avg; 3: none, the most probable label */
    const char *const *unlabelled; /* n_unlabelled dumps, read twice: word vectors are learnt
                                      from their comments and used where that helps */
    size_t n_unlabelled;
    int solver; /* 0 and 1: libsvm where its matrices fit in max_memory, else the
                   other; 2: libsvm; 3: coordinate descent, which needs no matrix */
};

/* Chooses C and the share of words by grouped cross-validation, trains, calibrates. What was done
 * is told through talk->note. Added comments that are too few for the folds, or give no target two
 * labels, are STANCE_DATA. options may be NULL; such as are out of range, and a
 * corpus that max_memory does not hold, are STANCE_USAGE. */
STANCE_API struct stance_model *stance_train(const struct stance_corpus *corpus,
                                             const struct stance_train_options *options,
                                             const struct stance_talk *talk,
                                             struct stance_err *err);

/* ---- evaluation ---- */

/* Gold beside what a model, or any program, said of it, and baselines; figures per target,
 * pooled and per slice, with intervals. */
struct stance_evaluation;

struct stance_eval_options {
    const char *group;     /* field whose comments are resampled together, and kept whole by
                              folds; "id": each comment by itself; NULL: the thread, else the
                              author, else the comment: the first that all have */
    const char *const *by; /* n_by fields to slice by */
    size_t n_by;
    bool no_intervals;
    uint32_t n_resamples; /* of the bootstrap; 0: 1000; at most 1000000 */
    uint64_t seed;        /* of resamples; 0: 1 */
    uint32_t n_errors;    /* confident errors to list */
    bool show_text;       /* and with the comments' texts */
    const double *part;   /* cross-validation: n_parts points of a learning curve, parts of the */
    size_t n_parts;       /* training groups, each above 0 and below 1 */
    bool whole_threads;   /* a model, cross-validation: each comment is judged together with the
                             others of its thread, as stance_dump_options says */
    bool by_line;         /* predictions: bare labels, one a line, in the gold's order */
    const char *const *annotations; /* files of annotators' labels, as stance_agree() reads */
    size_t n_annotations;           /* them: how far people agree, beside the figures */
    unsigned n_jobs;                /* 0: one per processor; changes no figure */
};

/* A model on a labelled corpus. Comments whose fingerprints the model was trained on are
 * counted and said. options may be NULL here and below; such as are out of range are
 * STANCE_USAGE. */
STANCE_API struct stance_evaluation *
stance_evaluate_model(const struct stance_model *model, const struct stance_corpus *gold,
                      const struct stance_eval_options *options, const struct stance_talk *talk,
                      struct stance_err *err);

/* Nested cross-validation: n_outer folds (0: 5) of whole groups, everything chosen inside
 * each. Where comments were added to the corpus the folds are of them, it is on every training
 * side, and the figures are of added comments alone. train->group must be NULL: options say it. */
STANCE_API struct stance_evaluation *
stance_cross_validate(const struct stance_corpus *corpus, uint32_t n_outer,
                      const struct stance_train_options *train,
                      const struct stance_eval_options *options, const struct stance_talk *talk,
                      struct stance_err *err);

/* Predictions of any program (columns id, target, label, optional p and p_LABEL; or whatever
 * stance_classify_files() writes, its prefix in input->prefix), matched by id and target; path
 * NULL: standard input, else n_paths is 1 or more; a mismatch is STANCE_DATA, naming counts and the
 * first few. */
STANCE_API struct stance_evaluation *
stance_evaluate_predictions(const char *const *path, size_t n_paths,
                            const struct stance_corpus *gold, const struct stance_input *input,
                            const struct stance_eval_options *options,
                            const struct stance_talk *talk, struct stance_err *err);
STANCE_API void stance_evaluation_free(struct stance_evaluation *evaluation);

/* Pooled over targets. NAN where undefined. */
STANCE_API double stance_evaluation_macro_f1(const struct stance_evaluation *evaluation);
STANCE_API double stance_evaluation_f_avg(const struct stance_evaluation *evaluation);

enum stance_report {
    STANCE_REPORT_TEXT,       /* for people */
    STANCE_REPORT_JSON,       /* one object with everything */
    STANCE_REPORT_TSV,        /* all figures, one a line */
    STANCE_REPORT_HTML,       /* one page that needs nothing else */
    STANCE_REPORT_PREDICTIONS /* the rows: id, target, gold, label, p, p_LABEL…, fold */
};

STANCE_API int stance_evaluation_write(const struct stance_evaluation *evaluation,
                                       enum stance_report form, struct stance_sink *sink,
                                       struct stance_err *err);

struct stance_compare_options {
    const char *group;  /* what is exchanged and resampled together; as in stance_eval_options */
    const char *metric; /* "macro_f1" (NULL), "f_avg", "accuracy", … */
    bool no_intervals;
    uint32_t n_resamples; /* 0: 1000; at most 1000000 */
    uint64_t n_rounds;    /* of the randomization test; 0: 10000; at most 100000000 */
    uint64_t seed;        /* 0: 1 */
    bool by_line;         /* as in stance_eval_options */
    unsigned n_jobs;      /* 0: one per processor; changes no figure */
};

/* Tests each pair of n >= 2 systems on the same gold and writes the result, as text or as one
 * JSON object. path: the predictions of each system, one file each, read and matched as by
 * stance_evaluate_predictions(). name: what the systems are called; NULL: by their paths. */
STANCE_API int stance_compare(const struct stance_corpus *gold, const char *const *path,
                              const char *const *name, size_t n, const struct stance_input *input,
                              const struct stance_compare_options *options, bool json,
                              struct stance_sink *sink, const struct stance_talk *talk,
                              struct stance_err *err);

/* ---- agreement ---- */

/* Annotators against each other: percent agreement, Cohen's kappa, Krippendorff's alpha,
 * macro-F1 of one judged by another; per target and pooled, with intervals that resample
 * groups of comments. */
struct stance_agreement;

struct stance_agree_options {
    /* files of comments that say what the threads and authors are; NULL: the annotations do,
     * or nobody */
    const char *const *comments;
    size_t n_comments;
    const char *group;    /* field whose values are resampled whole; NULL: thread, author, id */
    uint32_t n_resamples; /* 0: 1000; at most 1000000 */
    bool no_intervals;
    uint64_t seed;   /* 0: 1 */
    unsigned n_jobs; /* 0: one per processor; changes no figure */
};

/* Files of labels (paths NULL: standard input), one annotator each or several: records of id,
 * annotator, target and label, or id, annotator and stance: {TARGET: LABEL}. A file that names
 * no annotator is the work of one who is called as the file is. Of an audit, what its annotators
 * said before anything was decided. NULL on failure: STANCE_DATA
 * (damaged, or an annotator gave one comment and target two labels), STANCE_SYSTEM,
 * STANCE_USAGE. options may be NULL. */
STANCE_API struct stance_agreement *stance_agree(const char *const *path, size_t n_paths,
                                                 const struct stance_input *input,
                                                 const struct stance_agree_options *options,
                                                 const struct stance_talk *talk,
                                                 struct stance_err *err);
STANCE_API void stance_agreement_free(struct stance_agreement *agreement);

/* Pooled over targets; kappa and macro-F1 are means over pairs of annotators. NAN where
 * undefined. */
STANCE_API double stance_agreement_alpha(const struct stance_agreement *agreement);
STANCE_API double stance_agreement_kappa(const struct stance_agreement *agreement);
STANCE_API double stance_agreement_macro_f1(const struct stance_agreement *agreement);

/* The whole report, as text for people or as one JSON object, with the n_listed most disputed
 * comments and targets: ids and labels, no text. */
STANCE_API int stance_agreement_write(const struct stance_agreement *agreement, size_t n_listed,
                                      bool json, struct stance_sink *sink, struct stance_err *err);

/* ---- samples ---- */

/* A random sample of a dump, to be labelled: an audit. What its labels say of the dump rests on how
 * it was drawn, and so the file keeps that of every comment. */
struct stance_sample_options {
    struct stance_input input;
    uint64_t n;            /* comments to draw (or to add, where the audit is extended) */
    const char *const *by; /* n_by fields that strata are made of: FIELD, date:week …, or
                              predicted:TARGET, which needs the model */
    size_t n_by;
    bool equal;                /* as many of each stratum; else by its part of the dump */
    uint64_t least;            /* at least so many of each; 0: 2 */
    bool threads;              /* draw whole threads, with about n comments */
    uint64_t n_uncertain;      /* comments to learn from besides, on which the model is unsure */
    const char *targets;       /* NDJSON of target definitions; NULL: the model's targets */
    const char *const *target; /* n_targets ids of these; NULL: all */
    size_t n_targets;
    const char *articles; /* NDJSON of thread, title, summary, shown to annotators; NULL */
    uint64_t seed;        /* 0: 1 */
    unsigned n_jobs;      /* 0: one per processor; changes no byte */
    double plan_half;     /* stance_sample_plan(): half width in points */
    double plan_seconds;  /* the same: to label a comment; 0: 30 */
};

/* Draws from the files (paths NULL: standard input) and writes the audit to `path`. Where `extend`
 * is not NULL that audit is enlarged by options->n comments: it says how (unit, strata, seed,
 * fields); the dump must be the one it was drawn from (else STANCE_DATA). model: NULL where nothing
 * is predicted and targets are given. */
STANCE_API int stance_sample(const struct stance_model *model, const char *const *dump,
                             size_t n_dumps, const struct stance_sample_options *options,
                             const char *extend, const char *path, const struct stance_talk *talk,
                             struct stance_err *err);

/* How many labels shares need, and what so many can carry, as text; nothing is drawn. */
STANCE_API int stance_sample_plan(const struct stance_model *model, const char *const *dump,
                                  size_t n_dumps, const struct stance_sample_options *options,
                                  struct stance_sink *sink, const struct stance_talk *talk,
                                  struct stance_err *err);

/* ---- labelling ---- */

/* An audit (doc/AUDIT.md) that one annotator labels, row after row. Every change is on the disk, in
 * a journal beside the file, before its call returns; the journal is folded into the file at the
 * start and at the end. One process at a time. Text that is given out is safe for a terminal:
 * control characters and marks that turn the line's direction are made visible; it has line ends
 * only where that is said. */
struct stance_labelling;

#define STANCE_NOTHING SIZE_MAX

struct stance_labelling_options {
    const char *annotator;            /* who labels: needed, 64 bytes at most */
    bool adjudicate;                  /* only rows where annotators differ; what is said decides */
    bool names;                       /* adjudicating: annotators by their names instead of A, B */
    uint64_t twice;                   /* only so many rows, drawn by the audit's own lot; 0: all */
    const struct stance_model *model; /* its labels are shown, and what is labelled beside one is
                                         marked so; NULL: none. Must outlive the labelling */
};

/* STANCE_SYSTEM where another process has the audit open; else as reading an audit fails. A torn
 * end of the journal, and changes found in it, are told through talk->note. */
STANCE_API struct stance_labelling *
stance_labelling_open(const char *path, const struct stance_labelling_options *options,
                      const struct stance_talk *talk, struct stance_err *err);

/* Folds the journal into the audit and frees. On failure, -1, the journal stays, whole. */
STANCE_API int stance_labelling_close(struct stance_labelling *labelling, struct stance_err *err);

/* A label, or a sub-code: what a stance is about. fr and en fall back to each other and the name.
 */
struct stance_choice {
    const char *name, *fr, *en;
    size_t label; /* of a code: the only label it goes with; STANCE_NOTHING: any but "none" */
};

struct stance_labelled_target {
    const char *id, *statement, *definition; /* "" where not given */
    const struct stance_choice *label, *code;
    size_t n_labels, n_codes;
};

/* Good until the labelling is closed. */
STANCE_API const struct stance_labelled_target *
stance_labelling_targets(const struct stance_labelling *labelling, size_t *n);

/* Whether a code of the target can go with this label of it. */
STANCE_API bool stance_code_fits(const struct stance_labelled_target *target, size_t code,
                                 size_t label);

enum stance_row_state {
    STANCE_ROW_OPEN,
    STANCE_ROW_PARTIAL, /* some targets of it */
    STANCE_ROW_DONE,
    STANCE_ROW_SKIPPED
};

/* What one annotator said, to who adjudicates. */
struct stance_said {
    const char *who, *note;     /* note "" where there is none */
    const size_t *label, *code; /* [target], STANCE_NOTHING */
    bool decides, suggested, skipped;
};

struct stance_labelled_row {
    size_t at; /* place among the rows of this labelling */
    /* "" where not known */
    const char *id, *author, *date, *article, *parent_author; /* one line each */
    const char *text, *parent, *summary;                      /* with line ends */
    const char *note;
    const size_t *label, *code; /* [target], by this annotator; STANCE_NOTHING */
    const bool *asked;          /* [target] adjudicating: annotators differ; else all true */
    const size_t *suggested;    /* [target] the model's label, STANCE_NOTHING */
    const double *p;            /* [target] and its probability, NAN */
    const struct stance_said *said;
    size_t n_said;   /* 0 but when adjudicating: nobody sees the others' labels */
    uint64_t copies; /* rows with nearly the same text, which take the same labels */
    enum stance_row_state state;
};

/* The row at hand, good until the next call; NULL where there is no row at all. */
STANCE_API const struct stance_labelled_row *
stance_labelling_row(struct stance_labelling *labelling);

struct stance_labelling_counts {
    size_t rows, done, partial, skipped, at;
    size_t undoable; /* changes that undo can take back */
};
STANCE_API struct stance_labelling_counts
stance_labelling_counts(const struct stance_labelling *labelling);

/* Changes of the row at hand: saved where they return 0. STANCE_USAGE, and nothing changed, where
 * a code does not go with the label, a target is not asked or there is no row; STANCE_SYSTEM, and
 * nothing changed, where it could not be saved. STANCE_NOTHING takes away. */
STANCE_API int stance_labelling_label(struct stance_labelling *labelling, size_t target,
                                      size_t label, struct stance_err *err);
STANCE_API int stance_labelling_code(struct stance_labelling *labelling, size_t target, size_t code,
                                     struct stance_err *err);
STANCE_API int stance_labelling_note(struct stance_labelling *labelling, const char *note,
                                     struct stance_err *err);
STANCE_API int stance_labelling_skip(struct stance_labelling *labelling, struct stance_err *err);

/* Takes the last change back and goes to its row: 1; 0 where there is none; -1. */
STANCE_API int stance_labelling_undo(struct stance_labelling *labelling, struct stance_err *err);

/* Goes to a place from 0; false, and stays, where there is none. */
STANCE_API bool stance_labelling_go(struct stance_labelling *labelling, size_t at);

/* The place of a comment by id, and of the next row that is not done, from here and then from the
 * start; STANCE_NOTHING where there is none. */
STANCE_API size_t stance_labelling_find(const struct stance_labelling *labelling, const char *id);
STANCE_API size_t stance_labelling_next_open(const struct stance_labelling *labelling);

/* Folds the journal that a crash left beside an audit. */
STANCE_API int stance_audit_fold(const char *path, const struct stance_talk *talk,
                                 struct stance_err *err);

/* Who has labelled how many rows, and what is undecided; as text. */
STANCE_API int stance_audit_status(const char *path, struct stance_sink *sink,
                                   struct stance_err *err);

/* Brings in the labels of a copy of the same audit. STANCE_DATA, and nothing changed, where it is
 * another audit, or one annotator said different things of one row: each is told by talk->note. */
STANCE_API int stance_audit_merge(const char *path, const char *other,
                                  const struct stance_talk *talk, struct stance_err *err);

/* Brings in labels of a table or NDJSON (id, target, label or stance.TARGET, annotator).
 * annotator: whose they are where the file does not say; NULL: it must. Unknown ids, targets
 * and labels, and with `replace` false labels other than those that the annotator gave, are
 * STANCE_DATA, each told by talk->note, and nothing is changed. */
STANCE_API int stance_audit_import(const char *path, const char *labels,
                                   const struct stance_input *input, const char *annotator,
                                   bool replace, const struct stance_talk *talk,
                                   struct stance_err *err);

/* The rows as CSV for a spreadsheet: id, annotator, text, parent, article, stance.TARGET …, with
 * the labels of this annotator. stance_audit_import() reads it back. */
STANCE_API int stance_audit_export(const char *path, const char *annotator,
                                   struct stance_sink *sink, struct stance_err *err);

/* ---- shares ---- */

/* How large a part of a dump's comments takes which stance: what a model says of all of them,
 * corrected by what people said of a random sample (the audit that `stance sample` drew and
 * `stance label` filled). */
struct stance_prevalence;

enum stance_among {
    STANCE_AMONG_ALL,         /* of all comments with a text */
    STANCE_AMONG_ON_TOPIC,    /* of those on the topic, as the target `topic` tells */
    STANCE_AMONG_TAKING_SIDES /* of those with another label than `none` */
};

enum stance_assume {
    STANCE_ASSUME_NOTHING,  /* an audit is needed */
    STANCE_ASSUME_ADJUSTED, /* without one: the model's held-out error rates hold here */
    STANCE_ASSUME_SLD,      /* without one: texts of each label are as in training */
    STANCE_ASSUME_COUNT     /* predicted labels are counted: biased */
};

struct stance_prevalence_options {
    struct stance_input input; /* of the dump; what the audit says of its fields is used where
                                  nothing is said here */
    const char *audit;         /* NULL: none; then `assume` must be one */
    const char *const *target; /* n_targets ids; NULL: those of the audit, else of the model */
    size_t n_targets;
    const char *by; /* field whose values are groups, or date:week, date:month …;
                       NULL: none */
    enum stance_among among;
    enum stance_assume assume;
    const char *topic;   /* the target that tells what is on the topic; NULL: "topic" */
    bool per_author;     /* each author counts once */
    bool pool_error;     /* one error rate for all groups */
    bool beyond_dump;    /* the dump's threads stand for more of their kind */
    double level;        /* of intervals; 0: .95 */
    uint32_t min_labels; /* of a group that is told; 0: 30 */
    uint64_t seed;       /* of resamples, where there are any; 0: 1 */
    unsigned n_jobs;     /* 0: one per processor; changes no figure */
    /* retraining by folds, so that labels that estimate are learnt from as well */
    uint32_t cross_fit; /* folds; 0: the model is used as it is */
    const struct stance_corpus
        *corpus; /* cross_fit: what else the model learns from; may be NULL */
    const struct stance_train_options *train; /* cross_fit; may be NULL */
};

/* Reads the dump (paths NULL: standard input) once, or twice where per_author. STANCE_NO: there is
 * no sample of this dump, or not one label in it, and nothing is assumed. STANCE_DATA: the audit is
 * damaged, of another dump, has labels of another target, comments that annotators differ on, or
 * comments that the model was trained on. model may be NULL where cross_fit. */
STANCE_API struct stance_prevalence *
stance_prevalence_take(const struct stance_model *model, const char *const *path, size_t n_paths,
                       const struct stance_prevalence_options *options,
                       const struct stance_talk *talk, struct stance_err *err);

/* A dump in pieces: each is summed by itself, where it is, into a file of sums that holds no
 * comment; then the sums are put together. Not with per_author, and not for STANCE_ASSUME_SLD. */
STANCE_API int stance_prevalence_sum(const struct stance_model *model, const char *const *path,
                                     size_t n_paths,
                                     const struct stance_prevalence_options *options,
                                     const char *sums, const struct stance_talk *talk,
                                     struct stance_err *err);
STANCE_API struct stance_prevalence *
stance_prevalence_merge(const struct stance_model *model, const char *const *sums, size_t n_sums,
                        const struct stance_prevalence_options *options,
                        const struct stance_talk *talk, struct stance_err *err);
STANCE_API void stance_prevalence_free(struct stance_prevalence *prevalence);

enum stance_prevalence_form {
    STANCE_PREVALENCE_TEXT,       /* for people */
    STANCE_PREVALENCE_TSV,        /* one share a line */
    STANCE_PREVALENCE_JSON,       /* one object with everything */
    STANCE_PREVALENCE_HTML,       /* one page that needs nothing else */
    STANCE_PREVALENCE_METHODS_FR, /* a paragraph to be pasted */
    STANCE_PREVALENCE_METHODS_EN,
    STANCE_PREVALENCE_ROWS /* what anyone needs to compute the shares again */
};

enum {
    STANCE_ROWS_NO_TEXT = 1,     /* ROWS without the comments' texts */
    STANCE_ROWS_PSEUDONYMIZE = 2 /* ids and threads as hashes */
};

/* flags: of STANCE_PREVALENCE_ROWS, else 0. */
STANCE_API int stance_prevalence_write(const struct stance_prevalence *prevalence,
                                       enum stance_prevalence_form form, unsigned flags,
                                       struct stance_sink *sink, struct stance_err *err);

/* ---- explanation ---- */

/* The n strongest n-grams per label of one target (NULL: of each). */
STANCE_API int stance_explain_model(const struct stance_model *model, const char *target, size_t n,
                                    bool json, struct stance_sink *sink, struct stance_err *err);

/* The n-grams of a comment that decided, each with value, weight and product; products and
 * intercept add up to the margin of each label pair. target NULL: each; n 0: all of them. */
STANCE_API int stance_explain_comment(const struct stance_model *model, const char *target,
                                      const char *text, size_t len, size_t n, bool json,
                                      struct stance_sink *sink, struct stance_err *err);

#ifdef __cplusplus
}
#endif
#endif
