/* SPDX-License-Identifier: MIT */
/*
 * sharesmethods: the paragraph on methods: what was asked of which comments, what people and
 * the model did, how the shares follow from it. Both languages stand side by side, so that neither
 * says less. The estimator has a file of its own.
 */
#include <inttypes.h>
#include <math.h>

#include "report/sharesestimator.h"
#include "report/sharesprose.h"
#include "report/sharesreport.h"

enum { MANY_TARGETS = 12 };

static const char *const french_status[STANCE_N_STATUS] = {
    [STANCE_STATUS_BLANK] = "vides",           [STANCE_STATUS_DELETED] = "supprimés",
    [STANCE_STATUS_NO_TEXT] = "sans texte",    [STANCE_STATUS_NO_TARGET] = "sans cible connue",
    [STANCE_STATUS_OVERLONG] = "trop longs",   [STANCE_STATUS_UNDECODABLE] = "au codage illisible",
    [STANCE_STATUS_UNPARSABLE] = "mal formés",
};

/* ---- The dump and the targets ---- */

static void add_apart(const struct sharesprose *p)
{
    const char *between = "";

    for (int i = STANCE_STATUS_BLANK; i < STANCE_N_STATUS; i++) {
        if (p->s->status[i] == 0)
            continue;
        if (between[0] == '\0')
            sharesprose_say(p, "; counted apart: ", "~; sont comptés à part~: ");
        buf_add_str(p->out, between);
        sharesprose_count(p, p->s->status[i]);
        buf_add_char(p->out, ' ');
        sharesprose_say(p, stance_status_name((enum stance_status)i),
                        french_status[i] != NULL ? french_status[i] : "autres");
        between = ", ";
    }
}

static void add_dump(const struct sharesprose *p)
{
    sharesprose_say(p, "With stance ", "Avec stance ");
    buf_add_str(p->out, p->s->version != NULL ? p->s->version : "");
    if (p->s->method == SHARES_COUNT)
        sharesprose_say(p, ", we counted the stances predicted in a dump of ",
                        ", nous avons compté les positions prédites dans un export de ");
    else
        sharesprose_say(p, ", we estimated the share of each stance in a dump of ",
                        ", nous avons estimé la part de chaque position dans un export de ");
    sharesprose_count(p, p->s->records);
    sharesprose_say_of(p, p->s->records, " record, of which ", " enregistrement, dont ",
                       " records, of which ", " enregistrements, dont ");
    sharesprose_count(p, p->s->population);
    sharesprose_say_of(p, p->s->population, " is a comment with a text",
                       " commentaire pourvu d’un texte", " are comments with a text",
                       " commentaires pourvus d’un texte");
    sharesprose_say(p, " (fingerprint, a sum of hashes of ids and texts: ",
                    " (empreinte, somme de hachages des identifiants et des textes~: ");
    buf_addf(p->out, "%016" PRIx64 ")", p->s->dump_sum);
    add_apart(p);
    buf_add_char(p->out, '.');
}

static void add_targets(const struct sharesprose *p)
{
    if (p->s->own_target) {
        sharesprose_say(
            p, " Each comment’s stance is toward the target that its record names.",
            " La position de chaque commentaire est prise envers la cible que nomme son "
            "enregistrement.");
        return;
    }
    if (p->s->n_targets > MANY_TARGETS) {
        sharesprose_say(p, " Stances are toward ", " Les positions sont prises envers ");
        sharesprose_count(p, p->s->n_targets);
        sharesprose_say(p, " targets.", " cibles.");
        return;
    }
    sharesprose_say_of(p, p->s->n_targets,
                       " The target: ", " La cible~: ", " The targets: ", " Les cibles~: ");
    for (size_t t = 0; t < p->s->n_targets; t++) {
        if (t != 0)
            sharesprose_say(p, "; ", "~; ");
        sharesprose_data(p, p->s->target[t].id);
        if (p->s->target[t].statement.p != NULL) {
            buf_add_str(p->out, " (");
            sharesprose_quote(p, p->s->target[t].statement);
            buf_add_char(p->out, ')');
        }
    }
    buf_add_char(p->out, '.');
}

static void add_denominator(const struct sharesprose *p)
{
    static const char *const en[] = {
        " Shares are of all comments", " Shares are of those comments that speak of the subject",
        " Shares are of those comments that take a side toward the target"};
    static const char *const fr[] = {
        " Les parts sont rapportées à l’ensemble des commentaires",
        " Les parts sont rapportées aux seuls commentaires qui parlent du sujet",
        " Les parts sont rapportées aux seuls commentaires qui prennent parti sur la cible"};

    sharesprose_say(p, en[p->s->among], fr[p->s->among]);
    if (p->s->per_author)
        sharesprose_say(
            p, ", each author counting once (each of an author’s n comments as 1/n)",
            ", chaque auteur comptant une fois (chacun de ses n commentaires pour 1/n)");
    if (p->s->per_author && p->s->n_no_author != 0) {
        sharesprose_say(
            p, "; left out for want of an author: ", "~; laissés de côté, faute d’auteur~: ");
        sharesprose_count(p, p->s->n_no_author);
    }
    buf_add_char(p->out, '.');
}

/* ---- The sample ---- */

static void add_strata(const struct sharesprose *p)
{
    if (p->s->n_stratum_by == 0)
        return;
    sharesprose_say(p, ", stratified by ", ", avec stratification par ");
    for (size_t i = 0; i < p->s->n_stratum_by; i++) {
        if (i != 0)
            sharesprose_say(p, " and ", " et ");
        sharesprose_field(p, p->s->stratum_by[i]);
    }
    buf_add_str(p->out, " (");
    sharesprose_count(p, p->s->n_strata);
    sharesprose_say_of(p, p->s->n_strata, " stratum)", " strate)", " strata)", " strates)");
}

static void add_probabilities(const struct sharesprose *p)
{
    if (!(p->s->prob_low > 0))
        return;
    if (p->s->prob_high > p->s->prob_low) {
        sharesprose_say(p, ", with inclusion probabilities from ",
                        ", avec des probabilités d’inclusion allant de ");
        sharesprose_number(p, p->s->prob_low);
        sharesprose_say(p, " to ", " à ");
        sharesprose_number(p, p->s->prob_high);
    } else {
        sharesprose_say(p, ", with inclusion probability ",
                        ", avec une probabilité d’inclusion de ");
        sharesprose_number(p, p->s->prob_low);
    }
}

static void add_drawing(const struct sharesprose *p)
{
    if (p->s->by_threads) {
        sharesprose_say(
            p, " Whole threads were drawn from the dump at random, ",
            " Des fils de discussion entiers ont été tirés au hasard de l’export, soit ");
        sharesprose_count(p, p->s->n_drawn);
        sharesprose_say_of(p, p->s->n_drawn, " comment in all", " commentaire en tout",
                           " comments in all", " commentaires en tout");
    } else {
        sharesprose_say(p, " A random sample of ", " Un échantillon aléatoire de ");
        sharesprose_count(p, p->s->n_drawn);
        sharesprose_say_of(p, p->s->n_drawn, " comment was drawn from the dump",
                           " commentaire a été tiré de l’export",
                           " comments was drawn from the dump",
                           " commentaires a été tiré de l’export");
    }
    add_strata(p);
    add_probabilities(p);
    sharesprose_say(p, " (seed ", " (graine ");
    buf_addf(p->out, "%" PRIu64, p->s->audit_seed);
    sharesprose_say(p, ", audit ", ", audit ");
    buf_addf(p->out, "%016" PRIx64 ").", p->s->audit_id);
}

static void add_labelled(const struct sharesprose *p)
{
    buf_add_char(p->out, ' ');
    sharesprose_count(p, p->s->n_labelled);
    sharesprose_say_of(p, p->s->n_labelled, " of these comments was labelled",
                       " de ces commentaires a été étiqueté", " of these comments were labelled",
                       " de ces commentaires ont été étiquetés");
    if (p->s->n_annotators != 0) {
        sharesprose_say(p, " by ", " par ");
        sharesprose_count(p, p->s->n_annotators);
        sharesprose_say_of(p, p->s->n_annotators, " annotator", " annotateur", " annotators",
                           " annotateurs");
    }
    buf_add_char(p->out, '.');
}

static bool any_twice(const struct shares *s)
{
    for (size_t t = 0; t < s->n_targets; t++)
        if (s->target[t].n_twice != 0)
            return true;
    return false;
}

static void add_agreement_of(const struct sharesprose *p, const struct share_target *t)
{
    sharesprose_data(p, t->id);
    sharesprose_say(p, ", agreement ", ", accord de ");
    sharesprose_percent(p, t->percent);
    sharesprose_say(p, ", Krippendorff’s alpha ", ", alpha de Krippendorff de ");
    sharesprose_fixed(p, t->alpha, 2);
    sharesprose_say(p, " (n = ", " (n~=~");
    sharesprose_count(p, t->n_twice);
    buf_add_char(p->out, ')');
}

static void add_agreement(const struct sharesprose *p)
{
    const char *en = " On comments that two or more annotators labelled: ";
    const char *fr = " Sur les commentaires étiquetés par deux annotateurs ou plus~: ";

    if (!any_twice(p->s)) {
        sharesprose_say(
            p, " None was labelled by two annotators: how far they would agree is not known.",
            " Aucun ne l’a été par deux annotateurs~: leur accord n’est pas connu.");
        return;
    }
    for (size_t t = 0; t < p->s->n_targets; t++) {
        if (p->s->target[t].n_twice == 0)
            continue;
        sharesprose_say(p, en, fr);
        add_agreement_of(p, &p->s->target[t]);
        en = "; ";
        fr = "~; ";
    }
    buf_add_char(p->out, '.');
}

/* " 12 disagreements …": nothing where n is 0. */
static void add_some(const struct sharesprose *p, uint64_t n, const char *en_one,
                     const char *fr_one, const char *en_more, const char *fr_more)
{
    if (n == 0)
        return;
    buf_add_char(p->out, ' ');
    sharesprose_count(p, n);
    sharesprose_say_of(p, n, en_one, fr_one, en_more, fr_more);
}

static void add_left_out(const struct sharesprose *p)
{
    const struct shares *s = p->s;

    add_some(p, s->n_decided, " disagreement was settled by adjudication.",
             " désaccord a été tranché par arbitrage.",
             " disagreements were settled by adjudication.",
             " désaccords ont été tranchés par arbitrage.");
    add_some(p, s->n_undecided, " comment on which annotators differ is left out.",
             " commentaire sur lequel les annotateurs divergent est laissé de côté.",
             " comments on which annotators differ are left out.",
             " commentaires sur lesquels les annotateurs divergent sont laissés de côté.");
    add_some(p, s->n_skipped, " comment that annotators skipped is left out.",
             " commentaire passé par les annotateurs est laissé de côté.",
             " comments that annotators skipped are left out.",
             " commentaires passés par les annotateurs sont laissés de côté.");
    add_some(
        p, s->n_like, " comment, nearly the same as another of the sample, has its labels.",
        " commentaire, presque identique à un autre de l’échantillon, en a reçu les étiquettes.",
        " comments, nearly the same as others of the sample, have the labels of these.",
        " commentaires, presque identiques à d’autres de l’échantillon, en ont reçu les "
        "étiquettes.");
    add_some(p, s->n_training, " further comment, chosen to train the model, enters no estimate.",
             " autre commentaire, choisi pour l’apprentissage du modèle, n’entre dans aucune "
             "estimation.",
             " further comments, chosen to train the model, enter no estimate.",
             " autres commentaires, choisis pour l’apprentissage du modèle, n’entrent dans aucune "
             "estimation.");
}

static void add_model(const struct sharesprose *p)
{
    if (p->s->method == SHARES_AUDIT)
        return;
    sharesprose_say(
        p, " A support vector machine on n-grams of words and characters (model with checksum ",
        " Une machine à vecteurs de support, sur n-grammes de mots et de caractères (modèle de "
        "somme de contrôle ");
    buf_addf(p->out, "%08" PRIx32, p->s->model_checksum);
    sharesprose_say(
        p, ") gave every comment of the dump a probability of each label.",
        "), a donné à chaque commentaire de l’export une probabilité pour chaque étiquette.");
    if (p->s->cross_fit)
        sharesprose_say(
            p,
            " It was trained anew by folds, so that no labelled comment corrects a model that "
            "had learned from it (cross-fitting).",
            " Elle a été réentraînée par plis, afin qu’aucun commentaire étiqueté ne corrige un "
            "modèle qui aurait appris de lui (ajustement croisé).");
}

void sharesreport_methods(const struct shares *s, bool french, struct buf *out)
{
    struct sharesprose p = {s, french, out};

    sharesestimator_assumption(&p);
    add_dump(&p);
    add_targets(&p);
    add_denominator(&p);
    if (shareswords_audited(s)) {
        add_drawing(&p);
        add_labelled(&p);
        add_agreement(&p);
        add_left_out(&p);
    }
    add_model(&p);
    sharesestimator_say(&p);
    sharesestimator_groups(&p);
    sharesestimator_warning(&p);
    buf_add_str(out, "\n\n");
    sharesestimator_references(&p, shareswords_audited(s) && any_twice(s));
}
