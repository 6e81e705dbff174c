"""Numbers of the prose and of the checked outputs of a notebook, and which of them do not meet.

A number in the prose is guarded when a cell marked ``# NBVAL_CHECK_OUTPUT`` of the
same notebook prints it, to at least the digits that the prose shows.  Free are code,
maths, citations and link targets; whole numbers up to 12; years; names such as
"Exercise 5.1" or "S2"; and the dimensions and constants that the notebook's metadata
list ``given`` declares.
"""

import re

from notebooks import is_checked

SMALL = 12
# Directives whose content is not prose; of all others the content is read.
SILENT = {"bibliography", "code", "code-block", "code-cell", "math", "raw", "toctree", "glossary"}
FENCE = re.compile(r"^\s*(`{3,}|~{3,}|:{3,})\s*(?:\{([\w:-]+)\})?(.*)$")
NOT_PROSE = (
    r"\$\$.*?\$\$",  # displayed maths
    r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}",
    r"\{[\w:-]+\}`[^`]*`",  # roles: citations and references
    r"(`+)(?!`).*?(?<!`)\1(?!`)",  # code spans
    r"(?<![\\$])\$[^$\n][^$]*?\$",  # maths in the line
    r"\]\([^)]*\)",  # targets of links
    r"<https?:[^>]*>|https?://\S+",
    r"<!--.*?-->|<[a-zA-Z/][^>]*>",
    r"^\s*:[\w-]+:[^\n]*$",  # options of directives
    r"^\s*\([\w-]+\)=[^\S\n]*$",  # labels
    r"^\s*\d+[.)]\s",  # numbers of a list
    r"^# \d+[a-z]? ",  # the number of a chapter in its title
)
NAMED = (
    r"\b(?:[Ee]xercises?|[Cc]hapters?|[Ff]ig(?:ure|ures|\.)|[Pp]arts?|[Tt]ables?|[Ss]ections?|"
    r"[Pp]ages?|[Cc]ells?|[Qq]uestions?|Python|NumPy|SciPy|scikit-learn|version|CC BY|MIT)"
    r"\s+\d+(?:\.\d+)*(?:(?:\s*,\s*|\s+(?:and|to|or)\s+)\d+(?:\.\d+)*)*"
    r"|\babout \d+ minutes\b"  # the time to read a chapter
)
YEAR = (
    r"(?:(?<=\()|(?<=[Ii]n )|(?<=[Ss]ince )|(?<=[Ff]rom )|(?<=, )|(?<=[a-z] ))"
    r"(?:1[89]\d\d|20[0-3]\d)s?(?=[\s).,;:\]]|$)(?!\s*(?:points|runs|rows|words|pairs|samples|symbols|vectors|pixels|flowers|%))"
)
NUMBER = re.compile(
    r"(?<![\w.^/])(?:[-−+](?=[\d.]))?(?:\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?!\d)|\d+)?(?:\.\d+)?"
    r"(?:[eE][-+]?\d+)?(?![\w^])"
)


def prose_of(source):
    """Return the text of a Markdown cell that readers read as prose."""
    lines, silent = [], None
    for line in source.splitlines():
        fence = FENCE.match(line)
        if silent:
            if fence and fence[1].startswith(silent) and not fence[2] and not fence[3].strip():
                silent = None
            continue
        if fence:
            closing = not fence[2] and not fence[3].strip() and fence[1][0] == ":"
            opening_code = fence[1][0] != ":" and not fence[2]
            if fence[2] in SILENT or (opening_code and not closes_directive(lines, fence[1])):
                silent = fence[1]
            elif fence[2]:
                lines.append(("open", fence[1], fence[3]))
            elif not closing:
                lines.append(("close", fence[1], ""))
            continue
        lines.append(("text", "", line))
    text = "\n".join(entry[2] for entry in lines)
    for pattern in NOT_PROSE:
        text = re.sub(pattern, " ", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(YEAR, " ", re.sub(NAMED, " ", text), flags=re.MULTILINE)


def closes_directive(lines, fence):
    """Return whether a bare fence closes a directive that is still open."""
    opened = [entry[1] for entry in lines if entry[0] == "open"]
    closed = [entry[1] for entry in lines if entry[0] == "close"]
    return opened.count(fence) > closed.count(fence)


def numbers_in(text):
    """Return the numbers of `text` as (value, decimals, shown, is a percentage)."""
    found = []
    for match in NUMBER.finditer(text):
        shown = match[0]
        if not re.match(r"[-−+]?\.?\d", shown):  # nothing, or a name such as E8
            continue
        plain = re.sub(r"[,\u202f\u00a0 ]", "", shown).replace("−", "-")
        mantissa, _, exponent = plain.lower().partition("e")
        decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
        percent = bool(re.match(r"\s*(?:%|per ?cent)", text[match.end() :]))
        found.append((float(plain), decimals, shown.strip(), percent))
    return found


def texts_of(notebook):
    """Yield (cell id, text) for the prose, the captions and the alternative texts."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.id, prose_of(cell.source)
        else:
            picture = cell.metadata.get("mystnb", {})
            yield cell.id, prose_of(picture.get("image", {}).get("alt", ""))
            yield cell.id, prose_of(picture.get("figure", {}).get("caption", ""))


def printed_by(notebook):
    """Return the sizes of all numbers that the checked cells of `notebook` print."""
    texts = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        if is_checked(cell)
        for output in cell.outputs
    ]
    pattern = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
    return {float(n.replace(",", "")) for text in texts for n in re.findall(pattern, text)}


def is_guarded(number, printed, given):
    """Return whether `number` is small, given or printed, to the digits that it shows."""
    value, decimals, _, percent = number
    size, slack = abs(value), 0.5 * 10.0**-decimals * (1 + 1e-6)
    if (decimals <= 0 and size <= SMALL) or size in given:
        return True
    scales = (1, 100) if percent else (1,)
    return any(abs(scale * other - size) <= slack for other in printed for scale in scales)


def unguarded(notebook):
    """Return a sentence for each number of the prose that no checked cell prints."""
    printed = printed_by(notebook)
    given = {abs(float(g)) for g in notebook.metadata.get("given", [])}
    return [
        f"cell {cell}: {number[2]} is printed by no checked cell and is not in `given`: "
        f"...{around(text, number[2])}..."
        for cell, text in texts_of(notebook)
        for number in numbers_in(text)
        if not is_guarded(number, printed, given)
    ]


def around(text, shown, width=40):
    """Return the words around the first place where `text` shows a number."""
    place = text.find(shown)
    return " ".join(text[max(0, place - width) : place + len(shown) + width].split())
