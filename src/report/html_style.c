/* SPDX-License-Identifier: MIT */
/*
 * html_style: how a page looks. System letters, black on white, one column; plots are as
 * wide as they are drawn or as the page allows. Colours: Okabe and Ito (2008), blue for what
 * is judged, vermillion for the line it is held against, grey for everything else.
 */
#include "report/html_page.h"

static const char page[] =
    ":root{--ink:#1b1b1b;--soft:#565656;--rule:#d4d4d4;--judged:#0072b2;--ref:#b34700}\n"
    "*{box-sizing:border-box}\n"
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}\n"
    "body{margin:0;background:#fff;color:var(--ink);"
    "font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,"
    "\"Liberation Sans\",sans-serif}\n"
    "main{max-width:58rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}\n"
    "h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0 1rem}\n"
    "h2{font-size:1.3rem;line-height:1.3;margin:3rem 0 1rem;padding-top:.6rem;"
    "border-top:2px solid var(--ink)}\n"
    "h3{font-size:1.08rem;margin:2.2rem 0 .6rem}\n"
    "p,ul,ol,dl,figcaption,caption{max-width:44rem}\n"
    ".lead{font-size:1.15rem}\n"
    ".name{overflow-wrap:anywhere;unicode-bidi:isolate}\n"
    ".warn{border-left:4px solid #d55e00;padding:.4rem .8rem;background:#fdf3ec}\n"
    ".notes{padding-left:1.2rem}\n"
    "dl.facts{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.35rem 1.2rem;"
    "margin:0}\n"
    "dl.facts dt{font-weight:600}dl.facts dd{margin:0;overflow-wrap:anywhere}\n"
    "figure{margin:1.5rem 0 2rem}\n"
    "figure svg{display:block;width:100%;max-width:40rem;height:auto;margin-bottom:.6rem}\n"
    "figcaption,caption{font-size:.9rem;line-height:1.45;color:var(--soft);text-align:left}\n"
    "figcaption b,caption b{color:var(--ink)}\n"
    ".pair{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(0,1fr);gap:0 2.5rem;"
    "align-items:start}\n"
    ".scroll{overflow-x:auto;margin:1.5rem 0}\n"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}\n"
    "caption{padding-bottom:.5rem}\n"
    "th,td{padding:.3rem .7rem;text-align:right;vertical-align:top;font-weight:400}\n"
    "th:first-child,td:first-child{text-align:left;padding-left:0}\n"
    "thead th{font-weight:600;vertical-align:bottom;border-bottom:1.5px solid var(--ink)}\n"
    "tbody th,tbody td{border-bottom:1px solid var(--rule)}\n"
    "td{white-space:nowrap}\n"
    "td small{color:var(--soft);font-size:.85em}\n"
    ".confusion td{text-align:center;min-width:4.2rem;border:1px solid #fff}\n"
    ".confusion thead th{text-align:center}.confusion thead th:first-child{text-align:left}\n"
    ".confusion td.hit{outline:1.5px solid var(--ink);outline-offset:-3px}\n"
    ".confusion td small{color:inherit}\n"
    ".w0{background:#f2f7fb}.w1{background:#dfecf5}.w2{background:#cbe0ee}"
    ".w3{background:#b3d2e6}.w4{background:#9ac3dd}\n"
    ".w5{background:#7fb3d3}.w6{background:#63a3c9}.w7,.w8,.w9,.w10{color:#fff}\n"
    ".w7{background:#2f7cb0}.w8{background:#1f6fa6}.w9{background:#115f94}"
    ".w10{background:#00507f}\n"
    ".errors{padding-left:2rem}.errors li{margin:0 0 1.2rem}.errors p{margin:.2rem 0}\n"
    "blockquote{margin:.4rem 0;padding:.1rem .9rem;border-left:3px solid var(--rule);"
    "white-space:pre-wrap;overflow-wrap:anywhere}\n"
    ".why{font-size:.9rem;color:var(--soft)}q{quotes:\"“\" \"”\"}\n";

static const char drawings[] =
    "svg text{fill:var(--ink);font-size:13px}svg .s{font-size:11px}svg .soft{fill:var(--soft)}\n"
    "svg .mid{text-anchor:middle}svg .end{text-anchor:end}\n"
    "svg .axis{stroke:var(--soft);stroke-width:1}svg .grid{stroke:#e4e4e4;stroke-width:1}\n"
    "svg .band{fill:#f3e3d7}svg .bar{fill:#8fa3b0}\n"
    "svg .ref{stroke:var(--ref);stroke-width:1.5;stroke-dasharray:5 4}"
    "svg .ref-name{fill:var(--ref)}\n"
    "svg .curve{fill:none;stroke:var(--judged);stroke-width:2;stroke-linejoin:round}\n"
    "svg line.judged{stroke:var(--judged);stroke-width:2.2}"
    "svg path.judged{fill:var(--judged);stroke:#fff;stroke-width:1}\n"
    "svg text.judged{font-weight:600}\n"
    "svg line.other{stroke:#6b6b6b;stroke-width:1.4}"
    "svg path.other{fill:#fff;stroke:#454545;stroke-width:1.6}\n"
    "svg .halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}\n";

static const char narrow_and_printed[] =
    "@media(max-width:46rem){.pair{display:block}}\n"
    "@media(max-width:34rem){main{padding:1rem 1rem 3rem}figure svg{width:calc(100% + 1rem);"
    "margin-left:-.5rem;margin-right:-.5rem}h1{font-size:1.4rem}.lead{font-size:1.05rem}"
    "dl.facts{display:block}dl.facts dd{margin:0 0 .6rem}th,td{padding:.3rem .45rem}"
    ".confusion td{min-width:3.4rem}}\n"
    "@media print{body{font-size:10pt;color:#000}main{max-width:none;padding:0}"
    "h2,h3{break-after:avoid}figure,.errors li,dl.facts dd{break-inside:avoid}"
    "tr{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}"
    ".confusion,.pair{break-inside:avoid}"
    "figure svg{max-width:13cm}.confusion td,svg *{print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}@page{margin:1.8cm 1.6cm}}\n";

const char *const html_style[] = {page, drawings, narrow_and_printed, NULL};
