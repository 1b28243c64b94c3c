"""Asks rules as mercure does, one Python evaluator for each: reads requests as lines of JSON, answers with a line each.

{"engine": "mercure asteval", "conditions": [...], "facts": [...], "seconds": 2}
"""

import io
import json
import math
import sys
import time


class TagNotFound(Exception):
    pass


class Tags:
    def __init__(self, tags):
        self.__dict__["found"] = tags

    def __getattr__(self, name):
        found = self.__dict__["found"]
        if name in found:
            return found[name]
        for tag in found:
            if tag.lower() == name.lower():
                return found[tag]
        raise TagNotFound(name)

    def __getitem__(self, name):
        if name in self.found:
            return self.found[name]
        raise TagNotFound(name)

    def __contains__(self, name):
        return name in self.found


BUILTINS = "bool int float str list tuple dict set len sum min max abs all any sorted round".split()
NAMES = {name: getattr(__builtins__, name) for name in BUILTINS} | {"sqrt": math.sqrt, "floor": math.floor}


def with_tags(rule, tags):
    found, at = [], 0
    while (opening := rule.find("@", at)) >= 0 and (closing := rule.find("@", opening + 1)) >= 0:
        if rule[opening + 1 : closing] in tags:
            found.append(rule[opening + 1 : closing])
        at = closing + 1
    for tag in found:
        rule = rule.replace(f"@{tag}@", f'tags["{tag}"]')
    return rule


def by_eval(conditions):
    """What mercure does with MERCURE_UNSAFE_RULE_EVALUATION: the text is read anew for every series."""

    def ask(condition, facts):
        return eval(with_tags(condition, facts), {"__builtins__": {}}, {**NAMES, "tags": Tags(facts)})

    return [lambda facts, condition=condition: ask(condition, facts) for condition in conditions]


def by_compiled_eval(conditions):
    """The most that Python can give: every rule is compiled once."""
    every_tag = type("EveryTag", (), {"__contains__": lambda self, name: True})()
    compiled = [compile(with_tags(condition, every_tag), "rule", "eval") for condition in conditions]
    names = {"__builtins__": {}, **NAMES}
    return [lambda facts, code=code: eval(code, names, {"tags": Tags(facts)}) for code in compiled]


def by_asteval(conditions):
    """What mercure does: an interpreter for every rule and series."""
    from asteval import Interpreter

    def ask(condition, facts):
        rule = with_tags(condition, facts)
        interpreter = Interpreter(use_numpy=False, minimal=True, err_writer=io.StringIO())
        interpreter.symtable.clear()
        interpreter.symtable.update({"True": True, "False": False, "None": None, **NAMES, "tags": Tags(facts)})
        result = interpreter(rule)
        if interpreter.error:
            raise TagNotFound(rule)
        return result

    return [lambda facts, condition=condition: ask(condition, facts) for condition in conditions]


ENGINES = {"python eval": by_eval, "python compiled": by_compiled_eval, "mercure asteval": by_asteval}


def matches(ask, facts):
    try:
        return bool(ask(facts))
    except Exception:
        return False


def measure(engine, conditions, facts, seconds):
    asks = ENGINES[engine](conditions)
    decisions = 0
    matched = []
    cpu, deadline = time.process_time(), time.monotonic() + seconds
    while time.monotonic() < deadline:
        at = decisions % len(facts)
        count = sum(matches(ask, facts[at]) for ask in asks)
        if decisions < len(facts):
            matched.append(count)
        decisions += 1
    return {"decisions": decisions, "seconds": time.process_time() - cpu, "matched": matched}


def main():
    facts = []
    for line in sys.stdin:
        request = json.loads(line)
        facts = request.pop("facts", facts)
        try:
            answer = {"result": measure(facts=facts, **request)} if "engine" in request else {"result": engines()}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


def engines():
    try:
        import asteval

        return {"python": sys.version.split()[0], "asteval": asteval.__version__}
    except ImportError:
        return {"python": sys.version.split()[0], "asteval": None}


main()
