"""A plot of ratios as SVG: one row for each workload, one mark for each contestant, on a logarithmic axis."""

import html
import math

COLOURS = ["#d62728", "#1f77b4", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf", "#7f7f7f", "#bcbd22"]
FONT = 'font-family="sans-serif" font-size="12"'


def ticks(low, high):
    """1, 2 and 5 times the powers of ten between low and high."""
    found = []
    for exponent in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        found += [step * 10.0 ** exponent for step in (1, 2, 5)]
    return [tick for tick in found if low <= tick <= high]


def ratios(title, axis, rows, names):
    """rows: (label, {name: ratio}); names: who is shown, in the order of their colours, the first one larger."""
    values = [value for _, row in rows for value in row.values()]
    low, high = min([0.5] + values) / 1.15, max([2.0] + values) * 1.15
    left, top, width, height = 220, 70, 620, 26
    bottom = top + height * len(rows)

    def x(value):
        return left + width * math.log(value / low) / math.log(high / low)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 30}" height="{bottom + 50}" {FONT}>',
           '<rect width="100%" height="100%" fill="white"/>',
           f'<text x="10" y="20" font-weight="bold">{html.escape(title)}</text>']
    place = 10
    for name, colour in zip(names, COLOURS):
        out.append(f'<circle cx="{place + 5}" cy="40" r="5" fill="{colour}"/>'
                   f'<text x="{place + 14}" y="44">{html.escape(name)}</text>')
        place += 30 + 7 * len(name)
    for tick in ticks(low, high):
        strong = ' stroke-width="2"' if tick == 1 else ""
        out.append(f'<line x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{top}" y2="{bottom}" stroke="#ccc"{strong}/>'
                   f'<text x="{x(tick):.1f}" y="{bottom + 16}" text-anchor="middle">{tick:g}</text>')
    out.append(f'<text x="{left + width / 2}" y="{bottom + 38}" text-anchor="middle">{html.escape(axis)}</text>')
    for number, (label, row) in enumerate(rows):
        y = top + height * (number + 0.5)
        out.append(f'<text x="{left - 10}" y="{y + 4}" text-anchor="end">{html.escape(label)}</text>'
                   f'<line x1="{left}" x2="{left + width}" y1="{y}" y2="{y}" stroke="#eee"/>')
        for name, colour in reversed(list(zip(names, COLOURS))):
            if name in row:
                radius = 6 if name == names[0] else 4
                out.append(f'<circle cx="{x(row[name]):.1f}" cy="{y}" r="{radius}" fill="{colour}" fill-opacity="0.85">'
                           f'<title>{html.escape(name)}: {row[name]:.2f}</title></circle>')
    return "\n".join(out + ["</svg>", ""])


def points(title, x_axis, y_axis, series):
    """series: (name, [(x, y)]), the first one on top; both axes logarithmic."""
    xs = [x for _, some in series for x, _ in some]
    ys = [y for _, some in series for _, y in some]
    left, top, width, height = 70, 80, 760, 400
    x_low, x_high, y_low, y_high = min(xs) / 1.1, max(xs) * 1.1, min(ys) / 1.1, max(ys) * 1.1

    def x(value):
        return left + width * math.log(value / x_low) / math.log(x_high / x_low)

    def y(value):
        return top + height * (1 - math.log(value / y_low) / math.log(y_high / y_low))

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 30}" height="{top + height + 50}" {FONT}>',
           '<rect width="100%" height="100%" fill="white"/>',
           f'<text x="10" y="20" font-weight="bold">{html.escape(title)}</text>']
    place = 10
    for (name, _), colour in zip(series, COLOURS):
        out.append(f'<circle cx="{place + 5}" cy="40" r="5" fill="{colour}"/>'
                   f'<text x="{place + 14}" y="44">{html.escape(name)}</text>')
        place += 30 + 7 * len(name)
    for tick in ticks(x_low, x_high):
        out.append(f'<line x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{top}" y2="{top + height}" stroke="#eee"/>')
        if f"{tick:e}"[0] == "1":
            out.append(f'<text x="{x(tick):.1f}" y="{top + height + 16}" text-anchor="middle">{tick:g}</text>')
    for tick in ticks(y_low, y_high):
        out.append(f'<line x1="{left}" x2="{left + width}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#eee"/>'
                   f'<text x="{left - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    out.append(f'<text x="{left + width / 2}" y="{top + height + 38}" text-anchor="middle">{html.escape(x_axis)}</text>'
               f'<text x="{left}" y="{top - 6}">{html.escape(y_axis)}</text>')
    for (_, some), colour in reversed(list(zip(series, COLOURS))):
        dots = sorted({(round(x(a)), round(y(b))) for a, b in some})  # one path: a circle for each takes a megabyte
        out.append(f'<path d="{"".join(f"M{a} {b}h0" for a, b in dots)}" stroke="{colour}" stroke-width="4" '
                   'stroke-linecap="round" stroke-opacity="0.6"/>')
    return "\n".join(out + ["</svg>", ""])
