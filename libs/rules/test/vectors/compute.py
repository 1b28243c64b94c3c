"""Computes what mercure answers to rules, with the interpreter that it uses.

Usage: python3 compute.py > ../../src/vectors/asteval.json

Needs the package asteval (https://lmfit.github.io/asteval/). Everything else of mercure 0.4.1 that says what a rule
means is a few lines, which are written here anew: how tags are found, which functions there are, and what becomes of
an error.
"""

import io
import json
import math
import random
from pathlib import Path

import asteval

HERE = Path(__file__).parent
BUILTINS = """bool int float str complex list tuple dict set frozenset len sum min max abs all any sorted reversed range
enumerate zip filter map round pow divmod chr ord hex oct bin format repr""".split()
MATH = """sqrt ceil floor log log10 log2 exp sin cos tan asin acos atan atan2 pi e isinf isnan fabs factorial
trunc""".split()
NAMES = {name: getattr(__builtins__, name) for name in BUILTINS} | {name: getattr(math, name) for name in MATH}

FACTS = {
    "Modality": "MR",
    "SeriesDescription": "AX T2 FLAIR",
    "StudyDescription": "NEURO^HEAD",
    "SliceThickness": "3.5",
    "SeriesNumber": "12",
    "PatientID": "0012",
    "ReceiverAET": "az_proj",
    "SenderAET": "SCAN1",
    "ImageType": "ORIGINAL\\PRIMARY\\M",
    "ManufacturerModelName": "Trio",
    "Empty": "",
    "PatientName": "Müller^Jörg",
    "BodyPartExamined": "HEAD",
    "EchoTime": " -1.5e1 ",
    "PixelSpacing": "0.5\\0.75",
    "StudyDate": "20260213",
    "Wide": "a😀b",
    "Turkish": "straße İ",
}


class TagNotFound(Exception):
    pass


class Tags:
    def __init__(self, tags):
        self.__dict__["found"] = tags

    def __getattr__(self, name):
        found = self.__dict__["found"]
        for tag in [name, *found]:
            if tag in found and tag.lower() == name.lower():
                return found[tag]
        raise TagNotFound(name)

    def __getitem__(self, name):
        if name in self.found:
            return self.found[name]
        raise TagNotFound(name)

    def __len__(self):
        return len(self.found)

    def __iter__(self):
        return iter(self.found)

    def __contains__(self, name):
        return name in self.found


def with_tags(rule):
    """Puts tags["X"] in the place of @X@, where the header has X."""
    found, at = [], 0
    while (opening := rule.find("@", at)) >= 0 and (closing := rule.find("@", opening + 1)) >= 0:
        if rule[opening + 1 : closing] in FACTS:
            found.append(rule[opening + 1 : closing])
        at = closing + 1
    for tag in found:
        rule = rule.replace(f"@{tag}@", f'tags["{tag}"]')
    return rule


def ask(rule):
    rule = with_tags(rule)
    interpreter = asteval.Interpreter(use_numpy=False, minimal=True, writer=io.StringIO(), err_writer=io.StringIO())
    interpreter.symtable.clear()
    interpreter.symtable.update({"True": True, "False": False, "None": None, **NAMES, "tags": Tags(FACTS)})
    value = interpreter(rule)
    if interpreter.error:
        exception = interpreter.error[0].exc
        opening = rule.find("@")
        names_tag = opening > -1 and rule.find("@", opening + 1) > 1
        missing = issubclass(exception, TagNotFound) or (issubclass(exception, SyntaxError) and names_tag)
        return "missing" if missing else "failed", None
    try:
        matched = bool(value)
    except Exception:
        return "failed", None
    written = repr(value)
    # What is written in another way each time, or as nobody else writes it.
    told = not any(part in written for part in (" at 0x", "{", "set(", "range("))
    return "matched" if matched else "not-matched", written if told else None


ATOMS = """tags.Modality;@SeriesDescription@;tags['SeriesNumber'];@SliceThickness@;tags.Empty;tags.nosuch;'MR';'12';'a';
'';12;3.5;0;-1;True;False;None;[1, 2];('MR', 'CT');{'MR', 'x'};[];float(@SliceThickness@);int(tags.SeriesNumber);
len(tags.Modality);tags.ImageType.split('\\\\');('Modality' in tags);2;1e3;'é'""".replace("\n", "").split(";")
OPERATORS = "== != < <= > >= in not_in + - * / // % ** | & ^ and or << >>".split()
FUNCTIONS = "len str int float bool abs sorted set list tuple sum min max any all round repr".split()
METHODS = "lower upper strip title split isdigit isalpha swapcase isupper".split()
PLACES = "0 -1 1: ::-1 :2 1:-1 5 ::2".split()


def made_up(dice, depth):
    """A rule that nobody wrote."""
    roll = dice.random()
    inner = lambda: made_up(dice, depth - 1)
    if depth == 0 or roll < 0.22:
        return dice.choice(ATOMS)
    if roll < 0.65:
        operator = dice.choice(OPERATORS).replace("_", " ")
        left, right = inner(), inner()
        return f"({left}) {operator} ({right})" if dice.random() < 0.4 else f"{left} {operator} {right}"
    if roll < 0.72:
        return f"not {inner()}"
    if roll < 0.76:
        return f"{dice.choice('-+~')}{inner()}"
    if roll < 0.86:
        return f"{dice.choice(FUNCTIONS)}({inner()})"
    if roll < 0.93:
        return f"({inner()}).{dice.choice(METHODS)}()"
    if roll < 0.97:
        return f"({inner()})[{dice.choice(PLACES)}]"
    return f"[{inner()}, {inner()}]"


def main():
    dice = random.Random(41)
    written = json.loads((HERE / "rules.json").read_text())
    rules = list(dict.fromkeys(written + [made_up(dice, dice.choice([1, 2, 2, 3, 3, 4])) for _ in range(600)]))
    vectors = [[rule, *ask(rule)] for rule in rules]
    note = f"What mercure 0.4.1 answers on asteval {asteval.__version__}: computed by test/vectors/compute.py."
    print(json.dumps({"note": note, "facts": FACTS, "rules": vectors}, ensure_ascii=False, indent=1))


main()
