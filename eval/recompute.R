#!/usr/bin/env Rscript
# SPDX-License-Identifier: MIT
#
# Computes again the shares of `stance prevalence`, from the rows that it wrote, by the formulas.
#
#     stance prevalence -m MODEL --audit AUDIT --rows ROWS --json DUMP > SHARES
#     Rscript eval/recompute.R ROWS SHARES
#     Rscript eval/recompute.R --survey ROWS SHARES
#
# Prints a table, and the largest difference from SHARES; exit 1 where it is above 1e-9 (of what is above 1:
# relative). Base R alone. The formulas are told in src/prevalence/estimate.h.
#
# --survey: by R's package survey (Lumley 2004, Journal of Statistical Software 9:8), labels alone: the ratio of
# each label and its standard error, strata, clusters and finite-population correction as they were drawn, against
# the same here with its k = sqrt((1-f)*m/(m-1)) instead of that of the jackknife. No SHARES are looked at but
# for `alone`.

options(digits = 17, stringsAsFactors = FALSE)
tolerance <- 1e-9
unseen <- 0.5
least_df <- 4

# ---- JSON, as far as it is needed ----

read_json <- function(path) {
  text <- paste(readLines(path, encoding = "UTF-8", warn = FALSE), collapse = "\n")
  pattern <- "\"(?:[^\"\\\\]|\\\\.)*\"|[][{}:,]|[^][{}:,\"\\s]+"
  token <- regmatches(text, gregexpr(pattern, text, perl = TRUE))[[1]]
  at <- 0
  take <- function() {
    at <<- at + 1
    token[at]
  }
  value <- function(t) {
    if (t == "{") object()
    else if (t == "[") array()
    else if (substr(t, 1, 1) == "\"") plain(t)
    else switch(t, null = NA, true = TRUE, false = FALSE, as.numeric(t))
  }
  object <- function() {
    out <- list()
    while ((t <- take()) != "}") {
      if (t == ",") next
      name <- plain(t)
      take()
      out[[name]] <- value(take())
    }
    out
  }
  array <- function() {
    out <- list()
    while ((t <- take()) != "]") if (t != ",") out[[length(out) + 1]] <- value(t)
    out
  }
  value(take())
}

plain <- function(t) {
  t <- substr(t, 2, nchar(t) - 1)
  for (code in unique(regmatches(t, gregexpr("\\\\u[0-9a-fA-F]{4}", t))[[1]]))
    t <- gsub(code, intToUtf8(strtoi(substr(code, 3, 6), 16)), t, fixed = TRUE)
  unescape(gsub("\\/", "/", t, fixed = TRUE))
}

unescape <- function(x) {
  has <- grepl("\\", x, fixed = TRUE)
  x[has] <- vapply(x[has], function(s) {
    parts <- strsplit(s, "")[[1]]
    out <- character()
    i <- 1
    while (i <= length(parts)) {
      c <- parts[i]
      if (c == "\\" && i < length(parts)) {
        i <- i + 1
        c <- switch(parts[i], t = "\t", n = "\n", r = "\r", b = "\b", f = "\f", parts[i])
      }
      out <- c(out, c)
      i <- i + 1
    }
    paste(out, collapse = "")
  }, "", USE.NAMES = FALSE)
  x
}

# ---- rows ----

read_rows <- function(path) {
  d <- read.delim(path, quote = "", comment.char = "", colClasses = "character", check.names = FALSE,
                  na.strings = NULL, encoding = "UTF-8")
  d$text <- NULL
  names(d) <- unescape(names(d))
  d[] <- lapply(d, unescape)
  d
}

number <- function(x) as.numeric(ifelse(x == "", NA, x))

# ---- strata taken together until they have two units or are labelled whole ----

make_cells <- function(v, fraction, stratum, unit) {
  of <- rep(NA_integer_, length(v))
  m <- f <- numeric()
  add <- function(m1, f1, m2, f2) if (m1 == 0) f2 else if (min(f1, f2) <= 0) 0 else (m1 + m2) / (m1 / f1 + m2 / f2)
  enough <- TRUE
  for (h in which(v > 0)) {
    if (enough) {
      m <- c(m, 0)
      f <- c(f, 0)
    }
    c <- length(m)
    before <- unique(unit[stratum %in% which(of == c)])
    new <- length(setdiff(unit[stratum == h], before))
    of[h] <- c
    f[c] <- add(m[c], f[c], new, fraction[h])
    m[c] <- m[c] + new
    enough <- m[c] >= 2 || (m[c] > 0 && f[c] >= 1)
  }
  n <- length(m)
  if (!enough && n > 1) {
    f[n - 1] <- add(m[n - 1], f[n - 1], m[n], f[n])
    m[n - 1] <- m[n - 1] + m[n]
    of[which(of == n)] <- n - 1
    m <- m[-n]
    f <- f[-n]
  }
  list(of = of, m = m, f = f)
}

# Cells, those that share a unit counted as one: components of a graph, by spreading the least number.
count_linked <- function(cell, unit) {
  name <- cell
  repeat {
    spread <- ave(ave(name, unit, FUN = min), cell, FUN = min)
    if (all(spread == name)) return(length(unique(name)))
    name <- spread
  }
}

# ---- one share ----

# All that a share is made of: labelled rows as a data frame, sums over the dump, the drawing.
make_share <- function(rows, target, group, label) {
  set <- rows[rows$kind == "setting", ]
  setting <- setNames(as.list(set$label), set$id)
  own <- rows[rows$target == target, ]
  strata <- own[own$kind == "stratum", ]
  told <- own[own$kind == "total" & own$group == group & own$label == label, ]
  pooled <- any(told$sample_prob == "1")
  source <- if (pooled) "all" else group
  totals <- if (pooled) own[own$kind == "total" & own$group == source & own$label == label, ] else told
  d <- own[own$kind == "audit" & own$group == source, ]
  if (nrow(d) == 0) return(NULL)
  cluster <- own[own$kind == "cluster" & own$group == source & own$label == label, ]

  p <- number(d[[paste0("p:", label)]])
  is <- as.numeric(d$label == label)
  among <- setting$among
  x <- switch(among,
    "all" = data.frame(y = is, z = 1, fy = p, fz = 1),
    "on-topic" = data.frame(y = is * (d$topic == "on"), z = as.numeric(d$topic == "on"),
                            fy = p * number(d$p_on), fz = number(d$p_on)),
    "taking-sides" = data.frame(y = is, z = as.numeric(d$label != setting$none), fy = p,
                                fz = 1 - number(d[[paste0("p:", setting$none)]])))
  x$wv <- number(d$weight) * number(d$v)
  x$unit <- match(d$unit, unique(own$unit[own$kind == "audit"]))
  x$stratum <- match(d$stratum, strata$stratum)

  v <- numeric(nrow(strata))
  v[match(totals$stratum, strata$stratum)] <- number(totals$v)
  cells <- make_cells(v, number(strata$weight), x$stratum, x$unit)
  x$cell <- cells$of[x$stratum]
  held <- ave(x$wv, x$cell, FUN = sum)
  big <- tapply(v[v > 0], cells$of[v > 0], sum)
  part <- sum(number(told$v)) / sum(big)
  x$mean_weight <- x$wv / held
  x$stands_for <- part * as.vector(big[x$cell]) * x$mean_weight
  x$open <- pmax(0, 1 - cells$f[x$cell])
  x$m <- cells$m[x$cell]
  x$unit_part <- ave(x$mean_weight, x$cell, x$unit, FUN = sum)
  list(x = x, v = sum(number(told$v)), fy = sum(number(told$fy)), fz = sum(number(told$fz)), pooled = pooled,
       level = as.numeric(setting$level), cluster = cluster,
       linked = count_linked(x$cell, x$unit))
}

centred <- function(x, of) of - ave(x$mean_weight * of, x$cell, FUN = sum)

unit_sums <- function(x, of) as.vector(tapply(of, factor(x$unit, sort(unique(x$unit))), sum))

k_best <- function(x) ifelse(x$unit_part < 1, sqrt(x$open * (x$m - 1) / x$m) / (1 - x$unit_part), 0)
k_textbook <- function(x) sqrt(x$open * x$m / (x$m - 1))

total_at <- function(s, lambda)
  c(y = lambda * s$fy + sum(s$x$stands_for * (s$x$y - lambda * s$x$fy)),
    z = lambda * s$fz + sum(s$x$stands_for * (s$x$z - lambda * s$x$fz)))

ratio_at <- function(s, lambda) {
  t <- total_at(s, lambda)
  if (t[["z"]] > 0) t[["y"]] / t[["z"]] else NaN
}

# The dump's threads as a sample: sum of (Y - R*Z - q*V)^2, over lambda^2.
threads_at <- function(s, r) {
  if (nrow(s$cluster) == 0 || number(s$cluster$n) <= 1) return(0)
  g <- number(s$cluster$n)
  q <- (s$fy - r * s$fz) / s$v
  cross <- function(a) number(s$cluster[[a]])
  square <- cross("v") + r^2 * cross("fz") + q^2 * cross("sample_prob") -
    2 * r * cross("fy") - 2 * q * cross("repeats") + 2 * q * r * cross("weight")
  max(square, 0) * g / (g - 1)
}

errors_at <- function(s, r, k = k_best) {
  x <- s$x
  scale <- ifelse(x$open > 0 & x$m > 1, k(x), 0) * x$stands_for
  cbind(a = unit_sums(x, scale * (centred(x, x$y) - r * centred(x, x$z))),
        b = unit_sums(x, scale * (centred(x, x$fy) - r * centred(x, x$fz))))
}

tuned_lambda <- function(s) {
  lambda <- 0
  for (round in 1:3) {
    r <- ratio_at(s, lambda)
    if (is.nan(r)) return(0)
    e <- errors_at(s, r)
    below <- sum(e[, "b"]^2) + threads_at(s, r)
    lambda <- if (below > 0) min(max(sum(e[, "a"] * e[, "b"]) / below, 0), 1) else 0
  }
  lambda
}

degrees <- function(s, e) {
  size <- unit_sums(s$x, s$x$stands_for)^1.5
  df <- sum(size)^2 / sum(size^2) * (1 - s$linked / length(size))
  if (sum(e^4) > 0) df <- min(df, max(3 * sum(e^2)^2 / sum(e^4) - 1, least_df))
  if (df > 0) max(df, 1) else 0
}

within <- function(x) min(max(x, 0), 1)

all_alike <- function(s, share, part) {
  squares <- sum(s$x$open * part^2)
  units <- length(unique(s$x$unit))
  n <- if (squares > 0) sum(part)^2 / squares else Inf
  if (squares > 0 && units < nrow(s$x)) n <- min(n, units)
  # Clopper and Pearson: the quantile of a beta distribution, here in closed form
  tail <- ((1 - s$level) / 2)^(1 / n)
  if (share < 0.5) c(0, 1 - tail) else c(tail, 1)
}

wilson <- function(s, share, variance, reference, df) {
  t <- qt((1 + s$level) / 2, df)
  p <- within(share)
  if (s$pooled) return(c(within(share - t * sqrt(variance)), within(share + t * sqrt(variance))))
  if (variance <= 0) return(c(p, p))
  # the two roots of (p - x)^2 = t^2*(x*(1 - x))/n
  n <- reference * (1 - reference) / variance
  a <- 1 + t^2 / n
  b <- p + t^2 / (2 * n)
  root <- sqrt(t^2 * p * (1 - p) / n + t^4 / (4 * n^2))
  c(within((b - root) / a), within((b + root) / a))
}

share_at <- function(s, lambda, reference) {
  r <- ratio_at(s, lambda)
  if (is.nan(r)) return(NULL)
  z <- total_at(s, lambda)[["z"]]
  e <- errors_at(s, r)
  e <- (e[, "a"] - lambda * e[, "b"]) / z
  variance <- sum(e^2) + lambda^2 * threads_at(s, r) / z^2
  df <- degrees(s, e)
  if (is.nan(reference)) reference <- r
  part <- s$x$stands_for / z
  ends <- c(NaN, NaN)
  if (!(reference > 0 && reference < 1)) {
    ends <- all_alike(s, r, part)
  } else {
    binomial <- reference * (1 - reference) * sum(s$x$open * part^2)
    if (variance < binomial)
      variance <- variance + unseen * sum(s$x$open * part^3) / sum(part) * (1 - variance / binomial)
    if (df > 0) ends <- wilson(s, r, variance, reference, df)
  }
  list(share = r, se = sqrt(variance), low = ends[1], high = ends[2], df = df, lambda = lambda)
}

compute <- function(s) {
  if (is.null(s)) return(NULL)
  if (s$pooled) {
    told <- share_at(s, 1, ratio_at(s, 0))
    if (!is.null(told)) told$share <- within(told$share)
    return(told)
  }
  alone <- told <- share_at(s, 0, NaN)
  if (is.null(alone)) return(NULL)
  lambda <- tuned_lambda(s)
  if (lambda != 0) {
    best <- share_at(s, lambda, alone$share)
    if (!is.null(best) && isTRUE(best$high - best$low < alone$high - alone$low)) told <- best
  }
  c(told, list(alone = alone$share, alone_low = alone$low, alone_high = alone$high))
}

# ---- against the program ----

figures <- c("share", "se", "low", "high", "df", "lambda", "alone", "alone_low", "alone_high")

apart <- function(told, own) {
  own <- if (is.null(own) || !is.finite(own)) NA else own
  if (is.na(told) || is.na(own)) return(if (is.na(told) && is.na(own)) 0 else Inf)
  abs(told - own) / max(1, abs(told))
}

text <- function(x) if (is.null(x) || !is.finite(x)) "-" else sprintf("%.6f", x)

# f(target, group, label, told) for each share that the program told or found nothing labelled for.
each_share <- function(json, f) {
  refused <- 0
  for (target in json$targets) for (group in target$groups) for (told in group$labels) {
    if (!is.na(told$refused) && told$refused != "nothing is labelled") refused <- refused + 1
    else f(target$target, group$group, told$label, told)
  }
  refused
}

check_shares <- function(rows, json) {
  worst <- n <- 0
  cat("target", "group", "label", figures[1:6], "apart\n", sep = "\t")
  refused <- each_share(json, function(target, group, label, told) {
    own <- compute(make_share(rows, target, group, label))
    far <- max(mapply(function(name) apart(told[[name]], own[[name]]), figures))
    cat(target, group, label, vapply(figures[1:6], function(name) text(own[[name]]), ""),
        sprintf("%.1e\n", far), sep = "\t")
    worst <<- max(worst, far)
    n <<- n + 1
  })
  cat(sprintf("%d shares computed, %d refused by the program; largest difference %.1e, tolerance %.0e\n",
              n, refused, worst, tolerance))
  n > 0 && worst <= tolerance
}

# ---- R's survey package, labels alone ----

check_survey <- function(rows, json) {
  suppressPackageStartupMessages(library(survey))
  options(survey.lonely.psu = "adjust")
  worst <- n <- 0
  cat("target", "group", "label", "share", "se", "survey_share", "survey_se\n", sep = "\t")
  each_share(json, function(target, group, label, told) {
    s <- make_share(rows, target, group, label)
    if (is.null(s) || s$pooled || is.nan(ratio_at(s, 0)) || any(s$x$m < 2 | s$x$open == 0)) return()
    r <- ratio_at(s, 0)
    own <- sqrt(sum(errors_at(s, r, k_textbook)[, "a"]^2)) / total_at(s, 0)[["z"]]
    x <- s$x
    x$fpc <- 1 - x$open
    design <- svydesign(ids = ~unit, strata = ~cell, fpc = if (any(x$fpc > 0)) ~fpc, weights = ~stands_for, data = x,
                        nest = TRUE)
    # post-stratified to one total per stratum: survey takes the mean of each stratum off its residuals
    by <- svyratio(~y, ~z, postStratify(design, ~cell, aggregate(list(Freq = x$stands_for), list(cell = x$cell), sum)))
    far <- max(abs(coef(by) - r), abs(SE(by) - own), abs(r - told$alone))
    cat(target, group, label, text(r), text(own), text(as.vector(coef(by))), paste0(text(as.vector(SE(by))), "\n"),
        sep = "\t")
    worst <<- max(worst, far)
    n <<- n + 1
  })
  cat(sprintf("%d shares by survey %s; largest difference %.1e, tolerance %.0e\n", n,
              as.character(packageVersion("survey")), worst, tolerance))
  n > 0 && worst <= tolerance
}

main <- function(arguments) {
  survey <- length(arguments) > 0 && arguments[1] == "--survey"
  if (survey) arguments <- arguments[-1]
  if (length(arguments) != 2) stop("usage: Rscript eval/recompute.R [--survey] ROWS SHARES", call. = FALSE)
  rows <- read_rows(arguments[1])
  json <- read_json(arguments[2])
  fine <- if (survey) check_survey(rows, json) else check_shares(rows, json)
  quit(status = if (fine) 0 else 1)
}

main(commandArgs(trailingOnly = TRUE))
