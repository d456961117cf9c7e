"""A made-up archive of a harbour in 1921, indexed with the fake encoder: enough people and dates to ask about."""

from __future__ import annotations

from pathlib import Path

from qa.assistant.building import chain
from qa.assistant.opened import Assistant
from qa.index import BuildReport, EncoderChoice, Index, build
from tests.conftest import FakeEncoder, FakeJudge

TEXTS = {
    "telegram.txt": """TELEGRAM No. 12

From: Envoy Anna Brandt
To: Minister Peter Okafor
3 March 1921

The harbour will be closed until May, because ice has taken the northern mole. Two ships were lost on the reef.

I ask for coal and for two tugs. The pilots refuse to sail without lamps.

Translated by Ivo Kern.
""",
    "minutes.txt": """MINUTES OF THE HARBOUR BOARD

9 March 1921

Present: Minister Peter Okafor, Captain Erik Lund

Minister Okafor: How much coal is left? I promised the envoy tugs.

Captain Lund: Forty tons are left; enough for a week. The lamps came yesterday.

Minister Okafor: Then the tugs must wait until the ice is gone.
""",
    "letter.txt": """Copenhagen, 1 May 1922

Letter from Peter Okafor to Erik Lund

Dear Captain,

The ice is gone and the mole stands. The treaty of navigation was signed on 28 April 1922 by both governments.

We paid for the tugs. No ship has been lost since.

Peter Okafor
""",
}


class Words(FakeEncoder):
    """The fake encoder, with room for a passage."""

    def __init__(self, name: str = "fake", max_tokens: int = 200) -> None:
        super().__init__(name, 32, max_tokens)


def written(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def indexed(sources: Path, index: Path) -> BuildReport:
    return build([sources], index, chain([sources]), EncoderChoice("fake", Words))


def opened(index: Path) -> Assistant:
    assistant = Assistant(Index.open(index))
    assistant.__dict__["encoder"] = Words()
    assistant.__dict__["judge"] = FakeJudge()
    return assistant
