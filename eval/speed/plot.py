# SPDX-License-Identifier: MIT
"""Two panels of lines on logarithmic axes, as SVG, with nothing but the standard library.

The same series give the same bytes. A series is (name, colour index, dash index, points); points
are (x, y) with both above 0. Lines of one colour belong together, and so do those of one dash.
"""
import html
import math

WIDTH, HEIGHT, LEFT, TOP, LEGEND = 380, 300, 70, 40, 220
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
DASHES = ("", "6 3", "2 3", "8 2 2 2")
STYLE = "text{font:12px sans-serif;fill:#222}path{fill:none;stroke-width:1.6}.grid{stroke:#ddd}"


def decades(values):
    """From the power of ten below the least to that above the greatest."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def power(exponent):
    """A power of ten, as people write it."""
    value = 10.0 ** exponent
    return f"{value:,.0f}" if exponent >= 0 else f"{value:g}"


class Panel:
    def __init__(self, title, series, left):
        self.title, self.series, self.left = title, series, left
        points = [point for line in series for point in line[3]]
        self.x, self.y = (decades(values) for values in zip(*points))

    def place(self, point):
        across = (math.log10(point[0]) - self.x[0]) / (self.x[1] - self.x[0])
        up = (math.log10(point[1]) - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * WIDTH, TOP + (1 - up) * HEIGHT

    def grid(self):
        yield f'<text x="{self.left}" y="{TOP - 14}">{html.escape(self.title)}</text>'
        for exponent in range(self.x[0], self.x[1] + 1):
            at, low = self.place((10.0 ** exponent, 10.0 ** self.y[0]))
            yield f'<path class="grid" d="M{at:.1f} {TOP}V{low:.1f}"/>'
            yield f'<text x="{at:.1f}" y="{low + 18:.1f}" text-anchor="middle">{power(exponent)}</text>'
        for exponent in range(self.y[0], self.y[1] + 1):
            left, at = self.place((10.0 ** self.x[0], 10.0 ** exponent))
            yield f'<path class="grid" d="M{left:.1f} {at:.1f}h{WIDTH}"/>'
            yield f'<text x="{left - 6:.1f}" y="{at + 4:.1f}" text-anchor="end">{power(exponent)}</text>'

    def lines(self):
        for _, colour, dash, points in self.series:
            places = [self.place(point) for point in sorted(points)]
            path = "L".join("%.1f %.1f" % place for place in places)
            look = look_of(colour, dash)
            yield f'<path {look} d="M{path}"/>'
            fill = COLOURS[colour % len(COLOURS)]
            yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{fill}"/>' for x, y in places)


def look_of(colour, dash):
    return (f'stroke="{COLOURS[colour % len(COLOURS)]}" '
            f'stroke-dasharray="{DASHES[dash % len(DASHES)] or "none"}"')


def legend(series, left):
    for number, (name, colour, dash, _) in enumerate(series):
        y = TOP + 8 + 18 * number
        yield f'<path {look_of(colour, dash)} d="M{left} {y}h28"/>'
        yield f'<text x="{left + 36}" y="{y + 4}">{html.escape(name)}</text>'


def svg(panels, caption):
    """panels: two or more (title, series), all with the same series."""
    step = WIDTH + LEFT + 10
    drawn = [Panel(title, series, LEFT + step * i) for i, (title, series) in enumerate(panels)]
    width, height = step * len(panels) + LEGEND, TOP + HEIGHT + 60
    body = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">', f"<title>{html.escape(caption)}</title>",
            f"<style>{STYLE}</style>", '<rect width="100%" height="100%" fill="#fff"/>']
    for panel in drawn:
        body += [*panel.grid(), *panel.lines()]
    body += legend(panels[0][1], step * len(panels) + 10)
    body.append(f'<text x="{LEFT}" y="{height - 12}">{html.escape(caption)}</text>')
    return "\n".join([*body, "</svg>", ""])
