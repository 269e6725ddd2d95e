/* SPDX-License-Identifier: MIT */
/* sharesestimator: see sharesestimator.h. Works are cited as they are listed at the end. */
#include "report/sharesestimator.h"

#include <math.h>

#include "base/num.h"

/* ---- What is assumed ---- */

void sharesestimator_assumption(const struct sharesprose *p)
{
    if (p->s->method == SHARES_ADJUSTED)
        sharesprose_say(p,
                        "Assumption: among the comments of a given stance, the model errs in this "
                        "dump just as often "
                        "and in the same way as on the held-out comments of its own corpus; "
                        "nothing here can test it. ",
                        "Hypothèse~: parmi les commentaires d’une position donnée, le modèle se "
                        "trompe dans cet export "
                        "aussi souvent et de la même façon que sur les commentaires réservés de "
                        "son propre corpus~; "
                        "rien ici ne permet de la vérifier. ");
    else if (p->s->method == SHARES_SLD)
        sharesprose_say(
            p,
            "Assumption: comments of a given stance are worded in this dump as in the corpus that "
            "the model "
            "was trained on, only the shares of stances differ, and the model’s probabilities are "
            "right "
            "there; nothing here can test it. ",
            "Hypothèse~: les commentaires d’une position donnée sont rédigés dans cet export comme "
            "dans le "
            "corpus d’apprentissage du modèle, seules les parts des positions diffèrent, et les "
            "probabilités du modèle y sont justes~; rien ici ne permet de la vérifier. ");
    else if (p->s->method == SHARES_COUNT)
        sharesprose_say(p,
                        "Warning: these are counts of predicted labels, which are biased by the "
                        "errors of the model. ",
                        "Avertissement~: il s’agit de décomptes d’étiquettes prédites, que les "
                        "erreurs du modèle "
                        "biaisent. ");
}

void sharesestimator_warning(const struct sharesprose *p)
{
    if (p->s->method == SHARES_ADJUSTED || p->s->method == SHARES_SLD)
        sharesprose_say(
            p,
            " If the assumption stated at the beginning does not hold, neither the shares nor "
            "their intervals do.",
            " Si l’hypothèse énoncée au début ne tient pas, ni les parts ni leurs intervalles "
            "ne tiennent.");
    else if (p->s->method == SHARES_COUNT)
        sharesprose_say(p, " These counts are no estimates of the shares of stances.",
                        " Ces décomptes ne sont pas des estimations des parts des positions.");
}

/* ---- The estimator ---- */

/* From least to most over all that is told. */
static void add_lambda(const struct sharesprose *p)
{
    double least = INFINITY, most = -INFINITY;

    for (size_t t = 0; t < p->s->n_targets; t++)
        for (size_t i = 0; i < p->s->n_groups * p->s->target[t].n_labels; i++) {
            const struct share *share = &p->s->target[t].share[i];
            if (share->refused != NULL || !isfinite(share->lambda))
                continue;
            least = fmin(least, share->lambda);
            most = fmax(most, share->lambda);
        }
    if (!isfinite(least))
        return;
    sharesprose_say(p, "; here it is ", "~; il vaut ici ");
    if (most - least >= 0.005)
        sharesprose_say(p, "between ", "entre ");
    sharesprose_fixed(p, least, 2);
    if (most - least >= 0.005) {
        sharesprose_say(p, " and ", " et ");
        sharesprose_fixed(p, most, 2);
    }
}

static void add_difference(const struct sharesprose *p)
{
    sharesprose_say(p,
                    " Shares are estimated by the difference estimator (Särndal, Swensson and "
                    "Wretman 1992), also "
                    "known as prediction-powered inference (Angelopoulos et al. 2023) and, with a "
                    "sampling design, as "
                    "design-based supervised learning (Egami et al. 2023): the model’s "
                    "probabilities summed over the "
                    "dump, corrected by their errors on the labelled sample, which are weighted by "
                    "the inverse of "
                    "their inclusion probabilities and post-stratified. The weight λ of the "
                    "predictions, from 0 "
                    "(labels alone) to 1, minimises the estimated variance (Angelopoulos, Duchi "
                    "and Zrnic 2023)",
                    " Les parts sont estimées par l’estimateur par la différence (Särndal, "
                    "Swensson et Wretman 1992), "
                    "dit aussi prediction-powered inference (Angelopoulos et al. 2023) et, avec un "
                    "plan de sondage, "
                    "design-based supervised learning (Egami et al. 2023)~: la somme des "
                    "probabilités du modèle sur "
                    "l’export, corrigée de leurs erreurs sur l’échantillon étiqueté, lesquelles "
                    "sont pondérées par "
                    "l’inverse de leur probabilité d’inclusion et post-stratifiées. Le poids λ des "
                    "prédictions, de 0 "
                    "(étiquettes seules) à 1, minimise la variance estimée (Angelopoulos, Duchi et "
                    "Zrnic 2023)");
    add_lambda(p);
    buf_add_char(p->out, '.');
}

static void add_estimator(const struct sharesprose *p)
{
    switch (p->s->method) {
    case SHARES_DIFFERENCE:
        add_difference(p);
        break;
    case SHARES_AUDIT:
        sharesprose_say(
            p,
            " Shares are those of the labels, weighted by the inverse of their inclusion "
            "probabilities and post-stratified (Särndal, Swensson and Wretman 1992); no "
            "prediction enters them.",
            " Les parts sont celles des étiquettes, pondérées par l’inverse de leur probabilité "
            "d’inclusion et post-stratifiées (Särndal, Swensson et Wretman 1992)~; aucune "
            "prédiction n’y entre.");
        break;
    case SHARES_ADJUSTED:
        sharesprose_say(
            p,
            " No comment of the dump was labelled. Shares are adjusted counts (Forman 2008): "
            "the shares of predicted labels, corrected by the rates at which the model "
            "confuses labels on held-out comments of its own corpus.",
            " Aucun commentaire de l’export n’a été étiqueté. Les parts sont des décomptes "
            "ajustés (Forman 2008)~: les parts des étiquettes prédites, corrigées des taux "
            "auxquels le modèle confond les étiquettes sur les commentaires réservés de son "
            "propre corpus.");
        break;
    case SHARES_SLD:
        sharesprose_say(
            p,
            " No comment of the dump was labelled. Shares are those under which the model’s "
            "probabilities are most likely, found by expectation-maximisation (Saerens, "
            "Latinne and Decaestecker 2002).",
            " Aucun commentaire de l’export n’a été étiqueté. Les parts sont celles qui rendent "
            "les probabilités du modèle les plus vraisemblables, trouvées par "
            "espérance-maximisation (Saerens, Latinne et Decaestecker 2002).");
        break;
    case SHARES_COUNT:
        sharesprose_say(
            p,
            " No comment of the dump was labelled. Predicted labels were counted; the errors "
            "of a classifier do not cancel out (Forman 2008), and no interval tells by how "
            "much.",
            " Aucun commentaire de l’export n’a été étiqueté. Les étiquettes prédites ont été "
            "comptées~; les erreurs d’un classifieur ne se compensent pas (Forman 2008), et "
            "aucun intervalle ne dit de combien.");
        break;
    }
}

static void add_level(const struct sharesprose *p)
{
    struct buf level = {0};

    num_add_f64(&level, p->s->level * 100);
    for (size_t i = 0; i < level.len && p->french; i++)
        level.p[i] = level.p[i] == '.' ? ',' : level.p[i];
    buf_add_span(p->out, buf_span(&level));
    sharesprose_say(p, "%", "~%");
    buf_release(&level);
}

static void add_variance(const struct sharesprose *p)
{
    bool threads = span_eq(span_of(shareswords_units(p->s)), SPAN("threads"));

    sharesprose_say(
        p,
        " A share is the ratio of two estimated totals; its variance is that of the "
        "linearized ratio",
        " Une part est le rapport de deux totaux estimés~; sa variance est celle du rapport "
        "linéarisé");
    if (threads)
        sharesprose_say(p, ", with threads as clusters.",
                        ", les fils de discussion étant les grappes.");
    else
        sharesprose_say(p, ", with the drawn comments as units.",
                        ", les commentaires tirés étant les unités.");
    sharesprose_say(p, " Intervals are at ", " Les intervalles sont au niveau de ");
    add_level(p);
    sharesprose_say(
        p,
        ", with quantiles of Student’s t, by Wilson’s (1927) formula for the effective number "
        "of labels",
        ", avec les quantiles de la loi de Student, selon la formule de Wilson (1927) pour "
        "l’effectif équivalent d’étiquettes");
    if (p->s->beyond_dump)
        sharesprose_say(
            p, "; they are for threads of the kind of which this dump is a sample.",
            "~; ils valent pour les fils du même genre, dont cet export serait un échantillon.");
    else
        sharesprose_say(p, "; they are for this very dump.", "~; ils valent pour cet export même.");
}

void sharesestimator_say(const struct sharesprose *p)
{
    add_estimator(p);
    if (shareswords_audited(p->s)) {
        add_variance(p);
    } else if (p->s->method != SHARES_COUNT) {
        sharesprose_say(p, " Intervals are at ", " Les intervalles sont au niveau de ");
        add_level(p);
        sharesprose_say(
            p,
            ", by parametric bootstrap: they tell of the number of comments counted, not of "
            "how far the assumption holds.",
            ", par bootstrap paramétrique~: ils reflètent le nombre de commentaires comptés, "
            "non la validité de l’hypothèse.");
    }
}

/* ---- Groups ---- */

static uint64_t n_refused(const struct shares *s)
{
    uint64_t n = 0;

    for (size_t g = 1; g < s->n_groups; g++) {
        bool any = false;
        for (size_t t = 0; t < s->n_targets; t++)
            for (size_t l = 0; l < s->target[t].n_labels; l++)
                any |= shareswords_share(&s->target[t], g, l)->refused != NULL;
        n += any;
    }
    return n;
}

static void add_tests(const struct sharesprose *p)
{
    const char *en = " (test that it errs alike in all groups: ";
    const char *fr = " (test de l’égalité de ses erreurs entre groupes~: ";
    bool any = false;

    for (size_t t = 0; t < p->s->n_targets; t++) {
        if (isnan(p->s->target[t].homogeneity_p))
            continue;
        sharesprose_say(p, any ? "; " : en, any ? "~; " : fr);
        sharesprose_data(p, p->s->target[t].id);
        buf_add_str(p->out, ", ");
        sharesprose_p(p, p->s->target[t].homogeneity_p);
        any = true;
    }
    buf_add_str(p->out, any ? ")." : ".");
}

static void add_pooled(const struct sharesprose *p)
{
    uint64_t n = 0;

    for (size_t g = 1; g < p->s->n_groups; g++)
        n += p->s->group[g].pooled;
    if (n == 0)
        return;
    sharesprose_say(p, " In ", " Dans ");
    sharesprose_count(p, n);
    sharesprose_say_of(
        p, n, " group the model was assumed to err as in the whole dump",
        " groupe, le modèle est supposé se tromper comme dans l’ensemble de l’export",
        " groups the model was assumed to err as in the whole dump",
        " groupes, le modèle est supposé se tromper comme dans l’ensemble de l’export");
    add_tests(p);
}

void sharesestimator_groups(const struct sharesprose *p)
{
    const struct shares *s = p->s;
    uint64_t refused = n_refused(s);

    if (s->n_groups < 2 || s->by.p == NULL)
        return;
    sharesprose_say(p, " Shares are also told by ", " Les parts sont aussi données par ");
    sharesprose_field(p, s->by);
    buf_add_str(p->out, " (");
    sharesprose_count(p, s->n_groups - 1);
    sharesprose_say_of(p, s->n_groups - 1, " group)", " groupe)", " groups)", " groupes)");
    if (s->by_asked.p != NULL && !span_eq(s->by_asked, s->by)) {
        sharesprose_say(p, " and not, for want of labels, by ",
                        " et non, faute d’étiquettes, par ");
        sharesprose_field(p, s->by_asked);
    }
    if (refused != 0) {
        if (shareswords_audited(s))
            sharesprose_say(p, "; for want of labels,", "~; faute d’étiquettes,");
        else
            sharesprose_say(p, ";", "~;");
        sharesprose_say(p, " shares are not told in ", " des parts ne sont pas données pour ");
        sharesprose_count(p, refused);
        sharesprose_say(p, " of them", " d’entre eux");
    }
    buf_add_char(p->out, '.');
    add_pooled(p);
    if (s->n_differences != 0)
        sharesprose_say(
            p,
            " Differences between groups have the variance of the difference itself; their "
            "p-values are not corrected for their number.",
            " Les différences entre groupes ont la variance de la différence elle-même~; leurs "
            "valeurs p ne sont pas corrigées de leur nombre.");
}

/* ---- References ---- */

#define OF(method) (1u << (method))

static const struct {
    unsigned methods;
    const char *text;
} works[] = {
    {OF(SHARES_DIFFERENCE), "Angelopoulos, A. N., Bates, S., Fannjiang, C., Jordan, M. I., Zrnic, "
                            "T. (2023). Prediction-powered "
                            "inference. Science 382(6671), 669–674."},
    {OF(SHARES_DIFFERENCE), "Angelopoulos, A. N., Duchi, J. C., Zrnic, T. (2023). PPI++: Efficient "
                            "prediction-powered inference. "
                            "arXiv:2311.01453."},
    {OF(SHARES_DIFFERENCE), "Egami, N., Hinck, M., Stewart, B. M., Wei, H. (2023). Using imperfect "
                            "surrogates for downstream "
                            "inference: Design-based supervised learning for social science "
                            "applications of large language "
                            "models. Advances in Neural Information Processing Systems 36."},
    {OF(SHARES_ADJUSTED) | OF(SHARES_COUNT), "Forman, G. (2008). Quantifying counts and costs via "
                                             "classification. Data Mining and Knowledge "
                                             "Discovery 17(2), 164–206."},
    {0, "Krippendorff, K. (2004). Content Analysis: An Introduction to Its Methodology, 2nd ed. "
        "Sage."},
    {OF(SHARES_SLD), "Saerens, M., Latinne, P., Decaestecker, C. (2002). Adjusting the outputs of "
                     "a classifier to new a "
                     "priori probabilities: A simple procedure. Neural Computation 14(1), 21–41."},
    {OF(SHARES_DIFFERENCE) | OF(SHARES_AUDIT),
     "Särndal, C.-E., Swensson, B., Wretman, J. (1992). Model Assisted Survey Sampling. Springer."},
    {OF(SHARES_DIFFERENCE) | OF(SHARES_AUDIT),
     "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. "
     "Journal "
     "of the American Statistical Association 22(158), 209–212."},
};

void sharesestimator_references(const struct sharesprose *p, bool agreement)
{
    sharesprose_say(p, "References:\n", "Références~:\n");
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++)
        if ((works[i].methods & OF(p->s->method)) != 0 || (works[i].methods == 0 && agreement))
            buf_addf(p->out, "%s\n", works[i].text);
}
