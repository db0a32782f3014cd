"""What stands beside what is said: the narrator's clauses, second verbs, whom an order is given."""

import pytest
from tests.extract.test_contents import HEAD, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the narrator goes on
        ("Petra Holm clarified that the boat was sound, contrary to rumours in the port.",
         [("the boat was sound", "Petra Holm")]),
        ("Petra Holm accused the bank of lying to the town, as families packed their boats.",
         [("the bank of lying to the town", "Petra Holm")]),
        ('Petra Holm shouted "We will not leave" as the vote was counted.',
         [("We will not leave", "Petra Holm")]),
        # a second verb announces words of its own
        ("Petra Holm announced that the town will end a lease that he said the bank had broken.",
         [("the town will end a lease", "Petra Holm"), ("the bank had broken", None)]),
        # who says it stands in the midst
        ("If elected, Petra Holm said on Monday in Orvelt, she would sell the ferry.",
         [("If elected ... she would sell the ferry", "Petra Holm")]),
        # a quotation in single marks goes on
        ("‘It comes back to you,’ Petra Holm said. ‘So does the cramp.’",
         [("It comes back to you, ... So does the cramp.", "Petra Holm")]),
        # nobody says it
        ("Asked if the quay was safe, Petra Holm smiled.", []),
        ("Nobody suggested that the quay was unsafe.", []),
    ],
)  # fmt: skip
def test_only_what_is_said_is_a_quote(text, found):
    assert [content for content, _ in said(HEAD + text)] == [content for content, _ in found]


def test_whom_an_order_is_given_belongs_to_it():
    text = "The ministry has ordered Quay Lines, the owner of the ferry, to stop all crossings."
    orders = [content for content, _ in said(HEAD + text)]
    assert orders == ["Quay Lines, the owner of the ferry, to stop all crossings"]


def test_those_who_are_asked_in_the_street_are_named_above_their_words():
    text = (
        "The ferry is full on most days, and so is the quay.\n\n"
        "Petra Holm (61), baker\n\n"
        "“I never take it. My mother walked, and so do I.”\n\n"
        "Henrik Moll (19), student\n\n"
        "I like it. It saves me an hour a day and my shoes."
    )
    assert said(HEAD + text) == [
        ("I never take it. My mother walked, and so do I.", "Petra Holm"),
        ("I like it. It saves me an hour a day and my shoes.", "Henrik Moll"),
    ]


def test_a_narrator_between_question_and_answer_is_no_part_of_the_answer():
    text = (
        "Petra Holm has run the quay for ten years.\n\n"
        "Q: Does your brother agree?\n\nA: No. We quarrel every day.\n\n"
        'I called Henrik Moll later. "She is wrong," he told me.\n\n'
        "Q: Will you go on?\n\nA: We will."
    )
    assert ("No. We quarrel every day.", "Petra Holm") in said(HEAD + text)
