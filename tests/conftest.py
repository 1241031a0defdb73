"""Small articles with their spans marked: [Ana Lee] a person, {Peruvian=PE} a country (+ place, - demonym; ?? no country)."""

import re

import pytest
from hypothesis import HealthCheck, settings

from corpus_db.models import CountrySpan, PersonSpan, Recognised, Text
from corpus_db.recognition import roles

# How fast an example is made depends on the machine; no test of ours depends on that.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

MARK = re.compile(r"\[([^\]]+)\]|\{([^=]+)=([A-Z?]{2})([+-]?)\}")
KINDS = {"": "name", "+": "place", "-": "demonym"}


def _read(field, marked):
    people, countries, text, last = [], [], "", 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        last, start = match.end(), len(text)
        text += match[1] or match[2]
        if match[1]:
            people.append(PersonSpan(field, start, len(text), match[1], "given", 1.0))
        else:
            place = match[2] if match[4] == "+" else None
            code = None if match[3] == "??" else match[3]
            countries.append(
                CountrySpan(field, start, len(text), match[2], KINDS[match[4]], code, place, "given", 1.0)
            )
    return text + marked[last:], people, countries


def read_marked(body, title=None):
    """(Text, Recognised) of marked text."""
    head, people, countries = _read("title", title) if title else (None, [], [])
    content, more_people, more_countries = _read("body", body)
    text = Text(head, content)
    people, countries = people + more_people, countries + more_countries
    return text, Recognised(people, countries, *roles.find(text, people, countries))


@pytest.fixture
def marked():
    return read_marked
