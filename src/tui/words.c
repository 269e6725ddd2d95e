/* SPDX-License-Identifier: MIT */
/* words: a table. */
#include "tui/words.h"

static const char *const table[N_WORDS][2] = {
    [WORD_SAVED] = {"enregistré", "saved"},
    [WORD_HINTS] = {"Espace suite  u annuler  k passer  m note  g guide  ? touches  q fin",
                    "Space on  u undo  k skip  m note  g guide  ? keys  q quit"},
    [WORD_DONE] = {"faits", "done"},
    [WORD_SKIPPED] = {"passés", "skipped"},
    [WORD_PER_HOUR] = {"par heure", "an hour"},
    [WORD_LEFT] = {"reste", "left"},
    [WORD_ALL_DONE] = {"tout est fait : q pour finir", "all is done: q to end"},
    [WORD_NO_ROWS] = {"Aucun commentaire à montrer.", "No comment to show."},
    [WORD_UNDONE] = {"annulé", "undone"},
    [WORD_NOTHING_TO_UNDO] = {"rien à annuler", "nothing to undo"},
    [WORD_NO_FURTHER] = {"pas d'autre commentaire de ce côté", "no further comment that way"},
    [WORD_NO_SUCH_ROW] = {"pas de commentaire", "no comment"},
    [WORD_MISSING] = {"manque (n : suivant, k : passer) :", "missing (n: next, k: skip):"},
    [WORD_NOTE] = {"note : ", "note: "},
    [WORD_GOTO] = {"numéro ou identifiant : ", "number or id: "},
    [WORD_SEARCH] = {"chercher : ", "search: "},
    [WORD_NOT_FOUND] = {"introuvable", "not found"},
    [WORD_ARTICLE] = {"Article : ", "Article: "},
    [WORD_MORE_LINES] = {"lignes de plus, flèche bas", "lines more, arrow down"},
    [WORD_NO_CODE] = {"sans précision", "none"},
    [WORD_AGREED] = {"d'accord", "agreed"},
    [WORD_DECIDED] = {"décision de ", "decided by "},
    [WORD_COPIES] = {"autres commentaires presque identiques", "other comments nearly the same"},
    [WORD_SMALL] = {"Fenêtre trop petite : 40x12 au moins", "Window too small: 40x12 at least"},
    [WORD_DOUBT] = {"locale sans UTF-8 : si les accents sont faux, --ascii",
                    "locale without UTF-8: where letters look wrong, --ascii"},
    [WORD_PLAIN] = {"locale sans UTF-8 : ce qui n'est pas ASCII est un ?",
                    "locale without UTF-8: what is not ASCII is a ?"},
    [WORD_GUIDE_KEYS] = {"flèches, Espace, b  / chercher  n suivant  q retour",
                         "arrows, Space, b  / search  n next  q back"},
    [WORD_NOTE_KEPT] = {"note enregistrée", "note saved"},
    [WORD_MODEL] = {"modèle", "model"},
    [WORD_KEYS] =
        {"Étiquettes : la touche affichée devant chacune, une rangée par cible.\n"
         "Chiffres : précision après une position, sinon étiquette de la cible marquée >.\n"
         "\n"
         "Espace, Entrée   accepter et passer au suivant non fait\n"
         "u, Retour arrière   annuler la dernière saisie, où qu'elle soit\n"
         "k   passer : sans étiquette, mais vu\n"
         "m   note\n"
         "z   effacer l'étiquette de la cible marquée >\n"
         "Tab   cible suivante\n"
         "n, droite   suivant          p, gauche   précédent\n"
         "j   prochain non fait (arbitrage : prochain désaccord)\n"
         "#, :   aller à un numéro ou un identifiant\n"
         "haut, bas, page   faire défiler\n"
         "o   tout le contexte, ou l'essentiel\n"
         "l   français, anglais\n"
         "g   guide          ?   ces touches\n"
         "Ctrl-L   redessiner          q   finir\n"
         "\n"
         "Tout est sur le disque dès que « enregistré » s'affiche.\n",
         "Labels: the key shown before each, a row of keys a target.\n"
         "Digits: sub-code after a stance, else label of the target marked >.\n"
         "\n"
         "Space, Enter   accept and go to the next that is not done\n"
         "u, Backspace   undo the last change, wherever it was\n"
         "k   skip: no label, but seen\n"
         "m   note\n"
         "z   clear the label of the target marked >\n"
         "Tab   next target\n"
         "n, right   next          p, left   previous\n"
         "j   next that is not done (adjudicating: next disagreement)\n"
         "#, :   go to a number or an id\n"
         "up, down, page   scroll\n"
         "o   the whole context, or the gist\n"
         "l   French, English\n"
         "g   guide          ?   these keys\n"
         "Ctrl-L   draw anew          q   quit\n"
         "\n"
         "All is on the disk once \"saved\" is shown.\n"},
};

const char *word(enum word w, int english)
{
    return table[w][english != 0];
}
