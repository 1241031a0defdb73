"""Which names are found, by kind of name: invented sentences, each a promise of design.md's policy."""

from __future__ import annotations

import pytest

from corpus_db.models import Text
from corpus_db.recognition import people

# Text -> the persons in it, in order.
CASES = {
    "western": (
        "Police said Margaret Holloway met Peter Jansen on Tuesday.",
        ["Margaret Holloway", "Peter Jansen"],
    ),
    "title": ("President Daniela Ferreira thanked Dr. Samuel Osei.", ["Daniela Ferreira", "Samuel Osei"]),
    "honorific and suffix": (
        "Sgt. Jane O'Neill Jr. was praised by Mr Hughes.",
        ["Jane O'Neill Jr.", "Hughes"],
    ),
    "suffix after a comma": ("The mayor, Robert Ellison, Jr., resigned.", ["Robert Ellison, Jr."]),
    "initials": ("Senator J. R. Whitfield and A.B. Carter voted.", ["J. R. Whitfield", "A.B. Carter"]),
    "possessive": ("Fernandez's lawyer called Maria Fernandez innocent.", ["Fernandez", "Maria Fernandez"]),
    "particles": (
        "Ursula von der Heyden told Pieter van Dijk that Carlos de la Vega had left.",
        ["Ursula von der Heyden", "Pieter van Dijk", "Carlos de la Vega"],
    ),
    "chinese": (
        "Foreign Minister Wang Guoqiang said China was ready, Wang added.",
        ["Wang Guoqiang", "Wang"],
    ),
    "short family name": (
        "Premier Xu Jinhua arrived on Monday. Xu said talks went well.",
        ["Xu Jinhua", "Xu"],
    ),
    "given name alone": (
        "Chinese Premier Xu Jinhua spoke. Jinhua said it was late.",
        ["Xu Jinhua", "Jinhua"],
    ),
    "korean": ("South Korean President Kim Sang-woo met Park In-hye.", ["Kim Sang-woo", "Park In-hye"]),
    "arabic": (
        "Prime Minister Khalid al-Mansouri received Abdullah bin Rashid.",
        ["Khalid al-Mansouri", "Abdullah bin Rashid"],
    ),
    "family names that are words": (
        "Party chief To Lan met He Lishan, a vice premier, on Monday. To Lan said that General Soe Win had left.",
        ["To Lan", "He Lishan", "To Lan", "Soe Win"],
    ),
    "words that are no family names": (
        "Coming To Seoul: You Can Win. He Said No. To him, that meant little.",
        [],
    ),
    "a word behind a given name": (
        "The rider Gergely Magyar fell. Magyar's horse did not, and Mr Magyar said so.",
        ["Gergely Magyar", "Magyar", "Magyar"],
    ),
    "given names of many countries": (
        "Assimi Dembaga of Mali and Kyriakos Velmas went home.",
        ["Assimi Dembaga", "Kyriakos Velmas"],
    ),
    "who speaks in a transcript": (
        "JOHN KING: Let's bring in Dana Mersh. Dana, what are you hearing?",
        ["JOHN KING", "Dana Mersh", "Dana"],
    ),
    "one word behind a title": (
        "The bill of Sen. Harkness and the letter of Congressman Wamper were lost.",
        ["Harkness", "Wamper"],
    ),
    "things by their first word": (
        "Typhoon Marisol and Storm Edgar closed Port Merrick. He drove a Renault Clio to Fort Hayes and Loch Duncan.",
        [],
    ),
    "things by their last word": (
        "Police closed Edgar Whitlow Boulevard and Susan Kemp Airport. Garrett County voted for Rowena Motors.",
        [],
    ),
    "a bill is nobody": (
        "Congress passed the 2019 Energy Bill. Bill Marsh voted for the Farm Bill.",
        ["Bill Marsh"],
    ),
    "king and emir before a given name": (
        "King Ahmed and Queen Letizia met Emir Khalid of Doralia.",
        ["Ahmed", "Letizia", "Khalid"],
    ),
    "nicknames between quotation marks": (
        'Jean-Claude "Baby Doc" Delorme fled in 1986, and Jimmy "Barbecue" Cherin stayed.',
        ['Jean-Claude "Baby Doc" Delorme', 'Jimmy "Barbecue" Cherin'],
    ),
    "a word with a hyphen that is a firm": (
        "Harley-Davidson named Jonas Feld. Winn-Dixie did not.",
        ["Jonas Feld"],
    ),
    "what is left of a party and a state": ("Senator Rowan Tate  R Wyo   said no.", ["Rowan Tate"]),
    "firms and parties with a person's name": (
        "Jane Okafor left Wells Fargo for Morgan Stanley. Sinn Fein and Marks & Spencer said no. Kraft Heinz did not.",
        ["Jane Okafor"],
    ),
    "a person with a firm's name": (
        "The runner William Hill, 24, won. His wife, Ann Hill, watched.",
        ["William Hill", "Ann Hill"],
    ),
    "what has a coach or shares": (
        "Delmonte coach Ana Soto smiled. She had left Delmonte in May. Mr Carver bought Barlowe shares.",
        ["Ana Soto", "Carver"],
    ),
    "occupations in front of a sentence": (
        "Singer Lalita Manoban danced. Boxers Olek Usarenko and Ana Soto watched. Tánaiste Micheál Brennan spoke.",
        ["Lalita Manoban", "Olek Usarenko", "Ana Soto", "Micheál Brennan"],
    ),
    "on X": ("She wrote it on X. Okonkwo has not.  Ada Okonkwo sings.", ["Okonkwo", "Ada Okonkwo"]),
    "peers and queens": (
        "Lord Harkness thanked Queen Matilda and the Lord Chamberlain. Pianist Son Yu-jin played.",
        ["Harkness", "Matilda", "Son Yu-jin"],
    ),
    "behind an honorific": (
        "Mr. Attwell and Mrs. Bevington conferred.\nMR. OAKS: Thank you.\nMS. STILES: Go on.",
        ["Attwell", "Bevington", "OAKS", "STILES"],
    ),
    "titles that lists of names have": (
        "President-elect Martin Okello met Prince Henry, Marshal Zorin and Gen Rashid Malik.",
        ["Martin Okello", "Henry", "Zorin", "Rashid Malik"],
    ),
    "spanish": (
        "El alcalde: Mayor Luis Alberto Quintero Paredes thanked Quintero supporters.",
        ["Luis Alberto Quintero Paredes", "Quintero"],
    ),
    "diacritics": ("Łukasz Wiśniewski beat Søren Kjærgaard.", ["Łukasz Wiśniewski", "Søren Kjærgaard"]),
    "hyphens": (
        "Jean-Pierre Dubois and Anna Smith-Jones agreed.",
        ["Jean-Pierre Dubois", "Anna Smith-Jones"],
    ),
    "compound": (
        "Viktor Petrov won. A Petrov-led coalition and anti-Petrov groups argued.",
        ["Viktor Petrov", "Petrov", "Petrov"],
    ),
    "shapes that no name has": (
        "They're late. I’ve met TimeWarner and WhatsApp, DVDs and USAir. LaToya Jenkins met JoAnn Smith.",
        ["LaToya Jenkins", "JoAnn Smith"],
    ),
    "no name but such a shape": ("Radio Lima reported LuFin as saying so.", []),
    "a lost line break": (
        "A caption. Photograph: Steve HollowayThe mayor left. (Jane JansenWe’ve asked.)",
        ["Steve Holloway", "Jane Jansen"],
    ),
    "capitals inside a name": (
        "Mr DaQuon Fielding won. DaQuon said he was glad.",
        ["DaQuon Fielding", "DaQuon"],
    ),
    "chains of fathers": (
        "King Hamad bin Isa Al Amiri met Prince Turki bin Saud bin Nasser Al Harbi and Reem bint Ibrahim Al Hosani.",
        ["Hamad bin Isa Al Amiri", "Turki bin Saud bin Nasser Al Harbi", "Reem bint Ibrahim Al Hosani"],
    ),
    "honorifics of Asia and Africa": (
        "Tan Sri Abdul Rashid Abdul Wahab met Engr. David Umoru, Shri Vinay Mohan Kothari and Shaikh Khalifa bin Salim.",
        [
            "Abdul Rashid Abdul Wahab",
            "David Umoru",
            "Vinay Mohan Kothari",
            "Khalifa bin Salim",
        ],
    ),
    "letters after a name": (
        "The bill of Hon. Francis Kamanga, M.P., Minister of Health, passed.",
        ["Francis Kamanga"],
    ),
    "the emir": (
        "Qatar's Emir, Sheikh Tamim bin Khalid Al Thani, left. The Emir of Qatar spoke.",
        ["Tamim bin Khalid Al Thani"],
    ),
    "initials without points": (
        "Legal adviser A S Ponnappa told Chief Minister R Ashok Kumar that Vice President JD Whitfield agreed.",
        ["A S Ponnappa", "R Ashok Kumar", "JD Whitfield"],
    ),
    "a third syllable that is a word": (
        "North Korean leader Kim Song Un met South Korean President Moon Sae-in on Friday.",
        ["Kim Song Un", "Moon Sae-in"],
    ),
    "a country's code behind a name": (
        "Results: 1. Laura Cheruiyot (KEN) 2:05:45, 2. Dejene Abebe (ETH) 2:05:46.",
        ["Laura Cheruiyot", "Dejene Abebe"],
    ),
    "the Portuguese and": (
        "Justice Minister Paulo Dias de Castro e Costa resigned.",
        ["Paulo Dias de Castro e Costa"],
    ),
    "a nickname before an initial": (
        'Senate President Juan Miguel "Migz" F. Zabala spoke.',
        ['Juan Miguel "Migz" F. Zabala'],
    ),
    "a nickname before a particle": (
        'Senator Ronald "Bato" dela Cruz spoke. Dela Cruz left.',
        ['Ronald "Bato" dela Cruz', "Dela Cruz"],
    ),
    "nickname": ('The boxer Hector "Macho" Ruiz retired.', ['Hector "Macho" Ruiz']),
    "credit between slashes": ("Crowds gather. (Xinhua/Petra Novakova/ANDINA)", ["Petra Novakova"]),
    "credit before an agency": ("A dog sleeps. (Photo by Elena Marquez/Xinhua)", ["Elena Marquez"]),
    "list": (
        "The team: Laura Becker, Tom Hayes, Ravi Patel and Chidi Eze.",
        ["Laura Becker", "Tom Hayes", "Ravi Patel", "Chidi Eze"],
    ),
    "place in a name": ("They met at the Jorge Salazar International Airport in Lima.", []),
    "organisation in a name": ("The Helen Carter Foundation gave Harvard University money.", []),
    "no person": ("The European Union and the World Bank met in New York on Monday.", []),
    "nationality before": (
        "Norwegian Lars Halvorsen and Kenyan Daniel Kiptoo won.",
        ["Lars Halvorsen", "Daniel Kiptoo"],
    ),
    "weekday before": ("On Friday Mitchell Crane resigned.", ["Mitchell Crane"]),
    "word that opens a sentence": (
        "Margaret Holloway lost. Yet Holloway was calm. Even Jansen clapped. Most Holloway voters left.",
        ["Margaret Holloway", "Holloway", "Jansen", "Holloway"],
    ),
    "line break lost between two names": (
        "Written by Tom JansenMaria Ruiz was there, Margaret Holloway said.",
        ["Tom Jansen", "Maria Ruiz", "Margaret Holloway"],
    ),
    "firm with a founder's name": ("Shares in Caldoni rose by a tenth. Caldoni opened a plant in Lima.", []),
    "the founder, with a title": ("Mr Caldoni left. Caldoni died in May.", ["Caldoni", "Caldoni"]),
    "the founder, with an age": ("The driver, Caldoni, 49, was hurt.", ["Caldoni"]),
    "honours": (
        "Judge Alan Whitcombe QC wrote to the Honorable Ruth Ellison and to Senators Brandt and Ruiz.",
        ["Alan Whitcombe", "Ruth Ellison", "Brandt", "Ruiz"],
    ),
    "points lost": (
        "U S  Senators Charles E  Whitfield  D NY  and Frank R S  Ellison  R TX  voted.",
        ["Charles E  Whitfield", "Frank R S  Ellison"],
    ),
    "buttons of a page": (
        "Margaret Holloway won.  Facebook    Twitter    Pinterest Holloway said she was glad.",
        ["Margaret Holloway", "Holloway"],
    ),
    "verb of a headline": (
        "Margaret Holloway Confesses\nHolloway Announces Plan For Schools\nThe mayor, Margaret Holloway, spoke.",
        ["Margaret Holloway", "Holloway", "Margaret Holloway"],
    ),
    "family name of one with a suffix": (
        "Joseph Velcorra Jr. escaped in June. A gun went off. Velcorra escaped with a gun.",
        ["Joseph Velcorra Jr.", "Velcorra"],
    ),
    "a given name that is the article's subject": (
        "Senate Backs Bill\nThe bill would help farmers. Bill Would Help Farmers, Senator Ruth Ellison said.",
        ["Ruth Ellison"],
    ),
    "a given name that is a word, of somebody": (
        "Mr Grace said grace before dinner. Bill Jansen paid the bill, and Bill left.",
        ["Grace", "Bill Jansen", "Bill"],
    ),
    "what the article says is a firm": (
        "Shares fell.\nMorel Fauchet is a maker of pens in Lyon. Morel Fauchet opened a plant, Ana Soto said.",
        ["Ana Soto"],
    ),
    "an honorific that is her family name": (
        "Ruksana Begum, 22, pleaded guilty. Begum, of Leeds, was jailed. The Begum spoke.",
        ["Ruksana Begum", "Begum"],
    ),
    "behind a title, where the points are lost": (
        "He wrote to the Honorable Kent Conway   Senate Budget Committee",
        ["Kent Conway"],
    ),
    "named after somebody": (
        "Ana Soto, who teaches at the Soto School, won the Ana Soto Prize. Nobel laureate Li Wei met Soto.",
        ["Ana Soto", "Li Wei", "Soto"],
    ),
    "a village": ("She lives in the village of Tom Holloway. Tom Holloway is far from Lima.", []),
    "a film": (
        "Critics praised the film Vera Holloway. It opens in May.",
        [],
    ),
    "after and": (
        "The murders of Lynda Holloway and Dawn Ashcombe were solved.",
        ["Lynda Holloway", "Dawn Ashcombe"],
    ),
    "behind a newspaper, but a person": (
        "She told the newspaper Margaret Holloway was ill.",
        ["Margaret Holloway"],
    ),
    "a person who is a member": (
        "Ana Soto is a club legend. Ana Soto is a company director.",
        ["Ana Soto", "Ana Soto"],
    ),
    "a state's abbreviation": (
        "BUCKHANNON, W. Va. - A miner, Ana Soto, left Fargo, N. Dak., in May.",
        ["Ana Soto"],
    ),
    "position of a player": (
        "Forward Tyrone Banks scored. Fullback André Morel fell.",
        ["Tyrone Banks", "André Morel"],
    ),
    "role at the start": ("Quarterback Tyrone Banks was hurt.", ["Tyrone Banks"]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_names_of_a_kind_are_found(text: str, expected: list[str]) -> None:
    assert [span.text for span in people.default().find([Text(None, text)])[0]] == expected


def test_a_headline_in_capitals_knows_the_people_of_the_body() -> None:
    text = Text(
        "XU JINHUA MEETS TANAKA IN LIMA", "Premier Xu Jinhua met Prime Minister Kenji Tanaka in Lima."
    )
    found = people.default().find([text])[0]
    assert [(s.field, s.text) for s in found] == [
        ("title", "XU JINHUA"),
        ("title", "TANAKA"),
        ("body", "Xu Jinhua"),
        ("body", "Kenji Tanaka"),
    ]


def test_the_dateline_holds_no_person() -> None:
    body = "SANTIAGO, Aug. 4 (Agency) -- Santiago Rojas won."
    found = people.default().find([Text(None, body, (0, 28))])[0]
    assert [span.text for span in found] == ["Santiago Rojas"]


def test_rules_are_named() -> None:
    nickname = people.default().find([Text(None, CASES["nickname"][0])])[0][0]
    assert nickname.rule == "nickname"
    suffix = people.default().find([Text(None, CASES["suffix after a comma"][0])])[0][0]
    assert suffix.rule == "suffix"
