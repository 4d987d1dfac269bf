"""What the lexicon knows of names, in sets that a pass over tokens can ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from retold.lexicon import entries
from retold.model.facts import EntityType


@dataclass(frozen=True, slots=True)
class Trade:
    """Names and the words that stand around names.

    ``known`` gives the type and canonical name of whole names; ``longest`` is the most words one of them has.
    """

    known: dict[tuple[str, ...], tuple[EntityType, str]]
    longest: int
    peoples: dict[str, str]
    titles: frozenset[str]
    roles: frozenset[str]
    callings: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    given: frozenset[str]
    organisation_words: frozenset[str]
    group_words: frozenset[str]
    group_nouns: frozenset[str]
    organisation_nouns: frozenset[str]
    generic: frozenset[str]
    broadcaster_endings: frozenset[str]
    place_after: frozenset[str]
    place_first: frozenset[str]
    place_before: frozenset[tuple[str, ...]]
    place_prepositions: frozenset[str]
    never: frozenset[str]
    things: frozenset[str]
    storms: frozenset[str]
    of_a_country: frozenset[str]
    speech: frozenset[str]
    place_followers: frozenset[str]


@cache
def trade() -> Trade:
    """Return the lexicon's names, read once."""
    places, names = entries("places"), entries("names")
    known: dict[tuple[str, ...], tuple[EntityType, str]] = {}
    peoples: dict[str, str] = {}
    for country, forms in places["countries"].items():
        known[tuple(country.split())] = (EntityType.TERRITORY, country)
        for form in forms:
            if _is_people(form, country):
                peoples[form] = country
            else:
                known[tuple(form.split())] = (EntityType.TERRITORY, country)
    for region in places["regions"]["names"]:
        known[tuple(region.split())] = (EntityType.TERRITORY, region)
    for city in places["cities"]["names"]:
        known[tuple(city.split())] = (EntityType.PLACE, city)
    for form, city in places["city_forms"].items():
        known[tuple(form.split())] = (EntityType.PLACE, city)
    for broadcaster in names["broadcasters"]["names"]:
        known[tuple(broadcaster.split())] = (EntityType.BROADCASTER, broadcaster)
    for short, forms in names["organisations"].items():
        for form in [short, *forms]:
            known[tuple(form.split())] = (EntityType.ORGANISATION, short)
    for group in names["groups"]["names"]:
        known[tuple(group.split())] = (EntityType.GROUP, group)
    for group, forms in names["group_forms"].items():
        for form in forms:
            known[tuple(form.split())] = (EntityType.GROUP, group)
    known |= _agencies()
    return Trade(
        known=known,
        longest=max(len(name) for name in known),
        peoples=peoples,
        titles=frozenset(names["titles"]["words"]),
        roles=frozenset(names["titles"]["roles"]),
        callings=frozenset(names["person"]["callings"]),
        particles=frozenset(names["person"]["particles"]),
        suffixes=frozenset(names["person"]["suffixes"]),
        given=frozenset(names["person"]["given"]) | frozenset(names["person"]["given_further"]),
        organisation_words=frozenset(names["bodies"]["organisation"]),
        group_words=frozenset(names["bodies"]["group"]),
        group_nouns=frozenset(names["bodies"]["group_nouns"]),
        organisation_nouns=frozenset(names["bodies"]["organisation_nouns"]),
        generic=frozenset(names["bodies"]["generic"]),
        broadcaster_endings=frozenset(names["broadcasters"]["endings"]),
        place_first=frozenset(places["place_words"]["first"]),
        place_after=frozenset(places["place_words"]["after"]),
        place_before=frozenset(tuple(words.split()) for words in places["place_words"]["before"]),
        place_prepositions=frozenset(places["place_words"]["prepositions"]),
        never=frozenset(names["never"]["words"]),
        things=frozenset(names["bodies"]["things"]),
        storms=frozenset(names["bodies"]["storms"]),
        of_a_country=frozenset(names["bodies"]["of_a_country"]),
        speech=frozenset(names["bodies"]["speech"]),
        place_followers=frozenset(places["place_words"]["followers"]),
    )


def _is_people(form: str, country: str) -> bool:
    """Tell whether the form is an adjective or people ("Iraqi"), not another name of the country."""
    first = form.split()[0]
    if form.isupper() or "." in form or first in {"the", "Great", "United", "Democratic"}:
        return False
    return form not in {"America", "Burma", "Czechia", "Türkiye", "Bosnia-Herzegovina", "Bosnia and Herzegovina"}


def _agencies() -> dict[tuple[str, ...], tuple[EntityType, str]]:
    found: dict[tuple[str, ...], tuple[EntityType, str]] = {}
    for agency in entries("agencies")["agency"]:
        if agency["kind"] != "news":
            continue
        for form in [agency["name"], *agency.get("forms", [])]:
            words = tuple(str(form).split())
            # A one-letter or all-small form is a dateline's, not a name in running text.
            if words and len(form) > 1 and form[0].isupper():
                found[words] = (EntityType.AGENCY, str(agency["name"]))
    return found
