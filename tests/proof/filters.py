"""Decisions of `corpus filter` beside those of datatrove's filters, on the same documents with the same thresholds.

usage: filters.py CORPUS DOCUMENTS.jsonl [EVERY [AT_MOST]]

CORPUS is the program. Every EVERY-th document is taken, AT_MOST in all. It needs `pip install datatrove spacy` in a
Python of its own; spaCy's rule-based English tokeniser, which datatrove takes for English, comes without data to
download. For each filter alone, and for all of them one after the other, it prints how many decisions agree and each
one that does not, with the reason of the one and the reason of the other.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from datatrove.data import Document
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)
from datatrove.pipeline.formatters import PIIFormatter

CORPUS, SOURCE = sys.argv[1:3]
EVERY = int(sys.argv[3]) if len(sys.argv) > 3 else 1
AT_MOST = int(sys.argv[4]) if len(sys.argv) > 4 else 2000

FILTERS = {
    "gopher_repetition": ("[gopher_repetition]", [GopherRepetitionFilter()]),
    "gopher_quality": ("[gopher_quality]", [GopherQualityFilter()]),
    "c4": ("[c4]", [C4QualityFilter()]),
    "fineweb": ("[fineweb]", [FineWebQualityFilter()]),
    "all": (
        "[gopher_repetition]\n[gopher_quality]\n[c4]\nterminal_punctuation = false\n[fineweb]",
        [
            GopherRepetitionFilter(),
            GopherQualityFilter(),
            C4QualityFilter(filter_no_terminal_punct=False),
            FineWebQualityFilter(),
        ],
    ),
}


def documents():
    with open(SOURCE, encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for number, line in enumerate(lines) if number % EVERY == 0)
        return [text for text, _ in zip(texts, range(AT_MOST))]


def theirs(filters, text):
    """What datatrove decides: whether it keeps the text, the reason, the text that is left."""
    document = Document(text=text, id="")
    for step in filters:
        result = step.filter(document)
        kept, reason = result if isinstance(result, tuple) else (result, None)
        if not kept:
            return False, reason, None
    return True, None, document.text


def ours(config, texts):
    """What `corpus filter` decides, in the same form, with the values it measured."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "filter.toml").write_text(config)
        with open(folder / "in.jsonl", "w", encoding="utf-8") as lines:
            for number, text in enumerate(texts):
                lines.write(json.dumps({"id": str(number), "text": text}) + "\n")
        command = [CORPUS, "filter", "in.jsonl", "--config", "filter.toml", "-o", "kept.jsonl", "--quiet"]
        subprocess.run([*command, "--dropped", "dropped.jsonl"], cwd=folder, check=True)
        verdicts = {}
        for name in ("kept.jsonl", "dropped.jsonl"):
            for line in open(folder / name, encoding="utf-8"):
                line = json.loads(line)
                said = line["filter"]
                kept = said["decision"] != "dropped"
                verdicts[int(line["id"])] = kept, said.get("reason"), line["text"] if kept else None, said["values"]
        return [verdicts[number] for number in range(len(texts))]


def compare(name, texts):
    config, filters = FILTERS[name]
    begun = time.process_time()
    wanted = [theirs(filters, text) for text in texts]
    seconds = time.process_time() - begun
    found = ours(config, texts)
    same_text, kept_by_both = 0, 0
    differences = []
    reasons = collections.Counter()
    for number, ((kept, reason, text), (our_kept, our_reason, our_text, values)) in enumerate(zip(wanted, found)):
        reasons[reason or "kept"] += 1
        if kept != our_kept:
            differences.append((number, reason or "kept", our_reason or "kept", values))
        elif kept:
            kept_by_both += 1
            same_text += text == our_text
    size = sum(len(text.encode()) for text in texts) / 1e6
    share = 100 * (1 - len(differences) / len(texts))
    print(f"{name}: {share:.2f} % of {len(texts)} decisions agree; of {kept_by_both} kept by both, {same_text} have the")
    print(f"  same text; datatrove took {seconds:.1f} s of CPU, {size / seconds:.2f} MB/s; its reasons: {dict(reasons)}")
    for number, reason, our_reason, values in differences:
        rule = our_reason if our_reason == "kept" else f"{our_reason['rule']} {our_reason['found']}"
        near = {stage: found for stage, found in values.items() if stage in (name, "fineweb", "c4", "gopher_quality")}
        print(f"  document {number}: datatrove {reason}; corpus {rule}; {json.dumps(near)[:300]}")
    return share


def compare_addresses(texts):
    """E-mail and Internet addresses that datatrove's formatter replaces, beside those that are masked here."""
    formatter = PIIFormatter(email_replacement="[email]", ip_replacement="[ip]")
    wanted = [formatter.format(text) for text in texts]
    config = "[personal]\nphone = \"ignore\"\niban = \"ignore\"\ncard = \"ignore\""
    found = [text for _, _, text, _ in ours(config, texts)]
    masked = sum("[email]" in text or "[ip]" in text for text in wanted)
    differences = [(number, want, got) for number, (want, got) in enumerate(zip(wanted, found)) if want != got]
    print(f"addresses: {len(texts) - len(differences)} of {len(texts)} texts equal; datatrove masks in {masked}")
    for number, want, got in differences[:40]:
        at = next((at for at, (one, other) in enumerate(zip(want, got)) if one != other), 0)
        print(f"  document {number}: datatrove {want[max(0, at - 30):at + 40]!r}; corpus {got[max(0, at - 30):at + 40]!r}")


TEXTS = documents()
SHARES = [compare(name, TEXTS) for name in FILTERS]
compare_addresses(TEXTS)
sys.exit(min(SHARES) < 99.5)
