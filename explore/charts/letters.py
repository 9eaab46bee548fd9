"""Letters: how wide words are, and where their lines break, which Vega does not work out by itself."""

import unicodedata

# Advance widths of Arial (and of Liberation Sans, which is made to its measure), in thousandths of the size.
_SAME = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " ,.!/\\:;ftI[]·", 333: "()-`r“”", 355: '"', 389: "*", 469: "^",
    500: "cksvxyzJ", 584: "+<=>−×", 611: "FTZ", 667: "ABEKPSVXY&", 722: "CDHNRUw", 778: "GOQ", 833: "mM", 889: "%",
    944: "W", 1000: "—…→", 1015: "@",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _SAME.items() for letter in letters}
_OTHER, _CAPITAL, _WIDE = 556, 722, 1000
_SLACK, _BOLD = 1.03, 1.09
MOST = 2000  # letters of one text that are drawn


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how many pixels a line of text takes, rather more than less.

    >>> 30 < width_of("97% of", 14) < 50
    True
    """
    return sum(map(_width, text)) * size / 1000 * _SLACK * (_BOLD if bold else 1)


def _width(letter: str) -> int:
    bare = unicodedata.normalize("NFD", letter)[0]  # é is as wide as e
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    return _WIDTHS.get(bare, _CAPITAL if bare.isupper() else _OTHER)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit a width in pixels, at spaces, or inside a word that is wider.

    Of more than a page of text the beginning is drawn; the rest stays in the rows and their tooltips.

    >>> wrapped("one two three four five", 80, 14)
    ['one two', 'three four', 'five']
    """
    lines: list[str] = []
    text = text if len(text) <= MOST else f"{text[:MOST].rstrip()} …"
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:
            if lines[-1] and width_of(lines[-1] + letter, size, bold=bold) > width:
                lines.append("")
            lines[-1] += letter
    return lines
