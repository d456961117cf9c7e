"""Made-up sets in the formats of the four public ones, and ours over them."""

import json

from eval.external_systems import Ours
from qa.evaluation.report import Row
from tests.letterbook import indexed, opened, written

UTTERANCES = [
    ("Ann Roe", "The boat left at nine . Nobody waved ."),
    ("Bob Lee", "Who paid for the coal ?"),
    ("Ann Roe", "The harbour master paid for the coal ."),
    ("#NOTE#", "( Bob looks at the lamps . )"),
]
SCENES = {
    "data": [
        {
            "title": f"s0{number}",
            "paragraphs": [
                {
                    "utterances:": [
                        {"uid": at, "speakers": [who], "utterance": text}
                        for at, (who, text) in enumerate(UTTERANCES[:: 1 if number else -1])
                    ],
                    "qas": [
                        {
                            "id": f"q{number}",
                            "question": "When did the boat leave ?",
                            "answers": [
                                {"answer_text": "at nine", "utterance_id": 3 * (1 - number), "is_speaker": False}
                            ],
                        }
                    ],
                }
            ],
        }
        for number in (0, 1)
    ]
}
ARTICLES = {
    "data": [
        {
            "title": "Boats",
            "paragraphs": [
                {
                    "context": "Boats carry coal to the harbour. They are painted red.",
                    "qas": [
                        {
                            "id": "a",
                            "question": "What do boats carry?",
                            "answers": [{"text": "coal", "answer_start": 12}],
                        },
                        {"id": "b", "question": "Who painted the moon?", "answers": []},
                    ],
                },
                {"context": "Lamps burn oil at night. Pilots wait for them.", "qas": []},
            ],
        }
    ]
}
MEETINGS = [
    {
        "meeting_transcripts": [{"speaker": who, "content": text} for who, text in UTTERANCES[:3]],
        "specific_query_list": [{"query": "Who paid for the coal?", "relevant_text_span": [["1", "2"]]}],
    }
] * 2
SECTIONS = [
    {
        "candidates": ["The mole was built in 1880.", "It was made of stone.", "Ice broke it in 1921."],
        "answers": [right],
        "question": question,
        "is_paraphrase": paraphrase,
    }
    for right, question, paraphrase in [(0, "When was the mole built?", False), (2, "What broke the mole?", True)]
]
FILES = {
    "friendsqa/friendsqa_dev.json": json.dumps(SCENES),
    "qmsum/ALL-val.jsonl": "\n".join(map(json.dumps, MEETINGS)),
    "squad2/dev-v2.0.json": json.dumps(ARTICLES),
    "selqa/selqa-ass-dev.json": json.dumps(SECTIONS),
}


def row(name, kind="plain", unanswerable=False, confidence=0.5, **values):
    return Row(name, "dev", kind, unanswerable, confidence, values)


def ours_over(archive, folder):
    indexed(written(folder / "files", archive.gold.texts), folder / "index")
    return Ours(opened(folder / "index"), archive.units)
